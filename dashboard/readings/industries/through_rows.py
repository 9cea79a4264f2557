"""Which funds the scope's money reached, with its share of each and what of that serves a leading industry."""

from collections.abc import Iterator

from dashboard.readings.answers import RATIO_DIGITS, print_plain, print_ratio
from dashboard.readings.industries.alignment_through import Parts
from funds.queries.attribution import WHOLE
from funds.queries.ledger_slice import LedgerSlice

LOOKED_THROUGH = "looked_through"


def through_rows(slice_: LedgerSlice, parts: Parts) -> Iterator[dict[str, object]]:
    """A row for each fund of the scope and each fund reached, with sums that make up what is looked through.

    A fund without a holding has 0: its money is not yet invested.
    """
    if parts.reason:
        return
    for fund in sorted({*slice_.members, *parts.shares}, key=lambda one: slice_.facts.funds[one].code):
        held = [piece for piece in parts.held if piece.firm.fund == fund]
        facts = slice_.facts.funds[fund]
        yield {
            "table": LOOKED_THROUGH,
            "fund": facts.code,
            "name": facts.name,
            "is_direct": fund in slice_.members,
            "share": _share(slice_, parts, fund),
            "cost": sum(piece.cost for piece in held),
            "leading_cost": sum(piece.by_cost.leading for piece in held),
            "fair_value": sum(piece.value for piece in held),
            "leading_value": sum(piece.by_value.leading for piece in held),
        }


def _share(slice_: LedgerSlice, parts: Parts, fund: int) -> str:
    """The scope's part of a fund as text."""
    if fund in slice_.members:
        piece = slice_.members[fund]
        return print_ratio(piece.end - piece.start, WHOLE)
    return print_plain(RATIO_DIGITS.create_decimal(repr(parts.shares[fund])))
