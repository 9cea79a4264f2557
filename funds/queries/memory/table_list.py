"""The tables that a process keeps as columns."""

from collections.abc import Mapping

from sqlalchemy import case, func

from funds.kinds import EntryKind
from funds.models import (
    Balance,
    Commitment,
    CommitmentMovement,
    Company,
    Deal,
    DealFact,
    Entry,
    Exit,
    FundNav,
    Holding,
    IndexLevel,
    Mark,
    PartyFact,
)
from funds.queries.columns import (
    BALANCE_ITEMS,
    ENTRY_KINDS,
    EXIT_KINDS,
    FEE_KINDS,
    BalanceColumns,
    CommitmentColumns,
    DecisionColumns,
    EntryColumns,
    ExitColumns,
    HoldingColumns,
    MarkColumns,
    NavColumns,
)
from funds.queries.memory.kept_columns import TableSpec, amount_of, day_of, flag_of, id_of, kind_of

COMMITMENTS = TableSpec(
    CommitmentMovement,
    (
        id_of("fund", Commitment.fund_id),
        id_of("investor", Commitment.investor_id),
        amount_of("amount", CommitmentMovement.amount_fen),
        day_of("day", CommitmentMovement.signed_on),
    ),
    CommitmentColumns,
    joins=((Commitment, Commitment.id == CommitmentMovement.commitment_id),),
    day="day",
    indexed="fund",
)
ENTRIES = TableSpec(
    Entry,
    (
        id_of("fund", Entry.fund_id),
        kind_of("kind", Entry.kind, ENTRY_KINDS),
        amount_of("amount", Entry.amount_fen),
        day_of("day", Entry.moved_on),
        id_of("counterparty", Entry.counterparty_id),
        id_of("holding", Entry.holding_id),
        id_of("deal", Entry.deal_id),
        flag_of("inside", Entry.is_inside_commitment),
        flag_of("recallable", Entry.is_recallable),
        # Only a fee's detail says which fee.
        kind_of("fee", case((Entry.kind == EntryKind.FEE, Entry.detail)), FEE_KINDS),
    ),
    EntryColumns,
    day="day",
    indexed="fund",
)
HOLDINGS = TableSpec(
    Holding,
    (
        id_of("fund", Holding.fund_id),
        id_of("company", Holding.company_id),
        id_of("party", Company.party_id),
    ),
    HoldingColumns,
    joins=((Company, Company.id == Holding.company_id),),
)
NAMES = TableSpec(PartyFact, (id_of("party", PartyFact.party_id),))
DECISIONS = TableSpec(
    DealFact,
    (
        id_of("deal", DealFact.deal_id),
        id_of("holding", Deal.holding_id),
        day_of("decided", func.coalesce(DealFact.decided_on, DealFact.paid_on)),
        day_of("paid", DealFact.paid_on),
        id_of("round", Deal.round_id),
    ),
    DecisionColumns,
    joins=((Deal, Deal.id == DealFact.deal_id),),
    day="paid",
    can_be_seen=DealFact.movement_id > 0,  # a conversion is no payment
)
EXITS = TableSpec(
    Exit,
    (
        id_of("holding", Exit.holding_id),
        kind_of("kind", Exit.kind, EXIT_KINDS),
        day_of("day", Exit.exited_on),
        amount_of("amount", Exit.amount_fen),
        amount_of("cost_out", Exit.cost_out_fen),
        amount_of("transferred", Exit.transferred_ppm),
    ),
    ExitColumns,
    day="day",
    order=("day",),
)
MARKS = TableSpec(
    Mark,
    (
        id_of("holding", Mark.holding_id),
        day_of("day", Mark.valued_on),
        amount_of("value", Mark.fair_value_fen),
    ),
    MarkColumns,
    day="day",
    order=("day",),
    can_be_seen=Mark.approved_by_id.is_not(None),
)
NAVS = TableSpec(
    FundNav,
    (
        id_of("fund", FundNav.fund_id),
        day_of("day", FundNav.valued_on),
        amount_of("value", FundNav.nav_fen),
        id_of("investor", FundNav.investor_id),
    ),
    NavColumns,
    day="day",
    order=("day",),
    can_be_seen=FundNav.approved_by_id.is_not(None),
)
BALANCES = TableSpec(
    Balance,
    (
        id_of("fund", Balance.fund_id),
        day_of("day", Balance.filed_on),
        kind_of("item", Balance.item, BALANCE_ITEMS),
        amount_of("amount", Balance.amount_fen),
    ),
    BalanceColumns,
    day="day",
    order=("day",),
)


def levels(numbers: Mapping[str, int]) -> TableSpec:
    """Levels of indexes; an index has no identity but its code, so that each process numbers them by itself."""
    row = IndexLevel
    return TableSpec(
        row,
        (
            kind_of("index", row.index_code, numbers),
            day_of("day", row.quoted_on),
            amount_of("level", row.level_e6),
        ),
        day="day",
    )
