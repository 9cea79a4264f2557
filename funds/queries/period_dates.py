"""Which quarter of which fund every row of the book belongs to, and which tables belong to no quarter."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from funds.dates import quarter_of
from funds.models import (
    Balance,
    CallNotice,
    Claim,
    Commitment,
    CommitmentMovement,
    ControlTotal,
    Deal,
    DealFact,
    Entry,
    Exit,
    FundNav,
    Holding,
    LocalInvestment,
    Mark,
    QuarterFiling,
    Replaceable,
    RoundFact,
    RoundInvestor,
    table_of,
)

FundQuarter = tuple[int, str]  # a fund's id and a quarter as `2025-Q4`
# Row, fund and day (or quarter) of every row of a table; a row of several funds comes once for each.
Dates = Select[*tuple[Any, ...]]


def _by_holding(model: Any, day: Any) -> Dates:
    return select(model.id, Holding.fund_id, day).join(Holding, Holding.id == model.holding_id)


def _by_commitment(model: Any, day: Any) -> Dates:
    return select(model.id, Commitment.fund_id, day).join(Commitment, Commitment.id == model.commitment_id)


def _by_round(model: Any) -> Dates:
    """A round concerns every fund that took part in it."""
    query = select(model.id, Holding.fund_id, RoundFact.closed_on).join(Deal, Deal.round_id == model.round_id)
    query = query.join(Holding, Holding.id == Deal.holding_id)
    return query if model is RoundFact else query.join(RoundFact, RoundFact.round_id == model.round_id)


PERIOD_DATES: Mapping[type[Replaceable], tuple[Dates, ...]] = {
    Entry: (select(Entry.id, Entry.fund_id, Entry.moved_on),),
    CommitmentMovement: (_by_commitment(CommitmentMovement, CommitmentMovement.signed_on),),
    CallNotice: (_by_commitment(CallNotice, CallNotice.noticed_on),),
    DealFact: (
        select(DealFact.id, Holding.fund_id, DealFact.paid_on)
        .join(Deal, Deal.id == DealFact.deal_id)
        .join(Holding, Holding.id == Deal.holding_id),
    ),
    Exit: (_by_holding(Exit, Exit.exited_on),),
    Mark: (_by_holding(Mark, Mark.valued_on),),
    RoundFact: (_by_round(RoundFact),),
    RoundInvestor: (_by_round(RoundInvestor),),
    FundNav: (select(FundNav.id, FundNav.fund_id, FundNav.valued_on),),
    Balance: (select(Balance.id, Balance.fund_id, Balance.filed_on),),
    Claim: (select(Claim.id, Claim.fund_id, Claim.quarter),),
    LocalInvestment: (select(LocalInvestment.id, LocalInvestment.fund_id, LocalInvestment.recognised_on),),
    QuarterFiling: (select(QuarterFiling.id, QuarterFiling.fund_id, QuarterFiling.quarter),),
    ControlTotal: (
        select(ControlTotal.id, ControlTotal.fund_id, ControlTotal.quarter),
        select(ControlTotal.id, ControlTotal.child_id, ControlTotal.quarter),
    ),
}
IDENTITY, STANDING = "an identity without a day of its own", "a standing fact with its own dates"
SECOND_PERSON, COLLECTION = "a proposal changes no figure", "tells how a quarter was collected and locked"
PAPERS = "a file or paper beside the figures"
LIFE = "tells how far a project has come; the payment itself is dated"
OF_FIRM = "tells of a firm or a party, not of a fund"
# Tables of funds and parks whose rows a lock leaves alone, each with the reason.
EXEMPT: Mapping[str, str] = {
    **dict.fromkeys(("fund", "commitment", "holding", "deal", "round"), IDENTITY),
    **dict.fromkeys(("fund_fact", "fund_field", "fund_park", "fund_term"), STANDING),
    "project_stage": LIFE,
    **dict.fromkeys(("proposal", "proposal_subject", "proposal_end"), SECOND_PERSON),
    **dict.fromkeys(("reminder", "period", "restatement"), COLLECTION),
    **dict.fromkeys(("attachment", "signed_paper", "signature"), PAPERS),
    **dict.fromkeys(("audit_sample", "audit_item", "audit_finding"), PAPERS),
    **dict.fromkeys(("party_nature", "party_ownership", "company_figure", "park_figure"), OF_FIRM),
}


def find_touched(
    connection: Connection, revision_id: int, tables: Collection[str]
) -> Counter[tuple[FundQuarter, str]]:
    """How many rows of each fund's quarter and table a revision wrote or put out of force."""
    found: Counter[tuple[FundQuarter, str]] = Counter()
    for model, queries in PERIOD_DATES.items():
        name = table_of(model).name
        if name in tables:
            for query in queries:
                rows = connection.execute(query.where(_written_or_ended(model, revision_id)).distinct())
                found.update(((fund, _quarter(when)), name) for _, fund, when in rows)
    return found


def find_rows(connection: Connection, revision_id: int) -> dict[str, dict[FundQuarter, list[int]]]:
    """The ids of the rows that a revision wrote, by table and fund's quarter."""
    found: dict[str, dict[FundQuarter, list[int]]] = {}
    for model, queries in PERIOD_DATES.items():
        for query in queries:
            for row, fund, when in connection.execute(query.where(model.revision_id == revision_id)):
                rows = found.setdefault(table_of(model).name, {}).setdefault((fund, _quarter(when)), [])
                if row not in rows:
                    rows.append(row)
    return found


def written_in(
    connection: Connection, model: type[Replaceable], version: int
) -> Iterator[tuple[int, int, FundQuarter]]:
    """Every row of a table by a version: its id, the change that wrote it, and each fund's quarter it is of."""
    changes = select(model.id, model.revision_id).where(model.revision_id <= version)
    revisions = {row.id: row.revision_id for row in connection.execute(changes)}
    for query in PERIOD_DATES[model]:
        for row, fund, when in connection.execute(query.where(model.revision_id <= version)):
            yield row, revisions[row], (fund, _quarter(when))


def _written_or_ended(model: type[Replaceable], revision_id: int) -> Any:
    table = table_of(model)
    later = table.alias()
    ended = select(later.c.replaces_id).where(
        later.c.revision_id == revision_id, later.c.replaces_id.is_not(None)
    )
    return or_(table.c.revision_id == revision_id, table.c.id.in_(ended))


def _quarter(when: date | str) -> str:
    return when if isinstance(when, str) else quarter_of(when)
