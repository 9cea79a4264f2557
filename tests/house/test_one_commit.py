"""Nobody commits but the book, and nobody reads the clock but those who are handed one."""

import ast

from tests.house.tree import ROOT, modules_of

COMMITS = {"funds/book/book.py"}
CLOCKS = {"datetime.now", "datetime.utcnow", "date.today", "time.time"}
BELOW_DASHBOARD = ("funds", "valuation", "migrations")


def calls(*rooms: str) -> dict[str, set[str]]:
    """The names of attributes that each module calls."""
    found: dict[str, set[str]] = {}
    for path in modules_of(*rooms):
        tree = ast.parse(path.read_text("utf-8"))
        names = {
            node.func.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        found[str(path.relative_to(ROOT))] = names
    return found


def test_only_the_book_commits() -> None:
    rooms = calls(*BELOW_DASHBOARD, "dashboard")

    assert {path for path, names in rooms.items() if "commit" in names} == COMMITS


def test_there_is_no_clock_below_the_dashboard() -> None:
    reads = {
        str(path.relative_to(ROOT))
        for path in modules_of(*BELOW_DASHBOARD)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCKS
    }

    # The book's own clock is the one that others replace.
    assert reads == {"funds/book/book.py"}
