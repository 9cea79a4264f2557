"""Filing and correcting figures by hand: what is refused, what is kept, and whose park it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.auth.passwords import add_person_secret
from dashboard.pages.figures_entry.entry_desk import EntryDesk, open_desk
from dashboard.pages.figures_entry.entry_form import draw_form, file_figure
from dashboard.pages.figures_entry.entry_page import lay_out
from dashboard.pages.figures_entry.entry_table import make_filed_table
from funds.book import Book
from funds.errors import Conflict, NotAllowed, NotFound, RulesBroken
from funds.models import ParkFigure, Revision
from tests.builders import rows_of
from tests.dashboard.pages.drawn import parts, text_of
from tests.dashboard.pages.six_ones_visits import as_sent, asked, column
from tests.dashboard.readings.six_ones_book import OFFICIAL, build, six_ones_book
from tests.dashboard.serving import PASSWORD, callback_body, post_callback, serve
from tests.engines import SqliteDatabases

PATH = "/park-figures"
NEW = {"indicator": "S08", "period": "2025", "value": "91.5", "source": "统计局", "owner": "管委会"}


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with six_ones_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def desk(book: Book, search: str = "", login: str = OFFICIAL) -> EntryDesk:
    return open_desk(asked(book, PATH, search, login=login))


def figure(book: Book, indicator: str, period: str = "2025", park_id: int | None = 1) -> dict[str, object]:
    found = rows_of(book, ParkFigure, indicator=indicator, period=period)
    (row,) = [one for one in found if one["park_id"] == park_id]
    return row


def reason_of(book: Book, row: dict[str, object]) -> str:
    with book.look() as look:
        query = select(Revision.reason).where(Revision.id == row["revision_id"])
        return str(look.connection.execute(query).scalar_one())


def test_an_official_files_a_figure_of_the_own_park(book: Book) -> None:
    told = text_of(as_sent(file_figure(desk(book), {**NEW, "evidence": "文件"})))
    assert told == "已填报 S08 亩均效益评价覆盖率，2025。"
    row = figure(book, "S08")
    assert (row["value_e6"], row["unit"], row["evidence"]) == (91_500_000, "%", "文件")
    assert reason_of(book, row) == "park_figure.filed_by_hand"


def test_what_is_on_file_is_not_overwritten(book: Book) -> None:
    with pytest.raises(Conflict, match=r"park_figure\.on_file"):
        file_figure(desk(book), {**NEW, "indicator": "S02"})
    assert figure(book, "S02")["value_e6"] == 62_500_000


def test_what_was_left_blank_may_be_added_and_then_it_is_the_same(book: Book) -> None:
    same = {**NEW, "indicator": "S02", "value": "62.5", "source": "示例统计", "owner": "P1管理机构"}
    file_figure(desk(book), {**same, "evidence": "年报"})
    assert (figure(book, "S02")["unit"], figure(book, "S02")["evidence"]) == ("%", "年报")
    with pytest.raises(Conflict, match=r"park_figure\.same"):
        file_figure(desk(book), same)


def test_the_rules_of_the_verb_hold_for_the_form(book: Book) -> None:
    with pytest.raises(RulesBroken) as broken:
        file_figure(desk(book), {**NEW, "value": "101"})
    assert [problem.code for problem in broken.value.problems] == ["indicator.out_of_range"]


def test_a_correction_keeps_the_old_number_and_says_why(book: Book) -> None:
    old = figure(book, "S02")
    at_row = desk(book, f"row={old['id']}")
    texts = {**NEW, "value": "63"}
    with pytest.raises(RulesBroken):  # without a reason
        file_figure(at_row, texts)
    file_figure(at_row, {**texts, "indicator": "S09", "reason": "统计局更正"})
    new = figure(book, "S02")
    assert (new["value_e6"], new["replaces_id"]) == (63_000_000, old["id"])
    assert reason_of(book, new) == "统计局更正"
    with pytest.raises(NotFound):  # the other window still shows the old row
        desk(book, f"row={old['id']}")


def test_a_correction_does_not_land_on_another_row(book: Book) -> None:
    at_row = desk(book, f"row={figure(book, 'S02')['id']}")
    with pytest.raises(Conflict):
        file_figure(at_row, {**NEW, "period": "2024", "reason": "期间有误"})


def test_nobody_files_for_another_park_or_for_the_city(book: Book) -> None:
    assert [place.code for place in desk(book).places if place] == ["P1"]
    for search in ("park=P2", "park=city"):
        with pytest.raises(NotAllowed):
            desk(book, search)
    theirs = figure(book, "S02", park_id=2)
    with pytest.raises(NotFound):
        desk(book, f"row={theirs['id']}")


def test_the_city_files_for_every_park_and_itself(book: Book) -> None:
    whole = desk(book, "park=city", "local")
    assert [place.code if place else None for place in whole.places] == ["P1", "P2", "P3", None]
    file_figure(whole, {**NEW, "indicator": "S16"})
    assert figure(book, "S16", park_id=None)["value_e6"] == 91_500_000


def test_the_list_holds_every_period_with_the_way_to_correct_it(book: Book) -> None:
    table = make_filed_table(asked(book, PATH, "park=P2", login="local"))
    codes = list(zip(column(table, "code"), column(table, "period"), strict=True))
    assert ("S12", "2026-Q2") in codes
    assert codes.index(("S12", "2026-Q2")) < codes.index(("S12", "2025"))
    first = table.rows[0][table.column("correct")].link
    assert first is not None
    assert "park=P2" in first
    assert "row=" in first


def test_what_is_typed_is_kept_for_the_person_the_place_and_the_row(book: Book) -> None:
    keys = {part["persistence"] for part in parts(as_sent(draw_form(desk(book)))) if "persistence" in part}
    assert keys == {"official.P1.new"}
    row = figure(book, "S02")["id"]
    filled = [part for part in parts(as_sent(draw_form(desk(book, f"row={row}")))) if "persistence" in part]
    assert {part["persistence"] for part in filled} == {f"official.P1.{row}"}
    assert "62.5" in [part.get("value") for part in filled]


def test_the_page_reads_in_english(book: Book) -> None:
    text = text_of(as_sent(lay_out(asked(book, PATH, "", "en", OFFICIAL))))
    assert "File for 园区P1" in text


def test_the_button_files_and_draws_the_list_anew(sqlite: SqliteDatabases, tmp_path: Path) -> None:
    served = serve(sqlite.copy_of("built-six-ones", build), tmp_path)
    add_person_secret(served.book, OFFICIAL, PASSWORD)
    client = served.signed_in(OFFICIAL)
    name = next(one for one in served.app.callback_map if "park-figure-told.children" in one)
    values: dict[str, object] = {f"park-figure-{field}.value": text for field, text in NEW.items()}
    body = callback_body(served.app, name, {**values, "url.search": "", "park-figure-save.n_clicks": 1})
    answer = post_callback(client, body).json
    assert answer is not None
    assert "已填报 S08" in str(answer["response"]["park-figure-told"])
    assert answer["response"]["park-figure-value"]["value"] == ""
    again = post_callback(client, {**body}).json
    assert again is not None
    assert "没有重复填报" in str(again["response"]["park-figure-told"])
    served.book.close()
    sqlite.drop_made()
