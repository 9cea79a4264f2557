"""Cities without fiscal money, payments or natures are told in words on the leverage page, in both languages."""

import re
from collections.abc import Iterator

import pytest

from dashboard.pages.leverage.official_line import write_certainty, write_headline
from dashboard.tables.shown import ShownTable
from funds.book import Book
from funds.drafts import Draft
from funds.kinds import GovernmentLevel, Nature
from tests.builders import commitment, contribution, fund, nature, party
from tests.dashboard.pages.leverage.leverage_visits import all_tables, leverage_book, opened, sent_page
from tests.dashboard.readings.return_books import book_of
from tests.engines import SqliteDatabases

LOST = re.compile(r"leverage_page\.\w+|\{[a-z]+(?:_[a-z]+)*\}(?<!\{label\})(?<!\{customdata\})")
SWITCHED = "basis=committed&soe=social&look=through&level=municipal"


@pytest.fixture
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with leverage_book(sqlite) as made:
        yield made


def _funded(*who: tuple[str, int], paid: bool = True) -> list[Draft]:
    """Fund Z alone, with some investors."""
    return [
        *(party(code) for code, _ in who),
        fund("Z"),
        *(commitment("Z", code, amount) for code, amount in who),
        *(contribution("Z", code, amount) for code, amount in who if paid),
    ]


AWKWARD: dict[str, tuple[list[Draft], str, str]] = {
    "no fiscal money": (
        [*_funded(("SOC", 100)), nature("SOC", Nature.SOCIAL)],
        "无法计算：没有财政资金",
        "出资人性质均已确认",
    ),
    "nothing paid": (
        [*_funded(("FISC", 100), paid=False), nature("FISC", level=GovernmentLevel.MUNICIPAL)],
        "无法计算：",
        "出资人性质均已确认",
    ),
    "nobody confirmed": (
        _funded(("A1", 100), ("A2", 50)),
        "无法计算：没有财政资金",
        "性质存疑的出资人 2 家、150.00万元",
    ),
    "one empty fund": ([fund("Z")], "无法计算：", "出资人性质均已确认"),
}


@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_cities_are_told_in_words(sqlite: SqliteDatabases, case: str) -> None:
    drafts, headline, certainty = AWKWARD[case]
    with book_of(sqlite, *drafts) as made:
        for search in ("", "basis=committed&scope=fund:Z&layer=project"):
            text = sent_page(made, search)
            assert not LOST.findall(text)
            assert not [one for table in all_tables(made, search) for one in _lost(table)]
        state = opened(made)
        assert headline in write_headline(state)
        assert certainty in write_certainty(state)


def _lost(table: ShownTable) -> list[str]:
    texts = [table.title, table.note, *(cell.text + cell.hover for row in table.rows for cell in row)]
    return [text for text in texts if LOST.search(text) or "None" in text or "nan" in text]


@pytest.mark.parametrize("search", ["scope=industry:IC", f"{SWITCHED}&league=industry&scope=city"])
def test_every_word_is_there_in_english_too(book: Book, search: str) -> None:
    assert not LOST.findall(sent_page(book, search, language="en"))
    assert not [one for table in all_tables(book, search, language="en") for one in _lost(table)]
