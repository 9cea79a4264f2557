"""Who looks at the whole book: a few doors by name; every other lookup says with whose eyes it looks."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import modules_of, name_of

# Each with its reason; `funds.book` itself opens them.
DOORS = {
    "dashboard.auth.visit": "what somebody may do is read before it is known what they may see",
    "dashboard.cli.eyes": "what somebody may do is read before it is known what they may see",
    "dashboard.cli.backups": "what was restored is verified, and every table counted, for whoever has the database",
    "dashboard.cli.books": "verify reads every row, for whoever has the database",
    "dashboard.pages.imports.file_reading": "what somebody may do is read before it is known what they may see",
    "dashboard.pages.people.account": "one's own memberships name funds that may not be one's yet",
    "dashboard.pages.people.people_card": "whoever keeps people must be able to name every fund and park",
    "dashboard.pages.people.people_roles": "the same",
    "dashboard.pages.people.people_table": "the same",
    "dashboard.pages.people.people_tenures": "the same",
    "dashboard.pages.trail.trail_desk": "what a row points at is named, what may not be seen is counted",
    "dashboard.readings.provenance": "the names of files are read for everybody, and told beside rows that are seen",
    "dashboard.sample.quarter_locks": "the sample files and locks every fund of its own made-up city",
    "dashboard.server.warming": "who may come, and with which rights, is listed before anybody is there",
    "funds.queries.keeping": "columns are read before anybody asks, for everybody, and narrowed where they are cut",
    "funds.queries.last_notices": "a notice that moves to a fund out of sight changes the fund that it leaves",
    "funds.queries.ledger_slice": "a version is read once for everybody and narrowed in memory",
    "funds.queries.loading_quarter_papers": "a fund is worth what its children are; told is what is asked for",
    "funds.queries.trail_chain": "verification reads every row and tells only what is wrong",
}
EYES = ("visit.look", "self.visit.look", "context.visit.look", "state.visit.look")
SIGHT = "sight"


def whole_looks(source: str) -> Iterator[int]:
    """The lines on which a book is looked at without saying with whose eyes."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        is_said = len(node.args) > 1 or any(keyword.arg == SIGHT for keyword in node.keywords)
        if node.func.attr == "look" and ast.unparse(node.func) not in EYES and not is_said:
            yield node.lineno


def test_the_whole_book_is_looked_at_through_named_doors_only() -> None:
    found = {
        name_of(path)
        for path in modules_of("dashboard", "funds")
        if list(whole_looks(path.read_text("utf-8")))
    }
    assert {name for name in found if not name.startswith("funds.book")} == DOORS.keys()


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("with book.look() as look: pass", [1]),
        ("with visit.book.look(version) as look: pass", [1]),
        ("with visit.look() as look: pass", []),
        ("with context.visit.look(version) as look: pass", []),
        ("with book.look(version, sight) as look: pass", []),
        ("with book.look(sight=OPEN) as look: pass", []),
    ],
)
def test_a_look_is_whole_unless_it_says_otherwise(source: str, lines: list[int]) -> None:
    assert list(whole_looks(source)) == lines
