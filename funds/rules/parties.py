"""One firm, one identity: a credit code belongs to one code of the book, and so most likely does a name."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from funds.models import Party, PartyFact
from funds.models.visibility import visible
from funds.rules.breaches import Breach, Reach


def check_parties(reach: Reach) -> Iterator[Breach]:
    """Parties that share their credit code, or (a warning) only their name, with another."""
    other = aliased(PartyFact)
    shares_code = PartyFact.credit_code == other.credit_code
    for row in reach.connection.execute(_pairs(reach, other).where(shares_code)):
        params = {"credit_code": row.credit_code, "code": row.code, "other": row.other}
        yield Breach("party.credit_code_taken", "party_fact", row.id, ("credit_code",), "", params)
    if reach.revision_id is None:
        return
    differ = PartyFact.credit_code.is_(None) | other.credit_code.is_(None)
    for row in reach.connection.execute(_pairs(reach, other).where(PartyFact.name == other.name, differ)):
        params = {"name": row.name, "code": row.code, "other": row.other}
        yield Breach("party.same_name", "party_fact", row.id, ("name",), "", params)


def _pairs(reach: Reach, other: type[PartyFact]) -> Select[int, str, str | None, str, str]:
    """Each visible fact of the revision with every older one of another party."""
    party, other_party = aliased(Party), aliased(Party)
    query = (
        select(
            PartyFact.id, PartyFact.name, PartyFact.credit_code, party.code, other_party.code.label("other")
        )
        .join(party, party.id == PartyFact.party_id)
        .join(other, (other.id < PartyFact.id) & (other.party_id != PartyFact.party_id))
        .join(other_party, other_party.id == other.party_id)
        .where(visible(PartyFact, reach.version), visible(other, reach.version))
        .order_by(PartyFact.id, other.id)
    )
    if reach.revision_id is not None:
        query = query.where(PartyFact.revision_id == reach.revision_id)
    return query
