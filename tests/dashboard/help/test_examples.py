"""The worked examples are worked out again here, from their inputs, with exact fractions."""

from collections.abc import Sequence
from fractions import Fraction
from math import fsum, log1p

import pytest

from dashboard.help import load_definition
from dashboard.words import read_words

PAID = 30_000 + 25_000 + 20_000 + 17_000
BACK = 6_500 + 18_000 + 22_500
NAV = 71_300
NET_FLOWS = [
    (0, -30_000), (280, -25_000), (564, -20_000), (837, 6_500), (975, -17_000),
    (1254, 18_000), (1537, 22_500), (1752, NAV),
]  # fmt: skip
GROSS_FLOWS = [
    (0, -27_000), (284, -23_500), (562, -19_000), (805, 7_000), (973, -15_000),
    (1218, 19_500), (1500, 24_500), (1735, 76_800),
]  # fmt: skip
INDEX = dict(
    zip(
        [day for day, _ in NET_FLOWS],
        (1000, 1080.5, 905.2, 968.4, 921.75, 842.3, 1012.6, 1155),
        strict=True,
    )
)
CARRIED = [(day, amount * 1155 / INDEX[day]) for day, amount in NET_FLOWS]
CARRIED_IN = -fsum(amount for _, amount in CARRIED if amount < 0)
CARRIED_OUT = fsum(amount for _, amount in CARRIED[:-1] if amount > 0)
SCALE = (CARRIED_IN - NAV) / CARRIED_OUT
FUNDS = {
    "M": {"city": (60, 30), "soe": (25, 12), "social": (15, 6)},
    "P": {"M": (6, 5), "district": (12, 10), "soe": (6, 5), "social": (6, 2)},
    "A": {"M": (10, 6), "P": (8, 4), "province": (5, 3), "social": (25, 12), "soe": (2, 1)},
    "B": {"M": (5, 3), "social": (15, 9)},
    "C": {"P": (6, 4), "soe": (3, 2), "social": (3, 1)},
}
FISCAL = ("city", "district", "province")
COST = dict(
    zip(("A1", "A2", "A3", "A4", "A5", "A6"), (18_500, 9_000, 7_500, 12_000, 8_000, 5_000), strict=True)
)
VALUE = dict(zip(COST, (26_400, 9_000, 6_100, 15_300, 8_800, 3_200), strict=True))
WEIGHT = {firm: Fraction(tenths, 10) for firm, tenths in zip(COST, (10, 10, 6, 0, 0, 10), strict=True)}


def solve_rate(flows: Sequence[tuple[int, float]]) -> float:
    """Plain bisection, kept apart from the product's own solver."""
    low, high = -0.9, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        worth = fsum(amount / (1 + middle) ** (day / 365) for day, amount in flows)
        low, high = (middle, high) if worth > 0 else (low, middle)
    return low


def solve_account() -> float:
    """The rate of the index account: the same flows, and what the account would hold at the end."""
    return solve_rate([*NET_FLOWS[:-1], (NET_FLOWS[-1][0], CARRIED_IN - CARRIED_OUT)])


def solve_scaled() -> float:
    """The rate with distributions scaled, so that the account ends with the fund's value."""
    scaled = [(day, amount * SCALE if amount > 0 else amount) for day, amount in NET_FLOWS[:-1]]
    return solve_rate([*scaled, NET_FLOWS[-1]])


def exactly(amount: float) -> str:
    return f"{amount:,.6f}"


def sum_of(basis: int, *sources: str, funds: str = "MPABC") -> int:
    return sum(FUNDS[fund][source][basis] for fund in funds for source in sources if source in FUNDS[fund])


def size(basis: int, funds: str = "MPABC") -> int:
    return sum(sum(pair[basis] for pair in FUNDS[fund].values()) for fund in funds)


def times(value: Fraction | float) -> str:
    return f"{float(value):.6f}"


def percent(value: Fraction) -> str:
    return f"{float(value * 100):.2f}"


def aligned(amounts: dict[str, int], whole: bool) -> Fraction:
    weights = {
        firm: Fraction(weight >= Fraction(1, 2)) if whole else weight for firm, weight in WEIGHT.items()
    }
    return sum((amounts[f] * weights[f] for f in amounts), Fraction(0)) / sum(amounts.values())


