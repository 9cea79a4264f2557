"""Small books whose returns can be worked out by hand, on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256

import numpy as np

from dashboard.readings.returns.dated_flows import Flows
from dashboard.readings.returns.pools import Pool, Worth
from funds.book import Book
from funds.drafts import Draft
from funds.kinds import BalanceItem, ExitKind, FeeKind
from tests.builders import (
    balance,
    commitment,
    company,
    contribution,
    day,
    distribution,
    exit_,
    fee,
    fund,
    investment,
    mark,
    paid_city,
    party,
    prepared_book,
)
from tests.engines import SqliteDatabases

YEAR_END = date(2024, 12, 31)


@contextmanager
def book_of(sqlite: SqliteDatabases, *drafts: Draft) -> Iterator[Book]:
    """A book with some drafts in it; the same drafts are recorded once a session."""
    name = sha256(repr(drafts).encode()).hexdigest()
    with prepared_book(sqlite, f"returns-{name}", lambda: list(drafts)) as book:
        yield book
    sqlite.drop_made()


def worked_city() -> list[Draft]:
    """Mother M holds two thirds of F1; in 2024 F1 sold half of C2, got a dividend, paid fee and carry.

    F1 at the end of 2023: C1 900, C2 450, cash 2,080. At the end of 2024: C1 1,000, C2 half of 550, cash 2,023,
    carry due 5 and a receivable of 7.
    """
    return [
        *paid_city(),
        investment("F1", "C1", 1_000),
        investment("F1", "C2", 500),
        fee("F1", 20),
        exit_("F1", "C1", 600, cost_out_fen=400_000_000),
        mark("F1", "C1", 900, "2023-12-31"),
        mark("F1", "C2", 450, "2023-12-31"),
        distribution("F1", "M", 200, "2024-03-01"),
        distribution("F1", "LP2", 100, "2024-03-01"),
        exit_("F1", "C1", 50, "2024-05-01", ExitKind.DIVIDEND),
        fee("F1", 30, "2024-06-30"),
        investment("F1", "C2", 100, "2024-08-01"),
        fee("F1", 10, "2024-09-30", kind=FeeKind.CARRY),
        exit_("F1", "C2", 330, "2024-10-01", transferred_ppm=500_000),
        fee("F1", 3, "2024-12-31", kind=FeeKind.OTHER_INCOME),
        balance("F1", 5, item=BalanceItem.ACCRUED_CARRY),
        balance("F1", 7, item=BalanceItem.OTHER_RECEIVABLE),
        mark("F1", "C1", 1_000, "2024-12-31"),
    ]


def twice_turned() -> list[Draft]:
    """Fund T: 1,000 in, 2,300 out, 1,320 in, a year apart, and nothing left: rates of 10 % and of 20 %."""
    return [
        party("LP", "示例出资人"),
        company("T1"),
        company("T2"),
        fund("T"),
        commitment("T", "LP", 5_000),
        contribution("T", "LP", 1_000, "2021-01-01"),
        investment("T", "T1", 1_000, "2021-01-01"),
        exit_("T", "T1", 2_300, "2022-01-01", transferred_ppm=1_000_000),
        distribution("T", "LP", 2_300, "2022-01-01"),
        contribution("T", "LP", 1_320, "2023-01-01"),
        investment("T", "T2", 1_320, "2023-01-01"),
        exit_("T", "T2", 0, "2023-01-01", ExitKind.WRITE_OFF),
    ]


def flows(*pairs: tuple[str, int]) -> Flows:
    """Flows from ISO days and amounts, with rows numbered from 1."""
    return Flows(
        np.array([day(text).toordinal() for text, _ in pairs], dtype=np.int64),
        np.array([amount for _, amount in pairs], dtype=np.int64),
        np.arange(1, len(pairs) + 1),
    )


def pool_of(net: Flows, nav: int, as_of: str = "2025-12-31") -> Pool:
    """A pool of which only the net side matters."""
    paid = -int(net.amounts[net.amounts < 0].sum())
    back = int(net.amounts[net.amounts > 0].sum())
    nothing = flows()
    return Pool(
        as_of=day(as_of),
        committed=paid,
        committed_rows=nothing.rows,
        paid_in=paid,
        paid_inside=paid,
        distributed=back,
        nav=Worth(nav, "reported", ("fund_nav:1",)),
        net=net,
        gross=nothing,
        invested=0,
        returned=0,
        held=Worth(0, "fair_value", ()),
        cash=0,
    )
