"""The notices, receipts and payouts of a scope's funds, read once for all that is told of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from funds.queries.cash_papers import CashPapers, NoticePaper, PayoutPaper, ReceiptPaper
from funds.queries.ledger_slice import LedgerSlice

Paper = TypeVar("Paper", NoticePaper, ReceiptPaper, PayoutPaper)


def read_cash(slice_: LedgerSlice) -> CashPapers:
    """The papers of the funds of the scope; kept on the shelf of the slice, which is one person's."""
    key = _place_of(slice_.members)
    if key not in slice_.shelf:
        slice_.shelf[key] = slice_.open_cash(slice_.members)
    found: CashPapers = slice_.shelf[key]
    return found


@contextmanager
def shelved_cash(slice_: LedgerSlice, funds: Collection[int]) -> Iterator[None]:
    """The papers of some funds, each by itself, read at once and on the shelf for as long as this lasts."""
    if len(funds) < 2:
        yield
        return
    papers = slice_.open_cash(funds)
    notices, receipts = _by_fund(papers.notices), _by_fund(papers.receipts)
    payouts = _by_fund(papers.payouts)
    mine = {
        _place_of([fund]): CashPapers(notices.get(fund, ()), receipts.get(fund, ()), payouts.get(fund, ()))
        for fund in funds
    }
    new = mine.keys() - slice_.shelf.keys()
    slice_.shelf.update({place: mine[place] for place in new})
    try:
        yield
    finally:
        for place in new:
            slice_.shelf.pop(place, None)


def _place_of(funds: Iterable[int]) -> str:
    return f"cash:{sorted(funds)}"


def _by_fund(papers: Iterable[Paper]) -> Mapping[int, tuple[Paper, ...]]:
    """Each fund's papers in their order."""
    fund = attrgetter("fund_id")
    return {name: tuple(found) for name, found in groupby(sorted(papers, key=fund), fund)}
