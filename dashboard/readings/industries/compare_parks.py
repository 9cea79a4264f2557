"""Two parks beside each other, or one at two days: figures with their difference, and what it comes from."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from dashboard.readings.answers import (
    RATE_DIGITS,
    RATIO_DIGITS,
    Figure,
    Reading,
    print_plain,
)
from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.compare_changes import Amounts, Change, list_changes, sum_kinds, total_of
from dashboard.readings.industries.compare_events import event_rows
from dashboard.readings.industries.medians import NAV, NAV_BASES
from dashboard.readings.industries.park_view import park_of
from dashboard.readings.industries.tag_parts import TagMode
from dashboard.readings.money.leverage import LeverageOptions, read_leverage
from dashboard.readings.returns.performance import read_performance
from funds.queries.ledger_slice import LedgerSlice

SIDE, FIGURE, BRIDGE, CHANGE = "compare_side", "compare_figure", "compare_bridge", "compare_change"
LEFT, RIGHT = "left", "right"
COMPARED = (
    ("LV00c", "committed"),
    ("PF01", "committed"),
    ("PF02", "paid_in"),
    ("PF16", "paid_in"),
    ("PF17", "paid_in"),
    ("PF03", "paid_in"),
    ("PF04", NAV),
    ("PF08", NAV),
    ("PF09", NAV),
    ("LV04", "committed"),
    ("LV04", "paid_in"),
    ("LV05", "committed"),
    ("LV05", "paid_in"),
    ("AL01", "cost"),
    ("AL01", "cost_at_decision"),
    ("AL02", "fair_value"),
    ("AL03", "flow_ytd"),
    ("AL04", "count"),
)
Row = Mapping[str, object]


def read_compare(
    left: LedgerSlice,
    right: LedgerSlice,
    options: LeverageOptions | None = None,
    mode: TagMode = TagMode.PRIMARY,
) -> Reading:
    """The tables `compare_side compare_figure compare_bridge compare_change compare_event`; right minus left.

    Both sides are slices of a park. The bridge leads from the left side's amounts to the right side's: its
    steps add up to the fen, because every change does.
    """
    rows = (
        _side_row(LEFT, left),
        _side_row(RIGHT, right),
        *_figure_rows(left, right, options, mode),
        *_change_tables(left, right, mode),
        *event_rows(left, right),
    )
    scope = f"{left.scope.label}@{left.as_of} → {right.scope.label}@{right.as_of}"
    return Reading("compare", scope, right.as_of, right.version, (), rows)


def _side_row(side: str, slice_: LedgerSlice) -> Row:
    park, facts = park_of(slice_), slice_.facts
    leading = [row for row in facts.leading if row.park_id == park.id and row.holds_on(slice_.as_of)]
    codes = [facts.industries[row.industry_id].code for row in leading if row.industry_id in facts.industries]
    return {
        "table": SIDE,
        "at_side": side,
        "code": park.code,
        "name": park.name,
        "day": slice_.as_of.isoformat(),
        "leading": codes,
        "funds": len(slice_.members),
    }


def _figure_rows(
    left: LedgerSlice, right: LedgerSlice, options: LeverageOptions | None, mode: TagMode
) -> Iterator[Row]:
    known = [_figures_of(side, options, mode) for side in (left, right)]
    for code, basis in COMPARED:
        ours, theirs = (_find(figures, code, basis) for figures in known)
        yield {
            "table": FIGURE,
            "code": code,
            "basis": basis,
            "left": ours.value,
            "left_basis": ours.basis,
            "left_reason": ours.reason,
            "right": theirs.value,
            "right_basis": theirs.basis,
            "right_reason": theirs.reason,
            "change": subtract(theirs, ours),
        }


def _figures_of(slice_: LedgerSlice, options: LeverageOptions | None, mode: TagMode) -> tuple[Figure, ...]:
    """Leverage, returns and alignment, as the park's report gives them."""
    parts = (read_leverage(slice_, options), read_performance(slice_), read_alignment(slice_, mode))
    return tuple(figure for part in parts for figure in part.figures)


def subtract(one: Figure, other: Figure) -> int | str | None:
    """One figure less another: fen, or a ratio's or rate's difference as exact as the figures are."""
    if one.value is None or other.value is None:
        return None
    if isinstance(one.value, int) and isinstance(other.value, int):
        return one.value - other.value
    first, second = _fraction(one), _fraction(other)
    if first is None or second is None:
        return print_plain(RATE_DIGITS.subtract(Decimal(one.value), Decimal(other.value)))
    gap = first - second
    return print_plain(RATIO_DIGITS.divide(Decimal(gap.numerator), Decimal(gap.denominator)))


def _fraction(figure: Figure) -> Fraction | None:
    if figure.numerator is None or not figure.denominator:
        return None
    return Fraction(figure.numerator, figure.denominator)


def _find(figures: Iterable[Figure], code: str, basis: str) -> Figure:
    """The figure of a code; `nav` stands for whichever net asset value there is."""
    bases = NAV_BASES if basis == NAV else (basis,)
    return next(figure for figure in figures if figure.code == code and figure.basis in bases)


def _change_tables(left: LedgerSlice, right: LedgerSlice, mode: TagMode) -> Iterator[Row]:
    changes = list_changes(left, right, mode)
    yield {"table": BRIDGE, "step": LEFT, **_named(total_of(left, mode))}
    for kind, amounts in sum_kinds(changes).items():
        yield {"table": BRIDGE, "step": str(kind), **_named(amounts)}
    yield {"table": BRIDGE, "step": RIGHT, **_named(total_of(right, mode))}
    for one in changes:
        yield _change_row(left, right, one)


def _change_row(left: LedgerSlice, right: LedgerSlice, change: Change) -> Row:
    fund = right.facts.funds.get(change.fund) or left.facts.funds[change.fund]
    firm = right.facts.companies.get(change.company) or left.facts.companies[change.company]
    return {
        "table": CHANGE,
        "cause": str(change.kind),
        "day": change.day.isoformat() if change.day else None,
        "fund": fund.code,
        "fund_name": fund.name,
        "company": firm.code,
        "name": firm.name,
        "n": change.count,
        **_named(change.amounts),
    }


def _named(amounts: Amounts) -> dict[str, object]:
    return {
        "cost": amounts.cost,
        "aligned": amounts.aligned,
        "fair_value": amounts.value,
        "aligned_value": amounts.aligned_value,
    }
