"""Records what comes back from firms, and what is written off."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from funds.book import Change
from funds.drafts import ExitDraft
from funds.drafts.holdings import HoldingTransferDraft
from funds.kinds import EntryKind
from funds.models import Company, Entry, Exit, Holding
from funds.recording.lookups import look_up_companies, look_up_holdings
from funds.recording.movements import Family, check_rows, entry_line, finish, open_funds, sort_family
from funds.recording.sieve import Recorded, Sieve
from funds.recording.twins import FieldNames, Footprint, Fresh, Sorted

Sold = Fresh[ExitDraft] | Fresh[HoldingTransferDraft]


def record_exits(change: Change, drafts: Sequence[ExitDraft]) -> Recorded:
    """Exits, dividends, interest and write-offs; money makes an entry beside."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    companies = look_up_companies(sieve, "company")
    holdings = look_up_holdings(sieve, funds, companies)
    movements = [
        (
            draft,
            Footprint(
                funds[draft.fund].id,
                draft.exited_on,
                draft.kind,
                companies[draft.company].party_id,
                draft.amount_fen,
                (("cost_out_fen", draft.cost_out_fen), ("transferred_ppm", draft.transferred_ppm)),
            ),
        )
        for draft in sieve.drafts
    ]
    rows = [(draft, exit_row(Fresh(draft, footprint, 1), 0)) for draft, footprint in movements]
    check_rows(sieve, Exit, rows)
    result = sort_family(sieve, _family(), movements)

    def holding_of(draft: ExitDraft) -> int:
        return holdings[funds[draft.fund].id, companies[draft.company].id]

    return finish(sieve, result, lambda sound: _write(change, sound, holding_of))


def _family() -> Family:
    query = (
        select(
            Exit.id,
            Holding.fund_id,
            Exit.exited_on,
            Exit.kind,
            Company.party_id,
            Exit.amount_fen,
            Exit.cost_out_fen,
            Exit.transferred_ppm,
            Exit.business_no,
            Exit.occurrence,
        )
        .join(Holding, Holding.id == Exit.holding_id)
        .join(Company, Company.id == Holding.company_id)
    )
    return Family(Exit, query, Holding.fund_id, _build, FieldNames("exited_on", "company"))


def _build(row: Any) -> Footprint:
    rest = (("cost_out_fen", row.cost_out_fen), ("transferred_ppm", row.transferred_ppm))
    return Footprint(row.fund_id, row.exited_on, row.kind, row.party_id, row.amount_fen, rest)


def _write(change: Change, result: Sorted[ExitDraft], holding_of: Callable[[ExitDraft], int]) -> None:
    first = change.next_id(Entry)
    lines: list[dict[str, object]] = []
    rows = []
    for fresh in result.fresh:
        holding_id = holding_of(fresh.draft)
        movement_id = first + len(lines) if fresh.draft.amount_fen else None
        rows.append(exit_row(fresh, holding_id) | {"movement_id": movement_id})
        if movement_id is not None:
            lines.append(proceeds_line(fresh, holding_id) | {"movement_id": movement_id})
    change.add(Entry, lines)
    change.add(Exit, rows)


def exit_row(fresh: Sold, holding_id: int) -> dict[str, object]:
    """The exit itself; its day and kind are those of the movement."""
    draft = fresh.draft
    return {
        "holding_id": holding_id,
        "kind": fresh.footprint.kind,
        "exited_on": fresh.footprint.day,
        "amount_fen": draft.amount_fen,
        "cost_out_fen": draft.cost_out_fen,
        "transferred_ppm": draft.transferred_ppm,
        "business_no": draft.business_no,
        "occurrence": fresh.occurrence,
        "origin": draft.place.origin,
    }


def proceeds_line(fresh: Sold, holding_id: int) -> dict[str, object]:
    """The money that came in for a holding."""
    return entry_line(
        fresh,
        EntryKind.PROCEEDS,
        fresh.draft.amount_fen,
        detail=fresh.footprint.kind,
        counterparty_id=fresh.footprint.counterparty_id,
        holding_id=holding_id,
    )