EXPECTED: dict[str, list[str]] = {
    "PF02": [f"{PAID:,}", f"{PAID - 2_000:,}"],
    "PF03": [f"{BACK:,}", f"{BACK - 2_000:,}"],
    "PF05": [times(Fraction(PAID, 100_000))],
    "PF06": [times(Fraction(BACK, PAID))],
    "PF07": [times(Fraction(NAV, PAID))],
    "PF08": [times(Fraction(BACK + NAV, PAID)), times(Fraction(BACK, PAID)), times(Fraction(NAV, PAID))],
    "PF09": [f"{solve_rate(NET_FLOWS):.7f}", f"{1.06 ** (365 / 291) - 1:.7f}"],
    "PF10": [times(solve_rate(GROSS_FLOWS))],
    "PF11": [times(Fraction(51_000 + 76_800, 84_500))],
    "PF12": [exactly(CARRIED_IN), exactly(CARRIED_OUT), times((CARRIED_OUT + NAV) / CARRIED_IN)],
    "PF13": [
        exactly(CARRIED_IN - CARRIED_OUT),
        f"{solve_account():.7f}",
        f"{solve_rate(NET_FLOWS) - solve_account():.7f}",
    ],
    "PF14": [times(SCALE), f"{solve_scaled():.7f}", f"{solve_rate(NET_FLOWS) - solve_scaled():.7f}"],
    "PF15": [f"{solve_rate(CARRIED):.7f}", f"{log1p(solve_rate(CARRIED)):.7f}"],
    "PF16": [times(Fraction(sum(COST.values()), PAID))],
    "PF17": [times(Fraction(16_200, PAID))],
    "LV00a": [str(size(0)), str(size(1))],
    "LV00b": [str(sum_of(0, "M", "P")), str(sum_of(1, "M", "P"))],
    "LV00c": [str(size(0) - sum_of(0, "M", "P")), str(size(1) - sum_of(1, "M", "P"))],
    "LV00d": [times(Fraction(size(basis), sum_of(basis, "city"))) for basis in (0, 1)],
    "LV01": [times(Fraction(size(basis, "PAB"), sum_of(basis, "M"))) for basis in (0, 1)],
    "LV03": [
        *(times(Fraction(size(b) - sum_of(b, "M", "P"), sum_of(b, *FISCAL))) for b in (0, 1)),
        *(times(Fraction(size(b, "P"), sum_of(b, *FISCAL, funds="P"))) for b in (0, 1)),
    ],
    "LV04": [
        *(times(Fraction(sum_of(b, "social"), sum_of(b, *FISCAL))) for b in (0, 1)),
        *(times(Fraction(sum_of(b, "social", "soe"), sum_of(b, *FISCAL))) for b in (0, 1)),
    ],
    "LV05": [
        *(percent(Fraction(sum_of(b, "social", funds="A"), size(b, "A"))) for b in (0, 1)),
        *(percent(Fraction(sum_of(b, "social"), size(b) - sum_of(b, "M", "P"))) for b in (0, 1)),
    ],
    "LV08": [
        *(times(Fraction(size(b) - sum_of(b, "M", "P"), sum_of(b, *FISCAL))) for b in (0, 1)),
        times(Fraction(size(0), sum_of(0, *FISCAL))),
    ],
    "AL01": [percent(aligned(COST, whole=True)), percent(aligned(COST, whole=False))],
    "AL02": [percent(aligned(VALUE, whole=True)), percent(aligned(VALUE, whole=False))],
    "AL03": [
        percent(aligned({firm: COST[firm] for firm in ("A2", "A3", "A5")}, whole=whole))
        for whole in (True, False)
    ],
    "AL08": [percent(Fraction(2, 3)), percent(Fraction(1, 2))],
    "AL09": [percent(Fraction(3, 5))],
    "AL04": [percent(Fraction(sum(weight >= Fraction(1, 2) for weight in WEIGHT.values()), 6))],
    "AL07": [f"{float(Fraction(42, 60)):.1%}", f"{float(Fraction(30 * 10 + 12 * 6, 600)):.1%}"],
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", sorted(EXPECTED))
def test_the_answers_of_an_example_follow_from_its_inputs(code: str, language: str) -> None:
    text = load_definition(code, language).section("example").text
    assert [answer for answer in EXPECTED[code] if answer not in text] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_short_name_of_a_figure_is_the_title_of_its_page(language: str) -> None:
    words = read_words(language)
    for code in [*EXPECTED, "PF01", "PF04", "AL12"]:
        assert words[f"figure.{code}"] == load_definition(code, language).title


def test_every_code_of_the_plan_has_a_short_name_in_both_languages() -> None:
    codes = [
        f"{head}{n:02d}"
        for head, last in (("PF", 17), ("LV", 13), ("AL", 12), ("S", 20))
        for n in range(1, last + 1)
    ]
    for language in ("zh", "en"):
        assert {f"figure.{code}" for code in codes} <= read_words(language).keys()
