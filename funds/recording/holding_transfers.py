"""Records holdings that pass from one fund of the book to another: the seller's exit and the buyer's payment at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from funds.book import Change, visible
from funds.drafts.holdings import HoldingTransferDraft
from funds.kinds import EntryKind, ExitKind
from funds.models import Company, DealFact, Entry, Exit, Holding
from funds.permissions import Action
from funds.queries.codes import KnownBody
from funds.recording.exits import exit_row, proceeds_line
from funds.recording.identities import found_deals, found_holdings, read_pairs
from funds.recording.lookups import look_up_companies, look_up_funds
from funds.recording.movements import (
    Family,
    check_positive,
    check_rows,
    entry_line,
    finish,
    sort_family,
)
from funds.recording.sieve import Recorded, Sieve
from funds.recording.twins import FieldNames, Footprint, Fresh, Sorted

Bodies = Mapping[str, KnownBody]


def record_holding_transfers(change: Change, drafts: Sequence[HoldingTransferDraft]) -> Recorded:
    """Transfers between funds, each an exit and a payment of one movement; whoever records may do so for both."""
    sieve = Sieve(change, drafts)
    funds, companies = _look_up(sieve)
    held = read_pairs(
        change, Holding, ("fund_id", "company_id"), [funds[draft.fund].id for draft in sieve.sound()]
    )
    for draft in sieve.sound():
        if draft.buyer == draft.fund:
            sieve.report(draft, "buyer", "holding_transfer.to_self", {"fund": draft.fund})
        if (funds[draft.fund].id, companies[draft.company].id) not in held:
            params = {"fund": draft.fund, "company": draft.company}
            sieve.report(draft, "company", "holding.none", params)
    check_positive(sieve)
    movements = [
        (
            draft,
            Footprint(
                funds[draft.fund].id,
                draft.transferred_on,
                ExitKind.TRANSFER,
                companies[draft.company].party_id,
                draft.amount_fen,
                (
                    ("buyer", funds[draft.buyer].id),
                    ("cost_out_fen", draft.cost_out_fen),
                    ("transferred_ppm", draft.transferred_ppm),
                ),
            ),
        )
        for draft in sieve.drafts
    ]
    rows = [(draft, exit_row(Fresh(draft, footprint, 1), 0)) for draft, footprint in movements]
    check_rows(sieve, Exit, rows, exited_on="transferred_on")
    result = sort_family(sieve, _family(change.version), movements)

    def holding_of(draft: HoldingTransferDraft) -> int:
        return held[funds[draft.fund].id, companies[draft.company].id]

    return finish(sieve, result, lambda sound: _write(change, sound, holding_of, funds, companies))


def _look_up(sieve: Sieve[HoldingTransferDraft]) -> tuple[Bodies, Bodies]:
    """The funds of both sides, each of which this person must be allowed to record for, and the firms."""
    funds = look_up_funds(sieve, "fund", "buyer")
    named = {funds[code].id: code for _, _, code in sieve.referring("fund", "buyer")}
    sieve.rights.require_funds(Action.RECORD_BUSINESS, named)
    return funds, look_up_companies(sieve, "company")


def _family(version: int) -> Family:
    """Exits, with the fund that paid for the holding where it is one of the book."""
    bought, buying = aliased(Entry), aliased(Holding)
    buyer = (
        select(buying.fund_id)
        .join(bought, bought.holding_id == buying.id)
        .where(
            bought.movement_id == Exit.movement_id,
            bought.kind == EntryKind.INVESTMENT,
            visible(bought, version),
        )
        .correlate(Exit)
        .scalar_subquery()
    )
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
            buyer.label("buyer_id"),
        )
        .join(Holding, Holding.id == Exit.holding_id)
        .join(Company, Company.id == Holding.company_id)
        .where(Exit.kind == ExitKind.TRANSFER)
    )
    return Family(Exit, query, Holding.fund_id, _build, FieldNames("transferred_on", "company"))


def _build(row: Any) -> Footprint:
    rest = (
        ("buyer", row.buyer_id),
        ("cost_out_fen", row.cost_out_fen),
        ("transferred_ppm", row.transferred_ppm),
    )
    return Footprint(row.fund_id, row.exited_on, row.kind, row.party_id, row.amount_fen, rest)


def _write(
    change: Change,
    result: Sorted[HoldingTransferDraft],
    holding_of: Callable[[HoldingTransferDraft], int],
    funds: Bodies,
    companies: Bodies,
) -> None:
    pairs = [(funds[fresh.draft.buyer].id, companies[fresh.draft.company].id) for fresh in result.fresh]
    origins = [fresh.draft.place.origin for fresh in result.fresh]
    holdings = found_holdings(change, ((*pair, origin) for pair, origin in zip(pairs, origins, strict=True)))
    dealt = [(holdings[pair], None) for pair in pairs]
    deals = found_deals(change, ((*pair, origin) for pair, origin in zip(dealt, origins, strict=True)))
    first = change.next_id(Entry)
    lines: list[dict[str, object]] = []
    exits, facts = [], []
    for fresh, pair, deal in zip(result.fresh, pairs, dealt, strict=True):
        movement = {"movement_id": first + len(lines)}
        sold = holding_of(fresh.draft)
        lines.append(proceeds_line(fresh, sold) | movement)
        lines.append(_payment(fresh, pair[0], holdings[pair], deals[deal]) | movement)
        exits.append(exit_row(fresh, sold) | movement)
        facts.append(_fact(fresh, deals[deal]) | movement)
    change.add(Entry, lines)
    change.add(Exit, exits)
    change.add(DealFact, facts)


def _payment(
    fresh: Fresh[HoldingTransferDraft], buyer: int, holding_id: int, deal_id: int
) -> dict[str, object]:
    line = entry_line(
        fresh,
        EntryKind.INVESTMENT,
        -fresh.draft.amount_fen,
        counterparty_id=fresh.footprint.counterparty_id,
        holding_id=holding_id,
        deal_id=deal_id,
    )
    return line | {"fund_id": buyer}


def _fact(fresh: Fresh[HoldingTransferDraft], deal_id: int) -> dict[str, object]:
    draft = fresh.draft
    return {
        "deal_id": deal_id,
        "decided_on": None,
        "paid_on": draft.transferred_on,
        "instrument": None,
        "stake_ppm": None,
        "origin": draft.place.origin,
    }
