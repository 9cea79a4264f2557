"""Firms of the register by words: a code, a name of any time, a former name or a credit code."""

from sqlalchemy import Connection, func, or_, select

from funds.book import visible
from funds.models import Company, Party, PartyFact

LONGEST = 60


def find_companies(connection: Connection, version: int, words: str) -> frozenset[int]:
    """Ids of the firms that hold the words somewhere; all of the register is everybody's."""
    sought = words.strip().lower()[:LONGEST].replace("\x00", "")
    columns = (Party.code, PartyFact.name, PartyFact.former_names, PartyFact.credit_code)
    query = (
        select(Company.id)
        .join(Party, Party.id == Company.party_id)
        .join(PartyFact, PartyFact.party_id == Party.id)
        .where(visible(Company, version), visible(PartyFact, version))
        .where(or_(*(func.lower(column).contains(sought, autoescape=True) for column in columns)))
    )
    return frozenset(connection.execute(query).scalars())
