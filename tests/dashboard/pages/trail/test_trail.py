"""The trail's pages say who changed what, from what to what, and show nobody what is not theirs."""

import json
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Enum, create_engine, select, text

from dashboard.pages.context import BadAddress
from dashboard.pages.trail.trail_chain_card import BUTTON, STATE, draw_chain_state
from dashboard.pages.trail.trail_filters import KINDS, write_search
from dashboard.pages.trail.trail_link import draw_history_link
from dashboard.pages.trail.trail_values import words_of
from dashboard.words import LANGUAGES, read_words
from funds.book import Book
from funds.errors import NotFound
from funds.kinds import DistributionKind, FeeKind
from funds.models import (
    CompanyFigure,
    Document,
    Entry,
    FundFact,
    ImportBatch,
    Mark,
    Party,
    PartyNature,
    row_tables,
)
from funds.models.row_scopes import Reach, tables_within
from funds.queries.trail_chain import check_chain, last_check
from funds.queries.trail_names import targets_of
from funds.queries.trail_rows import shown_columns
from funds.recording.chains import content_columns
from funds.recording.reversals import reverse_revision
from tests import trail_city as city
from tests.builders import day, definition, record
from tests.dashboard.pages.trail_visits import context_of, lines_of, sent_page, table_at, visit_of
from tests.dashboard.serving import Served, callback_body, post_callback, serve
from tests.engines import Databases, SqliteDatabases

EVERY_VERSION = range(1, city.RULED + 1)


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The city whose every change is known."""
    opened = city.open_trail_city(sqlite.copy_of("trail city", city.build_trail_city))
    yield opened
    opened.close()
    sqlite.drop_made()


@pytest.fixture
def any_book(databases: Databases) -> Iterator[Book]:
    """The same on each engine in turn."""
    opened = city.open_trail_city(databases.copy_of("trail city", city.build_trail_city))
    yield opened
    opened.close()


@pytest.fixture
def served(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    """The same, served with every page of the program."""
    made = serve(sqlite.copy_of("trail city", city.build_trail_city), tmp_path)
    yield made
    made.book.close()
    sqlite.drop_made()


def line_at(book: Book, login: str, version: int, search: str = "") -> dict[str, str]:
    """The line of a change in somebody's list."""
    lines = {line["version"]: line for line in lines_of(table_at(book, login, f"/trail?{search}"))}
    return lines[str(version)]


def fund_of(book: Book, name: str) -> int:
    """A fund by its name."""
    return int(city.find_row(book, FundFact, city.CITY, name=name)["fund_id"])


def test_the_list_tells_who_did_what_and_why(book: Book) -> None:
    line = line_at(book, "analyst", city.CORRECTED)
    assert line == {
        "version": "5",
        "when": "2026-01-15 12:00",
        "who": "local",
        "action": "更正",
        "reason": "按审计意见更正",
        "new": "0",
        "corrected": "1",
        "withdrawn": "0",
        "tables": "估值 1",
    }
    assert line_at(book, "analyst", city.REVERSED)["action"] == "冲销（冲销第 5 版、已被第 7 版冲销）"
    assert line_at(book, "analyst", city.FOUNDED)["reason"] == "建立台账"
    assert line_at(book, "analyst", city.IMPORTED)["reason"] == city.FILE
    assert line_at(book, "analyst", city.CITY)["tables"].endswith("类")


def test_a_reason_of_its_own_stands_beside_the_file(book: Book) -> None:
    with book.change("local", "补录说明", "import") as change:
        document = city.find_row(book, Document, city.IMPORTED)["id"]
        batch = {"document_id": document, "rows_read": 0, "rows_new": 0, "total_fen": 0, "origin": None}
        change.add(ImportBatch, [batch])
    assert line_at(book, "analyst", change.version)["reason"] == f"补录说明（{city.FILE}）"


def test_an_action_without_words_says_itself(book: Book) -> None:
    with book.change("local", "其他", "sweep") as change:
        pass
    assert line_at(book, "analyst", change.version)["action"] == "sweep"
    sent = sent_page(book, "analyst", f"/trail/{change.version}")
    assert "没有您可以查看的行" in sent


def test_a_park_official_reads_of_the_rest_only_how_much(book: Book) -> None:
    line = line_at(book, "official", city.CITY)
    assert int(line["elsewhere"]) > 10
    assert "您可以查看 9 次变更，另有 4 次不在您的查看范围内" in sent_page(book, "official", "/trail")
    sent = sent_page(book, "official", f"/trail/{city.SECRET_IMPORT}")
    assert "另有 1 行不在您的查看范围内" in sent
    assert "这些行不在您的查看范围内，只显示数量。" in sent


