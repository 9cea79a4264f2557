"""The report of a firm at the command: the same rows as its page, the same bytes, refused where it does not fit."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from dashboard.readings.portfolio.company_view import read_company
from dashboard.reports.as_json import write_json
from funds.book import Book, found_book
from funds.kinds import BookKind
from migrations import upgrade
from tests.builders import record
from tests.dashboard.cli.terminal import run
from tests.dashboard.readings.company_book import BEYOND, ON, company_city, look_at
from tests.engines import SqliteDatabases

AS_OF = ("--as-of", ON)


def build(url: str) -> None:
    """The city of firms in a book that the command opens."""
    book = Book(url)
    upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市")
    record(book, *company_city())
    book.close()


@pytest.fixture
def url(sqlite: SqliteDatabases) -> str:
    return sqlite.copy_of("firms at the command", build)


def test_the_report_gives_what_the_page_shows_and_the_same_bytes_again(url: str) -> None:
    asked = ("report", "company", "--company", "C1", *AS_OF, "--format", "json", "--book", url)
    answer = run(*asked)
    book = Book(url)
    assert answer.code == 0, answer.err
    assert answer.out == write_json(read_company(look_at(book, "C1"))) == run(*asked).out
    assert answer.json["scope"] == "company:C1"
    assert answer.figure("PF11")["value"] == "1.26666666667"
    book.close()


def test_it_comes_as_a_workbook_with_a_sheet_for_each_table_and_as_text(url: str, tmp_path: Path) -> None:
    file = tmp_path / "firm.xlsx"
    asked = ("report", "company", "--company", "C1", *AS_OF, "--book", url)
    assert run(*asked, "--format", "xlsx", "--output", file).code == 0
    names = openpyxl.load_workbook(BytesIO(file.read_bytes())).sheetnames
    assert {"指标", "融资轮次", "轮次投资方", "付款的资金来源", "估值记录"} <= set(names)
    text = run(*asked).out.decode()
    assert "产业标签" in text
    assert "company." not in text


def test_somebody_elses_firm_comes_without_its_money(url: str) -> None:
    answer = run(
        "report", "company", "--company", "C1", *AS_OF, "--person", BEYOND, "--format", "json", "--book", url
    )
    tables = {row["table"] for row in answer.json["rows"]}
    assert answer.code == 0
    assert "company_neighbour" in tables
    assert not tables & {"company_round", "company_fund", "company_mark", "company_filed"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("company",), "“company”"),
        (("company", "--city"), "“company”"),
        (("performance", "--company", "C1"), "“performance”"),
        (("company", "--company", "C99"), "“C99”"),
    ],
)
def test_a_scope_that_does_not_fit_and_an_unknown_firm_are_told(
    url: str, words: tuple[str, ...], told: str
) -> None:
    answer = run("report", *words, *AS_OF, "--book", url)
    assert (answer.code, answer.out) == (2, b"")
    assert told in answer.err
