"""What the investors of a fund are called: a fund of the book by its own name, anybody else by the party's."""

from funds.queries.facts import NamedThing
from funds.queries.ledger_slice import LedgerSlice


def name_investor(slice_: LedgerSlice, party: int) -> NamedThing:
    """An investor by code and name as of the slice's day; one that was named only later has neither."""
    fund = slice_.fund_of_party.get(party)
    if fund is not None:
        return slice_.facts.funds[fund]
    return slice_.facts.parties.get(party) or NamedThing(party, "", "")