def test_the_audit_administrator_reads_counts_by_kind_without_rows(book: Book) -> None:
    sent = sent_page(book, "audit", f"/trail/{city.SECRET_IMPORT}?kind=entry")
    assert "资金流水" in sent
    assert "这些行不在您的查看范围内，只显示数量。" in sent
    line = line_at(book, "audit", city.SECRET_IMPORT)
    assert (line["who"], line["reason"], line["new"]) == ("local", "—", "1")
    with pytest.raises(NotFound, match=r"trail\.no_rows"):
        table_at(book, "audit", f"/trail/{city.SECRET_IMPORT}?kind=entry")


def test_a_correction_is_shown_from_what_to_what(book: Book) -> None:
    (line,) = lines_of(table_at(book, "manager", f"/trail/{city.CORRECTED}"))
    assert line["fate"] == "更正"
    assert line["fair_value_fen"] == "9,000,000.00 → 9,123,456.00"
    assert line["evidence"] == "估值报告 → 审计底稿"
    assert line["holding_id"] == "基金F1 · 企业C1"
    assert line["approved_by_id"] == "local"
    assert "movement_id" not in line


def test_a_reclassification_is_shown_from_its_day_on(book: Book) -> None:
    (line,) = lines_of(table_at(book, "official", f"/trail/{city.RECLASSIFIED}"))
    assert line["fate"] == "自生效日起变更"
    assert line["nature"] == "社会资本 → 国有企业资金"
    assert line["from_date"] == "2020-01-01 → 2024-07-01"


def test_a_withdrawn_row_says_what_it_took_back_and_a_restored_one_that_it_is_back(book: Book) -> None:
    for version in (city.IMPORTED, city.RULED + 1):
        with book.change("local", "撤回", "reverse", reverses_id=version) as change:
            reverse_revision(change, version)
    withdrawn, _ = lines_of(table_at(book, "manager", f"/trail/{city.RULED + 1}"))
    assert (withdrawn["fate"], withdrawn["amount_fen"]) == ("撤回", "-90,000.00")
    restored, _ = lines_of(table_at(book, "manager", f"/trail/{change.version}"))
    assert restored["fate"] == "恢复"
    row = city.find_row(book, Entry, change.version)["id"]
    told = lines_of(table_at(book, "manager", f"/history/entry/{row}"))
    assert [line["fate"] for line in told] == ["恢复", "撤回", "新增"]
    assert told[0]["content"] == "内容不变"
    assert "金额（元） -90,000.00" in told[1]["content"]


def test_a_change_shows_the_kind_that_is_asked_for(book: Book) -> None:
    table = table_at(book, "analyst", f"/trail/{city.CITY}?kind=party_nature")
    assert table.title.startswith("资金性质 ")
    sent = sent_page(book, "analyst", f"/trail/{city.CITY}?kind=party_nature")
    assert sent.count("trail-kind-chosen") == 1
    assert "SHA-256" in sent_page(book, "manager", f"/trail/{city.IMPORTED}")


def test_a_change_can_be_looked_at_for_one_fund(book: Book) -> None:
    own, secret = fund_of(book, "基金F1"), fund_of(book, f"{city.SECRET}二号基金")
    everything = table_at(book, "analyst", f"/trail/{city.CITY}?kind=entry")
    only = table_at(book, "analyst", f"/trail/{city.CITY}?kind=entry&fund={own}")
    assert 0 < len(only.rows) < len(everything.rows)
    assert "只列出“基金F1”的行。" in sent_page(book, "analyst", f"/trail/{city.CITY}?fund={own}")
    hidden = sent_page(book, "manager", f"/trail/{city.CITY}?fund={secret}")
    assert "只列出“—”的行。" in hidden
    assert city.SECRET not in hidden


def test_the_history_of_a_number_tells_each_step(book: Book) -> None:
    row = city.find_row(book, Mark, city.CITY, evidence="估值报告")["id"]
    told = lines_of(table_at(book, "manager", f"/history/mark/{row}"))
    assert [line["version"] for line in told] == ["7", "6", "5", "2"]
    assert told[2]["content"] == "公允价值（元） 9,000,000.00 → 9,123,456.00；证据 估值报告 → 审计底稿"
    assert told[2]["reason"] == "按审计意见更正"
    assert told[3]["origin"].startswith("mark!")
    sent = sent_page(book, "manager", f"/history/mark/{row}")
    assert "估值 · 基金F1 · 企业C1 · 2024-12-31 的历史" in sent
    assert "共 4 个版本" in sent


