"""What was agreed about buying back a holding, in the words of the deals."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from funds.models import Deal, DealFact, Holding
from funds.models.visibility import visible


@dataclass(frozen=True)
class BuybackClause:
    """The words of one payment of a deal."""

    fund_id: int
    company_id: int
    words: str


def read_buybacks(connection: Connection, version: int) -> list[BuybackClause]:
    """Every clause that is known at a version, oldest first."""
    fact = DealFact
    query = (
        select(Holding.fund_id, Holding.company_id, fact.buyback)
        .join(Deal, Deal.id == fact.deal_id)
        .join(Holding, Holding.id == Deal.holding_id)
        .where(fact.buyback.is_not(None), visible(fact, version))
        .order_by(fact.id)
    )
    return [BuybackClause(fund, company, words or "") for fund, company, words in connection.execute(query)]
