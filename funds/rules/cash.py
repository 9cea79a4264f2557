"""A fund never pays out more than it has: its cash is not negative at the end of any day."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from sqlalchemy import func, select

from funds.models import Entry
from funds.models.visibility import visible
from funds.money import format_fen
from funds.rules.breaches import Breach, Reach


def check_cash(reach: Reach) -> Iterator[Breach]:
    """The first day on which each fund would be short, over every line of its ledger.

    A distribution in kind counts as the sale that it stands for, like every other line.
    """
    shortfalls = list(_find_shortfalls(reach))
    codes = reach.fund_codes(fund_id for fund_id, _, _ in shortfalls)
    for fund_id, day, balance in shortfalls:
        culprit = reach.find_culprit(
            Entry, Entry.moved_on, Entry.fund_id == fund_id, Entry.moved_on <= day, Entry.amount_fen < 0
        )
        params = {"fund": codes[fund_id], "day": day, "short": format_fen(-balance)}
        yield Breach("cash.negative", "entry", culprit, ("amount_fen",), f"cash/{codes[fund_id]}", params)


def _find_shortfalls(reach: Reach) -> Iterator[tuple[int, date, int]]:
    query = (
        select(Entry.fund_id, Entry.moved_on, func.sum(Entry.amount_fen))
        .where(
            visible(Entry, reach.version),
            reach.unsettled(Entry.fund_id),
            reach.touched(Entry.fund_id, (Entry, select(Entry.fund_id))),
        )
        .group_by(Entry.fund_id, Entry.moved_on)
        .order_by(Entry.fund_id, Entry.moved_on)
    )
    for fund_id, days in groupby(reach.connection.execute(query), key=lambda row: row[0]):
        balance = 0
        for _, day, amount in days:
            balance += int(amount)
            if balance < 0:
                yield fund_id, day, balance
                break