def test_the_history_of_a_thing_is_called_by_its_name(book: Book) -> None:
    own = fund_of(book, "基金F1")
    sent = sent_page(book, "official", f"/history/fund/{own}")
    assert "基金F1 的历史" in sent
    assert f"/trail?fund={own}" in sent
    party = city.find_row(book, Party, city.CITY, code="LP9")["id"]
    hidden = sent_page(book, "official", f"/history/party/{party}")
    assert "民营乙公司 的历史" in hidden
    assert "另有 2 个版本不在您的查看范围内" in hidden


def test_a_record_without_anything_to_point_at_is_called_by_its_own_name(book: Book) -> None:
    assert "政策条目 · 指标S02 · 2022-05-13 的历史" in sent_page(book, "analyst", "/history/policy/1")


@pytest.mark.parametrize(
    "address",
    [
        "/trail/0",
        "/trail/99",
        "/trail/x",
        "/trail/²",
        "/history/mark/x",
        "/history/mark/99",
        "/history/none/1",
        "/history/mark/1?sheet=9",
        "/history/mark/1234567890123456789",
    ],
)
def test_what_is_not_there_is_not_found(book: Book, address: str) -> None:
    with pytest.raises(NotFound):
        sent_page(book, "analyst", address)


@pytest.mark.parametrize(
    "search",
    [
        "by=x",
        "fund=-1",
        "fund=1234567890123456789",
        "kind=revision",
        "since=yesterday",
        "since=0001-01-01",
        "until=9999-12-31",
        "sheet=x",
    ],
)
def test_an_address_that_cannot_be_read_is_refused(book: Book, search: str) -> None:
    with pytest.raises(BadAddress):
        sent_page(book, "analyst", f"/trail?{search}")


def test_the_form_shows_what_is_looked_for_and_the_list_what_fits(book: Book) -> None:
    search = "action=import&since=2026-01-15&until=2026-01-15&words=金丝雀"
    sent = sent_page(book, "analyst", f"/trail?{search}")
    assert "符合条件的变更 1 次" in sent
    assert "清除条件" in sent
    assert [line["version"] for line in lines_of(table_at(book, "analyst", f"/trail?{search}"))] == ["4"]
    assert [line["version"] for line in lines_of(table_at(book, "analyst", "/trail?words=建立"))] == ["1"]


def test_where_nothing_fits_the_page_says_what_to_do(book: Book) -> None:
    assert "没有符合条件的变更" in sent_page(book, "analyst", "/trail?until=2026-01-14")
    assert "还没有您可以查看的变更" in sent_page(book, "outsider", "/trail")


def test_a_long_list_comes_in_pages_that_export_as_shown(book: Book) -> None:
    for version in range(2, 50):
        record(book, definition(version=version, from_date=day(f"2020-02-{version % 28 + 1:02d}")))
    total = city.RULED + 48
    first, second = (lines_of(table_at(book, "analyst", f"/trail?sheet={sheet}")) for sheet in (1, 2))
    assert [line["version"] for line in (*first, *second)] == [str(one) for one in range(total, 0, -1)]
    assert len(first) == 50
    assert lines_of(table_at(book, "analyst", "/trail?sheet=9")) == second
    sent = sent_page(book, "analyst", "/trail?sheet=2")
    assert "第 2 / 2 页" in sent
    assert "点表头只在本页内排序" in sent
    assert '"/trail"' in sent


def test_a_day_of_the_city_is_what_is_looked_for(book: Book) -> None:
    """The changes were made at noon in the city; the day before and after hold none of them."""
    for search, fits in (("since=2026-01-16", 0), ("until=2026-01-15&since=2026-01-15", 13)):
        assert len(table_at(book, "analyst", f"/trail?{search}").rows) == fits


def test_the_address_of_a_search_keeps_the_day_and_drops_the_page() -> None:
    chosen = {"by": "1", "action": None, "words": ""}
    assert write_search("?as_of=2026-01-01&as_known=3&sheet=2&kind=mark", chosen) == (
        "?as_of=2026-01-01&as_known=3&by=1"
    )
    assert write_search(None, {}) == ""


def test_the_button_writes_the_address(served: Served) -> None:
    output = next(
        name
        for name, found in served.app.callback_map.items()
        if "url.search" in name and any(one["id"] == "trail-apply" for one in found["inputs"])
    )
    values: dict[str, object] = {
        "trail-apply.n_clicks": 1,
        "trail-by.value": "1",
        "trail-words.value": " 更正 ",
    }
    answer = post_callback(served.signed_in("manager"), callback_body(served.app, output, values))
    assert "by=1&words=%E6%9B%B4%E6%AD%A3" in answer.text
    assert (
        post_callback(served.signed_in("outsider"), callback_body(served.app, output, values)).status_code
        == 403
    )


