"""The rows behind a figure: counted each once, the first by day, and none of funds that are not the person's."""

from dataclasses import replace

from dashboard.readings.answers import Figure
from dashboard.readings.money.leverage_whole import read_leverage_figures
from dashboard.readings.provenance import read_provenance
from dashboard.readings.row_names import join_names
from funds.permissions import Readable
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import CITY
from tests.dashboard.readings.money.leverage_city import leverage_city
from tests.dashboard.readings.return_books import YEAR_END, book_of
from tests.engines import SqliteDatabases


def test_the_first_rows_by_day_and_id_stand_for_all_of_them(sqlite: SqliteDatabases) -> None:
    with book_of(sqlite, *leverage_city()) as book:
        slice_ = slice_ledger(book, "local", CITY, YEAR_END)
        figure: Figure = read_leverage_figures(slice_).figure("LV06")
        whole = read_provenance(book, slice_, figure.entries)
        assert whole.count == whole.seen == len(whole.rows) == len(figure.entries)
        told = [(one.witness.day, one.witness.table, one.witness.row) for one in whole.rows]
        assert told == sorted(told)
        for limit in range(1, len(told)):
            assert read_provenance(book, slice_, figure.entries, limit).rows == whole.rows[:limit]
        # Texts and names not written out name the same, and a row that is named twice counts once.
        twice = join_names(figure.entries, tuple(figure.entries))
        assert read_provenance(book, slice_, twice) == whole
        mother = next(fund.id for fund in slice_.facts.funds.values() if fund.code == "M")
        own = Readable(is_city=False, park_ids=frozenset(), fund_ids=frozenset({mother}))
        part = read_provenance(book, replace(slice_, readable=own), figure.entries)
        assert (part.count, {one.witness.fund for one in part.rows}) == (whole.count, {mother})
        assert part.seen == sum(one.witness.fund == mother for one in whole.rows)
