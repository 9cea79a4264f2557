"""The paper of a park says what the page says, and names what every number of it rests on."""

from collections.abc import Iterator
from fractions import Fraction

import pytest

from dashboard.auth.identity import Identity
from dashboard.auth.visit import Visit
from dashboard.help import load_definition, load_definition_drafts
from dashboard.pages.context import PageContext, read_context
from dashboard.pages.parks.park_headline import write_headline
from dashboard.pages.parks.park_page import PAGE
from dashboard.pages.parks.park_paper import KEY_FIGURES, PACK, make_park_paper
from dashboard.pages.parks.park_state import open_park
from dashboard.reports.as_pdf import write_pdf
from dashboard.reports.paper import Paper
from dashboard.tables.shown import FigureKey, ShownTable
from funds.book import Book, find_person
from funds.errors import NotAllowed
from tests.builders import park
from tests.dashboard.readings.park_book import AS_OF, OFFICIAL, park_book
from tests.engines import SqliteDatabases
from tests.matrix.asking import read_pdf


@pytest.fixture(scope="module")
def book(sqlite: SqliteDatabases) -> Iterator[Book]:
    with park_book(sqlite, tuple(load_definition_drafts())) as made:
        yield made
    sqlite.drop_made()


def ask(
    book: Book, code: str = "P1", language: str = "zh", login: str = "local", **state: str
) -> PageContext:
    with book.look() as look:
        person = Identity(find_person(look.connection, login, look.version), login, login, ())
    query = "&".join([f"as_of={AS_OF}", *(f"{name}={value}" for name, value in state.items())])
    return read_context(Visit(book, person, language, "light"), f"?{query}", {"code": code}, f"/parks/{code}")


def tables_of(paper: Paper) -> dict[str, ShownTable]:
    return {table.name: table for section in paper.sections for table in section.tables}


def test_the_paper_holds_the_page_tables_cell_by_cell(book: Book) -> None:
    context = ask(book)
    held = tables_of(make_park_paper(context))
    shown = {name: make(context) for name, make in PAGE.tables.items()}
    assert held.keys() & shown.keys() >= {"spread", "timeline", "funds", "flow", "off_industry"}
    assert all(held[name] == shown[name] for name in held.keys() & shown.keys())


def test_it_begins_with_the_headline_and_the_figures_of_the_page(book: Book) -> None:
    context = ask(book)
    paper, state = make_park_paper(context), open_park(context, "P1")
    assert paper.sections[0].sentences == (write_headline(state),)
    values = {row[-1].figure: row[-1].value for row in tables_of(paper)["key"].rows}
    figures = [state.reading.figure(*key) for key in KEY_FIGURES]
    wanted = {FigureKey(figure.code, figure.basis, state.scope): figure.value for figure in figures}
    assert {key: value is None for key, value in values.items()} == {
        key: value is None for key, value in wanted.items()
    }
    aligned = FigureKey("AL01", "cost", state.scope)
    assert values[aligned] == Fraction(str(wanted[aligned]))


def test_every_code_in_it_is_explained_at_its_end(book: Book) -> None:
    paper = make_park_paper(ask(book))
    tables = tables_of(paper)
    explained = {row[0].text.split()[0] for row in tables["definitions"].rows}
    assert explained == {code for name, table in tables.items() for code, _ in table.definitions}
    assert load_definition("AL01", "zh").title in {row[1].text for row in tables["definitions"].rows}


def test_a_park_without_anything_says_so_on_every_subject(sqlite: SqliteDatabases) -> None:
    with park_book(sqlite, (park("P9", "示例空园区"),)) as made:
        paper = make_park_paper(ask(made, "P9"))
        assert len([section for section in paper.sections if section.absence and not section.tables]) >= 3
        assert "没有可列的行" in read_pdf(write_pdf(paper))


def test_it_speaks_english_too_and_follows_the_mode(book: Book) -> None:
    text = read_pdf(write_pdf(make_park_paper(ask(book, language="en", mode="fractional"))))
    assert "Definitions and sources" in text
    assert "Leading industries over time" in text


def test_another_parks_paper_is_refused(book: Book) -> None:
    assert make_park_paper(ask(book, login=OFFICIAL)).title
    with pytest.raises(NotAllowed):
        make_park_paper(ask(book, "P2", login=OFFICIAL))


def test_the_page_offers_both_forms_in_its_own_state(book: Book) -> None:
    context = ask(book, mode="fractional")
    assert PAGE.papers == {PACK: make_park_paper}
    assert context.paper_link(PACK, "pdf") == (
        f"/paper?as_of={AS_OF}&mode=fractional&page=%2Fparks%2FP1&paper=pack&form=pdf"
    )
