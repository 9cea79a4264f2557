"""The firms that an industry's or a firm's scope is about; every other scope is about its funds."""

from dashboard.readings.industries.alignment import TagMode, weigh
from dashboard.readings.lasting_answers import keep_on_facts
from funds.queries.attribution import WHOLE
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ACROSS_FUNDS, ScopeName


def scope_firms(slice_: LedgerSlice) -> frozenset[int] | None:
    """Firms whose main tag lies in the industry or below it, or the one firm; None where all firms count."""
    if slice_.scope.name not in ACROSS_FUNDS:
        return None
    facts, (code,) = slice_.facts, slice_.scope.codes
    if slice_.scope.name is ScopeName.COMPANY:
        return frozenset(firm.id for firm in facts.companies.values() if firm.code == code)
    return _firms_in(facts, code)


@keep_on_facts
def _firms_in(facts: Facts, code: str) -> frozenset[int]:
    """The firms of an industry by its code."""
    industry = frozenset(one.id for one in facts.industries.values() if one.code == code)
    return frozenset(
        firm
        for firm in facts.companies
        if weigh(facts.tags.get(firm, ()), industry, TagMode.PRIMARY, facts) == WHOLE
    )
