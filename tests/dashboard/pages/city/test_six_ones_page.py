"""The six ones of the city: totals, the grid of parks under either version, the ranking, and who may see it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dashboard.auth.passwords import add_person_secret
from dashboard.pages.city.six_ones_grid import make_grid_table
from dashboard.pages.city.six_ones_page import PAGE, lay_out, open_six_ones
from dashboard.pages.city.six_ones_section import write_total
from dashboard.pages.context import BadAddress
from dashboard.pages.parks.six_ones_appraisal import make_ranking_table
from dashboard.pages.parks.six_ones_output import make_output_table
from dashboard.pages.parks.six_ones_table import make_six_ones_table
from funds.book import Book
from funds.errors import NotAllowed
from tests.builders import record
from tests.dashboard.pages.drawn import draw_for, text_of
from tests.dashboard.pages.six_ones_visits import as_sent, asked, cell_hover, column
from tests.dashboard.readings.six_ones_book import AS_OF, OFFICIAL, build, six_ones_book, weights
from tests.dashboard.serving import PASSWORD, serve
from tests.engines import SqliteDatabases

PATH = "/six-ones"


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with six_ones_book(sqlite) as made:
        yield made
    sqlite.drop_made()


def test_a_total_says_its_target_and_whom_it_lacks(book: Book) -> None:
    view = open_six_ones(asked(book, PATH))
    assert write_total(view, "S12") == "目标 9,000家（2025 年） · 缺 1 个园区"
    assert write_total(view, "S14") == "目标 30个（2025 年）"
    table = make_six_ones_table(view)
    remarks = dict(zip(column(table, "code"), column(table, "remark"), strict=True))
    assert (
        remarks["S12"] == "缺 1 个园区：园区P3。 另有填报：9,300家。 2026-Q2 已有部分园区填报，尚不足以合计。"
    )
    gaps = dict(zip(column(table, "code"), column(table, "gap.2"), strict=True))
    assert (gaps["S12"], gaps["S13"], gaps["S04"], gaps["S02"]) == ("✓ +200", "? −1,000", "✓ 0", "—")
    assert dict(zip(column(table, "code"), column(table, "parks"), strict=True))["S02"] == "2 / 3"


def test_the_grid_marks_what_is_reached_under_the_version_in_the_address(book: Book) -> None:
    newest, draft = (make_grid_table(open_six_ones(asked(book, PATH, search))) for search in ("", "policy=1"))
    assert column(newest, "S02") == ["62.5% ✓", "55.0% ✗", "70.0% ✓"]
    assert (column(newest, "S06"), column(draft, "S06")) == (["1 ✗", "2 ✓", "—"], ["1 ✓", "2 ✓", "—"])
    assert (column(newest, "S05"), column(draft, "S05")) == (["2", "2", "—"], ["1", "1", "—"])
    assert cell_hover(newest, 2, "S12") == "未填报"
    # what an older version counts otherwise has no passport, for that tells the newest count
    assert draft.rows[0][draft.column("S05")].figure is None
    assert newest.rows[0][newest.column("S05")].figure is not None


def test_an_unknown_version_is_refused(book: Book) -> None:
    with pytest.raises(BadAddress):
        make_grid_table(open_six_ones(asked(book, PATH, "policy=3")))


def test_the_ranking_tells_scores_lacks_and_lifts(book: Book) -> None:
    view = open_six_ones(asked(book, PATH))
    assert make_ranking_table(view).title.startswith("未设权重")
    record(book, *weights(S02=60, S12=40))
    table = make_ranking_table(open_six_ones(asked(book, PATH)))
    assert table.title == "2025 年度 3 个园区中 2 个参加排名，第一名 园区P1，100 分"
    assert (column(table, "rank"), column(table, "score")) == (["1", "2", "—"], ["100", "88.6", "—"])
    assert column(table, "lift") == ["", "S12：4,200家 → 5,715家", ""]
    assert column(table, "lacks") == ["", "", "S12"]


def test_the_output_table_sets_both_shares_side_by_side(book: Book) -> None:
    table = make_output_table(open_six_ones(asked(book, PATH)))
    assert table.title == "2 个园区可比：2 个填报低于按企业产出计算的占比，0 个高于"
    assert (column(table, "AL07"), column(table, "S02")) == (
        ["70.0%", "100.0%", "—"],
        ["62.5%", "55.0%", "—"],
    )
    assert column(table, "apart") == ["+7.5", "+45", "—"]
    assert column(table, "lacking") == ["1", "0", "0"]


def test_every_table_has_a_maker_and_what_names_other_parks_is_the_citys(book: Book) -> None:
    for name, make in PAGE.tables.items():
        assert make(asked(book, PATH)).name == name
        if name in ("six_ones_grid", "appraisal"):
            with pytest.raises(NotAllowed):
                make(asked(book, PATH, login=OFFICIAL))
        else:
            assert "P2" not in str(make(asked(book, PATH, login=OFFICIAL)))


def test_the_page_reads_in_both_languages(book: Book) -> None:
    record(book, *weights(S02=60, S12=40))
    for language, told in (("zh", "参加排名"), ("en", "are ranked")):
        assert told in text_of(as_sent(lay_out(asked(book, PATH, "", language))))


def test_the_export_is_what_the_page_shows(sqlite: SqliteDatabases, tmp_path: Path) -> None:
    served = serve(sqlite.copy_of("built-six-ones", build), tmp_path)
    add_person_secret(served.book, OFFICIAL, PASSWORD)
    client = served.signed_in(OFFICIAL)
    drawn = text_of(draw_for(served, client, PATH, f"?as_of={AS_OF}")["content.children"])
    answer = client.get(f"/export?page={PATH}&table=six_ones&as_of={AS_OF}")
    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert any("6 项有数值目标" in str(row[0]) for row in told)
    assert "6 项有数值目标：2 项达到" in drawn
    assert "园区P2" not in drawn
    assert client.get(f"/export?page={PATH}&table=appraisal&as_of={AS_OF}").status_code == 403
    served.book.close()
    sqlite.drop_made()
