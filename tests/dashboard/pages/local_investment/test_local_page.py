"""What funds had to bring into the city, what was recognised, and the form that recognises."""

from collections.abc import Iterator

import pytest

from dashboard.forms.typed import TypedForm
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.local_investment.local_desk import need_local
from dashboard.pages.local_investment.local_page import lay_out, save
from dashboard.pages.local_investment.local_tables import export_duties, export_firms, make_chart
from funds.book import Book
from funds.errors import Conflict, NotAllowed, NotFound
from funds.kinds import Nature, Role, ScopeKind
from funds.models import LocalInvestment
from tests.builders import (
    build_book,
    invested_city,
    membership,
    nature,
    open_book,
    person,
    prepared_book,
    record,
    rows_of,
    wan,
)
from tests.dashboard.pages.drawn import text_of
from tests.dashboard.pages.six_ones_visits import as_sent, column
from tests.dashboard.pages.visiting import visit_page
from tests.dashboard.readings.portfolio.cash_book import cash_city
from tests.engines import SqliteDatabases

NEW = {"fund": "F1", "company": "C2", "amount": "3100", "day": "2025-06-30", "basis": "认定书2号"}


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "cash city", cash_city) as made:
        record(made, nature("LP1"), nature("LP2", Nature.SOCIAL))
        yield made
    sqlite.drop_made()


def at(book: Book, search: str = "", login: str = "local") -> PageContext:
    return visit_page(book, "/local-investment", search, login)


def shown(book: Book, search: str = "", login: str = "local") -> str:
    return text_of(as_sent(lay_out(at(book, search, login))))


def test_each_fund_stands_against_the_multiple_of_its_contract(book: Book) -> None:
    table = export_duties(at(book))
    row = {
        key: column(table, key) for key in ("times", "public", "required", "recognised", "missing", "state")
    }
    # The mother's 2,400 in F1 is the government's side.
    assert row == {
        "times": ["1.50×"],
        "public": ["2,400.00"],
        "required": ["3,600.00"],
        "recognised": ["500.00"],
        "missing": ["3,100.00"],
        "state": ["未达到"],
    }
    assert "1 只约定了返投的基金中 0 只已达到合同倍数，其余还差 3,100.00 万元" in shown(book)
    assert column(export_duties(at(book, "basis=committed")), "required") == ["6,000.00"]


def test_what_is_recognised_counts_from_its_day(book: Book) -> None:
    assert save(at(book), TypedForm(NEW)) == "已登记认定。"
    assert column(export_duties(at(book)), "state") == ["已达到"]
    assert "都已达到合同倍数" in shown(book)
    assert column(export_firms(at(book)), "firm") == ["企业C1", "企业C2"]
    assert column(export_duties(at(book, "as_of=2025-06-29")), "missing") != ["0.00"]
    figure = make_chart(need_local(at(book))).figure
    assert [trace["type"] for trace in figure["data"]] == ["bar", "scatter"]


def test_threat_24_the_same_recognition_twice_is_recorded_once(book: Book) -> None:
    save(at(book), TypedForm(NEW))
    with pytest.raises(Conflict, match=r"local\.same"):
        save(at(book), TypedForm(NEW))
    assert sum(row["amount_fen"] for row in rows_of(book, LocalInvestment)) == wan(3_600)


def test_the_form_is_for_who_may_record(book: Book) -> None:
    assert "认定依据" in str(as_sent(lay_out(at(book, "act=recognise"))))
    record(book, person("aud"), membership("aud", Role.AUDITOR, ScopeKind.FUND, "F1"))
    assert "认定返投" not in shown(book, login="aud")
    with pytest.raises(NotAllowed):
        shown(book, "act=recognise", "aud")
    with pytest.raises(NotAllowed):
        save(at(book, login="aud"), TypedForm(NEW))
    for search in ("act=other", "basis=other"):
        with pytest.raises(BadAddress):
            shown(book, search)


def test_without_a_multiple_or_a_fund_the_page_says_so(sqlite: SqliteDatabases) -> None:
    with prepared_book(sqlite, "invested", invested_city) as plain:
        assert "没有返投约定，也没有认定" in shown(plain)
        assert "没有基金登记返投倍数" in export_duties(at(plain)).title
    empty = open_book(sqlite.copy_of("founded", build_book))
    assert "还没有您可查看的基金" in shown(empty)
    with pytest.raises(NotFound):
        export_duties(at(empty))
    empty.close()
    sqlite.drop_made()
