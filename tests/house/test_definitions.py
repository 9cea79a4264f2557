"""Every figure that a reading can give has its definition, its name, and the version that the book holds."""

import ast
from pathlib import Path

from dashboard.help import definition_codes, load_definition, load_definition_drafts
from dashboard.words import LANGUAGES, read_words
from tests.house.tree import modules_of

MAKERS = {"money", "ratio", "absent", "rate_figure", "Figure", "SixOne"}


def figure_codes() -> set[str]:
    """The codes that readings make figures of."""
    return {
        str(node.args[0].value)
        for path in modules_of("dashboard")
        if "readings" in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS
        if node.args and isinstance(node.args[0], ast.Constant)
    }


def test_readings_make_figures() -> None:
    assert {"LV04", "PF09", "AL01", "LV00c"} <= figure_codes()


def test_every_figure_has_a_definition_in_both_languages() -> None:
    for code in figure_codes():
        for language in LANGUAGES:
            assert load_definition(code, language).code == code


def test_every_figure_has_a_name_in_both_languages() -> None:
    for language in LANGUAGES:
        assert {f"figure.{code}" for code in figure_codes()} <= read_words(language).keys()


def test_no_definition_stands_without_a_figure() -> None:
    assert set(definition_codes()) == figure_codes()


def test_every_definition_comes_into_the_book_with_its_version() -> None:
    drafts = {draft.code: draft for draft in load_definition_drafts()}

    assert set(drafts) == figure_codes()
    assert all(draft.version >= 1 and len(draft.digest) == 64 for draft in drafts.values())


def test_a_page_that_changed_has_a_version_of_its_own() -> None:
    """A book that took in one text as version 1 refuses another text as version 1."""
    lines = (Path(__file__).parent / "definition_versions.txt").read_text("utf-8").splitlines()
    known = {(code, int(version)): digest for code, version, digest in map(str.split, lines)}
    drafts = load_definition_drafts()

    changed = [draft.code for draft in drafts if known.get((draft.code, draft.version)) != draft.digest]
    assert not changed, (
        f"raise `version` in both languages and add a line to definition_versions.txt: {changed}"
    )
