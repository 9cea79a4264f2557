"""Records that what a fund holds of a firm became another instrument: no money moves, and its cost stays."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from funds.book import Change, visible
from funds.drafts.holdings import ConversionDraft
from funds.models import Deal, DealFact, table_of
from funds.recording.lookups import look_up_companies, look_up_holdings
from funds.recording.movements import check_rows, open_funds
from funds.recording.sieve import Recorded, Sieve

Row = Mapping[str, Any]


def record_conversions(change: Change, drafts: Sequence[ConversionDraft]) -> Recorded:
    """Conversions (转股): each payment made by the day gets a fact of that day beside it, with the new instrument."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    companies = look_up_companies(sieve, "company")
    holdings = look_up_holdings(sieve, funds, companies)
    planned: list[tuple[ConversionDraft, dict[str, object]]] = []
    same = 0
    for draft in sieve.sound():
        facts = _read_facts(change, holdings[funds[draft.fund].id, companies[draft.company].id], draft)
        told = [fact for fact in facts.values() if _says(fact, draft)]
        meant = [one for one in facts.items() if not _says(one[1], draft) and _is_meant(one[1], draft)]
        same += len(told)
        _check(sieve, draft, len(told), [fact for _, fact in meant])
        planned += [(draft, _convert(draft, payment, fact)) for payment, fact in meant]
    check_rows(sieve, DealFact, planned, paid_on="converted_on")
    sieve.settle()
    rows = [row for draft, row in planned if sieve.is_sound(draft)]
    change.add(DealFact, rows)
    return sieve.conclude(len(rows), same, 0)


def _convert(draft: ConversionDraft, payment: int, fact: Row) -> dict[str, object]:
    """The payment's number below zero says which payment it was, and that no money moved."""
    return {
        "deal_id": fact["deal_id"],
        "movement_id": -payment,
        "decided_on": None,
        "paid_on": draft.converted_on,
        "instrument": draft.instrument,
        "stake_ppm": None,
        "origin": draft.place.origin,
    }


def _check(sieve: Sieve[ConversionDraft], draft: ConversionDraft, told: int, meant: Sequence[Row]) -> None:
    if not told and not meant:
        params = {"company": draft.company, "day": draft.converted_on, "earlier": draft.earlier or "—"}
        sieve.report(draft, "earlier", "conversion.nothing_paid", params)
    if any(fact["instrument"] == draft.instrument for fact in meant):
        sieve.report(draft, "instrument", "conversion.same_instrument", {"instrument": draft.instrument})


def _says(fact: Row, draft: ConversionDraft) -> bool:
    """Whether it is the conversion that the draft speaks of."""
    said = (fact["movement_id"] < 0, fact["paid_on"], fact["instrument"])
    return said == (True, draft.converted_on, draft.instrument)


def _is_meant(fact: Row, draft: ConversionDraft) -> bool:
    return draft.earlier in (None, fact["instrument"])


def _read_facts(change: Change, holding_id: int, draft: ConversionDraft) -> dict[int, Row]:
    """What every payment of a holding was by the day, by the payment's movement: as paid, or as last converted."""
    table = table_of(DealFact)
    query = (
        select(table)
        .join(Deal, Deal.id == table.c.deal_id)
        .where(Deal.holding_id == holding_id, visible(DealFact, change.version))
        .where(table.c.paid_on <= draft.converted_on)
        .order_by(table.c.paid_on, table.c.movement_id.desc(), table.c.id)
    )
    return {abs(row["movement_id"]): dict(row) for row in change.connection.execute(query).mappings()}
