"""Recognised local investment (返投认定) line by line: which firm, how much, when, and on what ground."""

from collections.abc import Iterator, Mapping

from dashboard.readings.money.capital import cut_to
from funds.queries.ledger_slice import LedgerSlice


def local_firm_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """One row for each recognition, cut to the scope, by fund and day."""
    facts = slice_.facts
    found = [one for one in facts.capital.local_investments if one.fund_id in slice_.members]
    for one in sorted(found, key=lambda one: (facts.funds[one.fund_id].code, one.recognised_on, one.id)):
        firm = facts.companies.get(one.company_id)
        park = None if firm is None or firm.park_id is None else facts.parks.get(firm.park_id)
        yield {
            "table": "local_firm",
            "fund": facts.funds[one.fund_id].code,
            "fund_name": facts.funds[one.fund_id].name,
            "company": None if firm is None else firm.code,
            "firm": None if firm is None else firm.name,
            "park": None if park is None else park.name,
            "recognised_on": one.recognised_on.isoformat(),
            "recognised": cut_to(slice_, one.fund_id, one.amount),
            "ground": one.basis,
        }
