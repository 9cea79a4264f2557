"""What the papers of a fund's holdings say in words: rounds, instruments, and how the last mark was made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from funds.book import Book, visible
from funds.kinds import MarkMethod
from funds.models import Deal, DealFact, Mark, RoundFact
from funds.queries.ledger_slice import LedgerSlice


@dataclass(frozen=True)
class Papers:
    """Names of rounds and instruments in the order of payment, and the method of the last approved mark."""

    rounds: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    method: MarkMethod | None = None


NO_PAPERS = Papers()


def read_papers(book: Book, slice_: LedgerSlice) -> Mapping[tuple[str, str], Papers]:
    """By code of the fund and of the firm, for the funds of the scope; words only, never a figure."""
    held = _holdings(slice_)
    marks = _last_marks(slice_, held)
    with book.look(slice_.version, slice_.readable.sight) as look:
        deals = _read_deals(look.connection, slice_, held)
        methods = _read_methods(look.connection, marks.values())
    return {
        codes: Papers(
            _once(deal.name for deal in deals.get(holding, ())),
            _once(deal.instrument for deal in deals.get(holding, ())),
            methods.get(marks.get(holding, 0)),
        )
        for holding, codes in held.items()
    }


def _holdings(slice_: LedgerSlice) -> dict[int, tuple[str, str]]:
    facts, columns = slice_.facts, slice_.ledger.holdings
    mine = columns.take(slice_.holds(columns.fund))
    return {
        holding: (facts.funds[fund].code, facts.companies[company].code)
        for holding, fund, company in zip(
            mine.id.tolist(), mine.fund.tolist(), mine.company.tolist(), strict=True
        )
    }


def _last_marks(slice_: LedgerSlice, held: Iterable[int]) -> dict[int, int]:
    """The row of the last approved mark of each holding; marks come by rising day."""
    wanted, marks = set(held), slice_.ledger.marks
    rows = zip(marks.holding.tolist(), marks.id.tolist(), strict=True)
    return {holding: row for holding, row in rows if holding in wanted}


def _read_deals(connection: Connection, slice_: LedgerSlice, held: Iterable[int]) -> dict[int, list[Any]]:
    rounds = (RoundFact.round_id == Deal.round_id) & visible(RoundFact, slice_.version)
    query = (
        select(Deal.holding_id, DealFact.instrument, RoundFact.name)
        .join(DealFact, DealFact.deal_id == Deal.id)
        .join(RoundFact, rounds, isouter=True)
        .where(Deal.holding_id.in_(list(held)), visible(DealFact, slice_.version))
        .where(DealFact.paid_on <= slice_.as_of)
        .order_by(DealFact.paid_on, DealFact.id)
    )
    found: dict[int, list[Any]] = {}
    for row in connection.execute(query):
        found.setdefault(row.holding_id, []).append(row)
    return found


def _read_methods(connection: Connection, marks: Iterable[int]) -> dict[int, MarkMethod]:
    query = select(Mark.id, Mark.method).where(Mark.id.in_(list(marks)))
    return {row.id: row.method for row in connection.execute(query)}


def _once(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
