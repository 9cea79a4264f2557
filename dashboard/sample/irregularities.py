"""What is not as it should be in the made-up city, on purpose, so that every check has something to find."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Irregularity:
    """One seeded fault or oddity and where it lies; `in_core` where the told core has it too."""

    code: str
    note: str
    funds: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    parks: tuple[str, ...] = ()
    day: date | None = None
    in_core: bool = False


IRREGULARITIES = (
    Irregularity("S-01", "social money ten months late", ("F03",), ("J22",), in_core=True),
    Irregularity("S-02", "social money late and never whole", ("F04", "F10"), ("J25", "Q005"), in_core=True),
    Irregularity(
        "S-03",
        "a park's social money late and short",
        ("F17", "F20", "F24"),
        parks=("P07", "P10", "P14"),
    ),
    Irregularity("S-04", "called far ahead of need and left in the bank", ("F22",), parks=("P12",)),
    Irregularity("S-05", "most deals outside the park's industries", ("F23",), parks=("P13",)),
    Irregularity("S-06", "a holding not marked for three quarters", ("F09",), firms=("Q011",)),
    Irregularity("S-07", "a fund one quarter behind with everything", ("F12",), in_core=True),
    Irregularity(
        "S-08",
        "a net asset value that does not tie, by 2.6 million yuan",
        ("F08",),
        day=date(2025, 12, 31),
        in_core=True,
    ),
    Irregularity("S-09", "an investor found to be state-owned", parties=("J142",), day=date(2024, 7, 1)),
    Irregularity("S-10", "private by name, held by a state company", parties=("J22",), in_core=True),
    Irregularity(
        "S-11",
        "more of the same kind",
        parties=("J140", "J146", "J152", "J158"),
    ),
    Irregularity("S-12", "nobody confirmed whose money it is", ("F05",), ("J33",), in_core=True),
    Irregularity("S-13", "budget money injected for funds", ("F04",), ("J13",), in_core=True),
    Irregularity(
        "S-14",
        "never paid, commitment cancelled",
        ("F12",),
        ("J29",),
        day=date(2025, 2, 20),
        in_core=True,
    ),
    Irregularity("S-15", "state-owned money claimed as social", ("F04",), in_core=True),
    Irregularity("S-16", "a fund that numbers none of its movements", ("F12",), in_core=True),
    Irregularity("S-17", "parks whose funds began late", ("F25", "F26"), parks=("P15", "P16")),
    Irregularity(
        "S-18",
        "a leading industry that changed in mid-life",
        parks=("P03",),
        day=date(2024, 1, 1),
        in_core=True,
    ),
)