def verify(served: Served, login: str, clicks: int | None = 1) -> str:
    """Press the button that verifies the chain."""
    body = callback_body(served.app, f"{STATE}.children", {f"{BUTTON}.n_clicks": clicks})
    answer = post_callback(served.signed_in(login), body)
    assert answer.status_code == 200, answer.text
    return json.dumps(answer.json, ensure_ascii=False)


def test_the_chain_is_verified_when_somebody_asks(served: Served) -> None:
    assert "程序启动以来还没有核对过" in verify(served, "analyst", None)
    assert last_check(served.book) is None
    assert "核对无误" in verify(served, "manager")
    with served.book.change("local", "其他"):
        pass
    assert "此后又有 1 次变更尚未核对" in str(draw_chain_state(visit_of(served.book, "manager")))


def test_an_anchor_is_named_where_there_is_one(sqlite: SqliteDatabases, tmp_path: Path) -> None:
    url = sqlite.copy_of("trail city", city.build_trail_city)
    with Book(url, anchors=tmp_path, clock=lambda: city.NOW) as book:
        record(book, definition(version=9))
        check_chain(book, count(0, 3).__next__)
        told = str(draw_chain_state(visit_of(book, "manager")))
    assert "核对到第 14 版，用时 3.0 秒，已与锚文件比对" in told
    sqlite.drop_made()


def test_faults_are_listed_for_whoever_answers_for_the_whole_trail(served: Served) -> None:
    engine = create_engine(served.book.url)
    with engine.begin() as connection:
        for (name,) in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE mark SET fair_value_fen = 1 WHERE id = 1"))
    engine.dispose()
    told = verify(served, "analyst")
    assert "处异常" in told
    assert "另有" in told
    limited = verify(served, "official")
    assert "异常的明细由审计管理员查看" in limited
    assert "mark#1" not in limited


def test_a_single_fault_is_named(served: Served) -> None:
    trigger = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'mark'"
    engine = create_engine(served.book.url)
    with engine.begin() as connection:
        kept = connection.execute(text(trigger.replace("name", "name, sql", 1))).all()
        for name, _ in kept:
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE mark SET fair_value_fen = 1 WHERE id = 1"))
        for _, made in kept:
            connection.execute(text(made))
    engine.dispose()
    told = verify(served, "audit")
    assert "发现 1 处异常" in told
    assert "mark#1" in told
    assert "另有" not in told


def cells_of(file: bytes) -> list[str]:
    """What stands in a workbook."""
    sheet: Any = load_workbook(BytesIO(file)).active
    return [str(cell.value) for line in sheet.iter_rows() for cell in line]


def test_a_list_leaves_as_a_file_with_what_is_on_the_screen(served: Served) -> None:
    address = f"/export?page=/trail/{city.CORRECTED}&table=rows"
    answer = served.signed_in("manager").get(address)
    assert answer.status_code == 200
    told = cells_of(answer.data)
    assert "9,000,000.00 → 9,123,456.00" in told
    listed = served.signed_in("official").get("/export?page=/trail&table=trail")
    told = cells_of(listed.data)
    assert city.FILE in told
    assert city.SECRET not in "".join(told)
    assert served.signed_in("outsider").get("/export?page=/trail&table=trail").status_code == 403


def test_no_word_of_another_park_reaches_a_park_official(book: Book) -> None:
    sent, refused = everything_sent(book, "official")
    assert city.SECRET not in sent
    assert refused > 15


@pytest.mark.full
def test_nor_does_it_on_either_engine(any_book: Book) -> None:
    sent, refused = everything_sent(any_book, "official")
    assert city.SECRET not in sent
    assert refused > 15


def test_no_word_of_another_fund_reaches_a_manager(book: Book) -> None:
    sent, refused = everything_sent(book, "manager")
    assert city.SECRET not in sent
    assert refused > 15


def everything_sent(book: Book, login: str) -> tuple[str, int]:
    """Every change by every kind, rows' histories, every way of looking; and how many histories are refused."""
    secret = fund_of(book, f"{city.SECRET}二号基金")
    searches = [f"words={city.SECRET[:1]}", f"fund={secret}", "by=1", "action=people"]
    addresses = ["/trail", *(f"/trail?{search}" for search in searches)]
    addresses += [f"/trail/{version}" for version in EVERY_VERSION]
    addresses += [f"/trail/{version}?fund={secret}" for version in (city.CITY, city.SECRET_IMPORT)]
    addresses += [f"/trail/{city.CITY}?kind={kind}" for kind in KINDS]
    sent = [sent_page(book, login, address) for address in addresses]
    refused = 0
    for address in secret_histories(book):
        try:
            sent.append(sent_page(book, login, address))
        except NotFound:
            refused += 1
    return "".join(sent).replace(f"words={city.SECRET[:1]}", ""), refused


