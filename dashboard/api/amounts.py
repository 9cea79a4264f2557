"""A reading as other programs get it: the report's own document, with amounts as text of 元."""

from collections.abc import Mapping

from dashboard.api.values import write_yuan
from dashboard.readings.answers import Figure, Reading
from dashboard.readings.industries.medians import COUNT
from dashboard.reports.as_json import describe_figure

UNIT = "yuan"
# Bases on which a figure counts things; its numerator and denominator are no money.
COUNTING = ("count", "leaders", "segments")
# Keys of rows whose whole numbers are no money: counts, days, places, years, shares and scaled values.
PLAIN_ENDINGS = ("_ppm", "_e6", "_days", "_version", "_id", "_known", "_met", "_in_link")
PLAIN = frozenset(
    {
        *("behind", "changes", "count", "days", "depth", "due", "exited", "firms", "firms_in_link", "funds"),
        *("holdings", "investors", "lacking", "leaders", "leaders_covered", "ledger_row", "median", "n"),
        *("next_points", "p25", "p75", "parks", "place", "points", "rank", "ranked", "revision", "row"),
        *("segments", "sharing", "silent", "stale", "still_holding", "tier", "top", "vintage", "weight"),
        *("weight_at_decision", "written_off", "yuan_days", "version"),
    }
)


def describe_reading(reading: Reading) -> dict[str, object]:
    """The document; the same question at the same version gives the same."""
    return {
        "report": reading.report,
        "scope": reading.scope,
        "as_of": reading.as_of.isoformat(),
        "version": reading.version,
        "unit": UNIT,
        "figures": [_describe_figure(figure) for figure in reading.figures],
        "rows": [describe_row(row) for row in reading.rows],
    }


def describe_row(row: Mapping[str, object]) -> dict[str, object]:
    """A row with its amounts as text; a row of counts beneath medians holds none."""
    if row.get("name") == COUNT:
        return dict(row)
    return {key: _write(key, value) for key, value in row.items()}


def is_money(key: str) -> bool:
    """Whether whole numbers under a key are fen."""
    code, _, basis = key.partition(".")
    return not (is_counting(basis) or code in PLAIN or code.endswith(PLAIN_ENDINGS))


def is_counting(basis: str) -> bool:
    """Whether figures on a basis count things."""
    return basis.startswith(COUNTING)


def _write(key: str, value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    return write_yuan(value) if is_money(key) else value


def _describe_figure(figure: Figure) -> dict[str, object]:
    told = describe_figure(figure)
    if is_counting(figure.basis):
        return told
    for name in ("value", "numerator", "denominator"):
        told[name] = _write(name, told[name])
    return told
