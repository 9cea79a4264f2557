"""Targets that a policy row sets, as they stand beside what was reached."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from funds.book import Book, visible
from funds.models import Policy
from funds.queries.ledger_slice import LedgerSlice

FAMILY_SIZE = "fund_family.target_size"
YI = "亿元"
FEN_PER_YI_E6 = 10_000  # an amount in 亿元 × 1e6 times this is fen


@dataclass(frozen=True)
class Target:
    """An amount to be reached, and the paper that says so."""

    amount: int
    name: str
    document: str


def read_family_target(book: Book, slice_: LedgerSlice) -> Target | None:
    """The target size of the city's family of funds on the day, if the book has one in 亿元."""
    query = (
        select(Policy.value_e6, Policy.name, Policy.document)
        .where(Policy.code == FAMILY_SIZE, Policy.unit == YI, Policy.value_e6.is_not(None))
        .where(Policy.park_id.is_(None), Policy.from_date <= slice_.as_of)
        .where(or_(Policy.to_date.is_(None), Policy.to_date > slice_.as_of))
        .order_by(Policy.from_date.desc(), Policy.id.desc())
    )
    with book.look(slice_.version) as look:
        row = look.connection.execute(query.where(visible(Policy, slice_.version))).first()
    return None if row is None else Target(row.value_e6 * FEN_PER_YI_E6, row.name, row.document)