def secret_histories(book: Book) -> list[str]:
    """The histories of every row in which the words stand, and of what these rows point at."""
    found = set()
    with book.look() as look:
        for table in row_tables():
            for row in look.connection.execute(select(table)).mappings():
                if city.SECRET in str(dict(row)):
                    found.add((table.name, row["id"]))
                    found |= {
                        (target, row[name]) for name, target in targets_of(table.name).items() if row[name]
                    }
    return [f"/history/{table}/{row}" for table, row in sorted(found)]


def test_who_reads_the_city_does_find_those_words(book: Book) -> None:
    for kind in ("round_fact", "mark", "party_nature", "company_figure"):
        assert city.SECRET in sent_page(book, "analyst", f"/trail/{city.CITY}?kind={kind}")


def test_the_pages_are_read_in_english_too(book: Book) -> None:
    row = city.find_row(book, Mark, city.CITY, evidence="估值报告")["id"]
    assert "The book has 13 changes" in sent_page(book, "analyst", "/trail", "en")
    assert "Fair value (CNY)" in sent_page(book, "analyst", f"/history/mark/{row}", "en")
    assert "Marks" in sent_page(book, "analyst", f"/trail/{city.CORRECTED}", "en")


def test_a_history_is_linked_for_who_may_read_the_trail(book: Book) -> None:
    link: Any = draw_history_link(context_of(book, "manager", "/trail?as_known=9"), "mark", 7)
    assert link.href == "/history/mark/7?as_known=9"
    assert draw_history_link(context_of(book, "outsider", "/trail"), "mark", 7) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_column_and_kind_of_the_book_has_words(language: str) -> None:
    words = read_words(language)
    needed = set()
    for table in row_tables():
        if table.name in tables_within(Reach.SOURCE):
            continue
        needed |= {
            f"trail.table_{table.name}",
            *(f"trail.field_{name}" for name in shown_columns(table.name)),
        }
        for column in table.columns:
            if isinstance(column.type, Enum):
                kind: type[StrEnum] = column.type.enum_class  # type: ignore[assignment]
                needed |= {f"{words_of(kind)}{member.value}" for member in kind}
    needed |= {f"trail.detail_{member.value}" for kind in (DistributionKind, FeeKind) for member in kind}
    assert needed - words.keys() == set()


def test_numbers_are_written_exactly_and_leave_as_numbers(book: Book) -> None:
    figures = table_at(book, "analyst", f"/trail/{city.CITY}?kind=park_figure")
    told = lines_of(figures)
    assert {line["indicator"] for line in told} >= {"S02 主导产业占比", "S03 省高能级战略平台"}
    assert told[0]["value_e6"] == "60"
    place = figures.column("value_e6")
    assert figures.rows[0][place].value == 60
    shares = lines_of(table_at(book, "analyst", f"/trail/{city.CITY}?kind=party_ownership"))
    assert shares[0]["share_ppm"] == "10%"
    fees = lines_of(table_at(book, "manager", f"/trail/{city.IMPORTED}"))
    assert (fees[0]["kind"], fees[0]["detail"], fees[0]["is_inside_commitment"]) == ("费用", "管理费", "是")


def test_a_long_text_is_cut_on_the_screen_and_whole_in_the_file(book: Book) -> None:
    long = "证据" * 150
    with book.change("local", "长证据") as change:
        row = city.find_row(book, PartyNature, city.CITY, evidence="营业执照")
        kept = {name: row[name] for name in content_columns(PartyNature)}
        change.add(PartyNature, [{**kept, "evidence": long, "replaces_id": row["id"]}])
    table = table_at(book, "analyst", f"/trail/{change.version}")
    assert lines_of(table)[0]["evidence"].startswith("营业执照 → ")
    with book.change("local", "负数") as change:
        change.add(
            CompanyFigure,
            [
                {
                    "company_id": 1,
                    "indicator": "利润",
                    "period": "2024",
                    "value_e6": -500_000,
                    "unit": "万元",
                    "source": long,
                }
            ],
        )
    table = table_at(book, "analyst", f"/trail/{change.version}")
    (line,) = lines_of(table)
    assert line["value_e6"] == "-0.5"
    assert line["source"] == f"{long[:200]}…"
    assert table.rows[0][table.column("source")].value == long
