"""Days of quarters, and the ledger narrowed to one of them."""

from datetime import date

import pytest

from dashboard.readings.returns.earlier_ledgers import (
    end_of_quarter,
    last_quarter_end,
    quarter_ends,
    slice_before_values,
    slice_own_until,
    slice_until,
)
from dashboard.readings.returns.net_assets import NetAssetValues
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY, fund_scope
from tests.builders import commitment, contribution, fund, index_level, wan
from tests.dashboard.readings.return_books import YEAR_END, book_of, worked_city
from tests.engines import SqliteDatabases


@pytest.mark.parametrize(
    ("day", "end", "before"),
    [
        (date(2024, 1, 1), date(2024, 3, 31), date(2023, 12, 31)),
        (date(2024, 3, 31), date(2024, 3, 31), date(2023, 12, 31)),
        (date(2024, 4, 1), date(2024, 6, 30), date(2024, 3, 31)),
        (date(2024, 11, 15), date(2024, 12, 31), date(2024, 9, 30)),
        (date(2024, 12, 31), date(2024, 12, 31), date(2024, 9, 30)),
    ],
)
def test_a_day_lies_between_two_quarter_ends(day: date, end: date, before: date) -> None:
    assert end_of_quarter(day) == end
    assert last_quarter_end(day) == before


def test_quarter_ends_close_with_the_last_day_once() -> None:
    assert quarter_ends(date(2023, 11, 2), date(2024, 5, 9)) == [
        date(2023, 12, 31),
        date(2024, 3, 31),
        date(2024, 5, 9),
    ]
    assert quarter_ends(date(2024, 2, 1), date(2024, 3, 31)) == [date(2024, 3, 31)]
    assert quarter_ends(date(2024, 2, 1), date(2024, 2, 1)) == [date(2024, 2, 1)]


def test_an_earlier_day_leaves_out_whatever_came_later(sqlite: SqliteDatabases) -> None:
    levels = [index_level(on="2023-12-29"), index_level(on="2024-12-31", level=1_100)]
    with book_of(sqlite, *worked_city(), *levels) as book:
        slice_ = slice_ledger(book, "local", CITY, YEAR_END)
        NetAssetValues.of_slice(slice_)
        earlier = slice_until(slice_, date(2023, 12, 31))
        then = slice_ledger(book, "local", CITY, date(2023, 12, 31))
    assert earlier.as_of == date(2023, 12, 31)
    assert earlier.shelf == {}
    for name in earlier.ledger.__dataclass_fields__:
        if name != "holdings":
            assert getattr(earlier.ledger, name).id.tolist() == getattr(then.ledger, name).id.tolist(), name
    assert 0 < len(earlier.ledger.marks) < len(slice_.ledger.marks)


def test_an_earlier_day_of_some_funds_values_them_alike_and_holds_the_lines_of_no_others(
    sqlite: SqliteDatabases,
) -> None:
    elsewhere = [fund("F9"), commitment("F9", "LP2", 10), contribution("F9", "LP2", 10, "2022-06-01")]
    with book_of(sqlite, *worked_city(), *elsewhere) as book:
        mother = slice_ledger(book, "local", fund_scope("M"), YEAR_END)
    whole, own = (cut(mother, date(2023, 12, 31)) for cut in (slice_until, slice_own_until))
    codes = {mother.facts.funds[fund].code for fund in set(own.ledger.entries.fund.tolist())}
    assert codes == {"M", "F1"} < {fund.code for fund in mother.facts.funds.values()}
    assert len(own.ledger.entries) < len(whole.ledger.entries)
    (member,) = own.members
    told = [
        (values.of(member), values.derived(member).rows, values.stakes(member), values.cash(member))
        for values in map(NetAssetValues, (own, whole))
    ]
    assert told[0] == told[1]
    assert told[0][2] > 0


def test_earlier_values_keep_the_movements_of_today(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *worked_city()) as book:
        slice_ = slice_ledger(book, "local", CITY, YEAR_END)
    earlier = slice_before_values(slice_, date(2024, 9, 30))
    (fund,) = (fund.id for fund in slice_.member_funds if fund.code == "F1")
    assert len(earlier.ledger.entries) == len(slice_.ledger.entries)
    assert earlier.as_of == YEAR_END
    assert NetAssetValues(earlier).held(fund) == wan(900 + 275)
