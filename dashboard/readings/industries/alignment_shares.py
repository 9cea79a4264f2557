"""AL01–AL04 of some pieces of holdings and payments, by today's leading industries and by those of the decision."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.readings.answers import Figure, absent, ratio
from dashboard.readings.industries.alignment_pieces import AlignedPiece, PaidPiece
from funds.queries.attribution import WHOLE
from funds.queries.facts import PolicyFacts

# The policy row that says from which weight on a holding counts; a weight of 1 is 1e6 there as here.
COUNTED_FROM = "AL04.weight"
# Each measure: its code, its basis at as-of, and its basis at the decision.
MEASURES = (
    ("AL01", "cost", "cost_at_decision"),
    ("AL02", "fair_value", "fair_value_at_decision"),
    ("AL03", "flow_ytd", "flow_at_decision"),
    ("AL04", "count", "count_at_decision"),
)


def share_figures(
    held: Sequence[AlignedPiece],
    paid: Iterable[PaidPiece],
    year: int,
    policies: Mapping[str, PolicyFacts],
) -> Iterable[Figure]:
    """The four measures of some pieces, each at both days; `paid` counts where it falls into the year."""
    rows = name_pieces(held)
    cost, value = sum(piece.cost for piece in held), sum(piece.value for piece in held)
    for basis, amount in (
        ("cost", sum_weighted((piece.cost, piece.weight_ppm) for piece in held)),
        ("cost_at_decision", sum_weighted((piece.cost, piece.decided_ppm) for piece in held)),
    ):
        yield ratio("AL01", basis, amount, cost, "alignment.no_holdings", rows)
    for basis, amount in (
        ("fair_value", sum_weighted((piece.value, piece.weight_ppm) for piece in held)),
        ("fair_value_at_decision", sum_weighted((piece.value, piece.decided_ppm) for piece in held)),
    ):
        yield ratio("AL02", basis, amount, value, "alignment.no_value", rows)
    yield from _flow_figures([piece for piece in paid if piece.day.year == year])
    yield from _count_figures(held, policies.get(COUNTED_FROM), rows)


def sum_weighted(parts: Iterable[tuple[int, int]]) -> int:
    """Σ amount × weight, rounded half up to the fen once for the whole sum."""
    return (2 * sum(amount * weight for amount, weight in parts) + WHOLE) // (2 * WHOLE)


def name_pieces(pieces: Iterable[AlignedPiece]) -> tuple[str, ...]:
    """The rows of the book behind some holdings."""
    return tuple(sorted({name for piece in pieces for name in piece.firm.row_names()}))


def _flow_figures(paid: Sequence[PaidPiece]) -> Iterable[Figure]:
    """AL03: what was paid into firms in the calendar year up to as-of, whether or not it is still held."""
    rows = tuple(sorted({f"entry:{piece.entry}" for piece in paid}))
    whole = sum(piece.amount for piece in paid)
    now = sum_weighted((piece.amount, piece.weight_ppm) for piece in paid)
    then = sum_weighted((piece.amount, piece.decided_ppm) for piece in paid)
    yield ratio("AL03", "flow_ytd", now, whole, "alignment.no_payments_this_year", rows)
    yield ratio("AL03", "flow_at_decision", then, whole, "alignment.no_payments_this_year", rows)


def _count_figures(
    held: Sequence[AlignedPiece], asked: PolicyFacts | None, rows: tuple[str, ...]
) -> Iterable[Figure]:
    """AL04: holdings whose weight, over the parks that share them, reaches what policy asks; and all holdings."""
    if asked is None or asked.value_e6 is None:
        yield absent("AL04", "count", "alignment.no_threshold", rows)
        yield absent("AL04", "count_at_decision", "alignment.no_threshold", rows)
        return
    named = (*rows, f"policy:{asked.id}")
    now = _count(((p.firm.holding, p.share_ppm, p.weight_ppm) for p in held), asked.value_e6)
    then = _count(((p.firm.holding, p.share_ppm, p.decided_ppm) for p in held), asked.value_e6)
    yield ratio("AL04", "count", *now, "alignment.no_holdings", named)
    yield ratio("AL04", "count_at_decision", *then, "alignment.no_holdings", named)


def _count(parts: Iterable[tuple[int, int, int]], asked: int) -> tuple[int, int]:
    """How many holdings count, and how many there are; each part is a holding, its share and its weight."""
    shares: dict[int, list[tuple[int, int]]] = {}
    for holding, share, weight in parts:
        shares.setdefault(holding, []).append((share, weight))
    counting = sum(
        sum(share * weight for share, weight in one) >= asked * sum(share for share, _ in one)
        for one in shares.values()
    )
    return counting, len(shares)
