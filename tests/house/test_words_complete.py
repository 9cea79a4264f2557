"""Everything that the program can say has words in both languages, with the same blanks to fill."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

import pytest

from dashboard.settings import LANGUAGES
from dashboard.words import read_words
from funds.models import Base
from tests.house.tree import ROOMS, ROOT, modules_of, name_of

# Calls whose first argument is a message code.
PROBLEMS = {"fatal", "warning", "Problem"}
SAYING = {"say"}
FAULTS = {"LedgerError", "ValueFault"}
CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
FILES = (".css", ".js", ".svg", ".html", ".json", ".toml", ".key", ".sqlite3", ".xlsx", ".py", ".md")
NO_CODES = {
    "dashboard/server/gate.py": "names of routes",
    "dashboard/server/application.py": "the same",
}


@cache
def parse(source: str) -> ast.Module:
    """A module's tree; several tests walk through it."""
    return ast.parse(source)


def last_name(node: ast.expr) -> str:
    """What is called, or what a class rests on, without where it comes from."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


@cache
def fault_classes() -> set[str]:
    """The names of every exception class whose first argument is a code, however deep in the tree."""
    bases: dict[str, set[str]] = {}
    for path in modules_of(*ROOMS):
        for node in ast.walk(parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                above = {last_name(base) for base in node.bases}
                bases[node.name] = bases.get(node.name, set()) | above
    found = set(FAULTS)
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def codes_in(source: str, classes: set[str]) -> Iterator[str]:
    """The codes that a source names where a code is meant; `prefix.*` where the rest is filled in."""
    for node in ast.walk(parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = last_name(node.func)
        if name not in PROBLEMS | SAYING | classes:
            continue
        yield from _codes_of(node.args[0], is_said=name in SAYING)


def _codes_of(node: ast.expr, *, is_said: bool) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if is_said or CODE.fullmatch(node.value):
            yield node.value
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        yield f"{node.values[0].value!s}*"
    elif isinstance(node, ast.IfExp):
        yield from _codes_of(node.body, is_said=is_said)
        yield from _codes_of(node.orelse, is_said=is_said)


def loose_codes(source: str, areas: set[str]) -> Iterator[str]:
    """Texts that look like a code of an area that has words: titles of pages, refusals kept in a table."""
    tree = parse(source)
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        # The fixed piece of a code that is put together is judged where it is said.
        text = node.value if isinstance(node, ast.Constant) and id(node) not in pieces else None
        is_code = isinstance(text, str) and CODE.fullmatch(text) and not text.endswith(FILES)
        if isinstance(text, str) and is_code and text.split(".")[0] in areas:
            yield text


def blanks(sentence: str) -> set[str]:
    """The names of what a sentence leaves to fill in."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def is_worded(code: str) -> bool:
    """Whether a code, or some code with its beginning, has words."""
    words = read_words(LANGUAGES[0])
    return any(known.startswith(code[:-1]) for known in words) if code.endswith("*") else code in words


def test_both_languages_have_the_same_codes() -> None:
    chinese, english = (set(read_words(language)) for language in LANGUAGES)
    assert chinese - english == set()
    assert english - chinese == set()


def test_both_languages_leave_the_same_blanks() -> None:
    chinese, english = (read_words(language) for language in LANGUAGES)
    uneven = {
        code: (blanks(chinese[code]), blanks(english[code]))
        for code in chinese.keys() & english.keys()
        if blanks(chinese[code]) != blanks(english[code])
    }
    assert uneven == {}


@pytest.mark.parametrize("room", ROOMS)
def test_every_code_that_is_used_has_words(room: str) -> None:
    classes = fault_classes()
    used = {code for path in modules_of(room) for code in codes_in(path.read_text("utf-8"), classes)}
    assert " ".join(sorted(code for code in used if not is_worded(code))) == ""


@pytest.mark.parametrize("room", ["dashboard", "funds"])
def test_every_text_that_looks_like_a_code_has_words(room: str) -> None:
    areas = {code.split(".")[0] for code in read_words(LANGUAGES[0])}
    if room == "funds":  # where `park.id` is a column
        areas -= {table.name for table in Base.metadata.tables.values()}
    wordless = {
        f"{name_of(path)}: {code}"
        for path in modules_of(room)
        if str(path.relative_to(ROOT)) not in NO_CODES
        for code in loose_codes(path.read_text("utf-8"), areas)
        if not is_worded(code)
    }
    assert wordless == set()


def test_every_code_of_a_page_template_has_words() -> None:
    templates = sorted((ROOT / "dashboard").rglob("templates/*.html"))
    used = {code for path in templates for code in re.findall(r'say\(\s*"([^"]+)"', path.read_text("utf-8"))}
    assert len(used) > 10
    assert sorted(code for code in used if not is_worded(code)) == []


def test_codes_are_found_where_they_are_meant() -> None:
    source = """
raise NotFound("a.one")
fatal(f"a.{kind}", where)
context.say("a.three" if x else "a.four")
warning(code)
log("a.five")
"""
    assert list(codes_in(source, fault_classes())) == ["a.one", "a.*", "a.three", "a.four"]


def test_the_tree_of_faults_is_known() -> None:
    assert {"NotFound", "SchemaBehind", "SettingRefused", "BadAddress", "RulesBroken"} <= fault_classes()
