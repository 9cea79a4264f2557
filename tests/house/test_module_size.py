"""A module is small and opens with one sentence that says what it is for."""

import ast
from pathlib import Path

import pytest

from tests.house.tree import ROOMS, ROOT, modules_of

LONGEST = 300
MODULES = list(modules_of(*ROOMS, "benchmarks"))
TESTS = list(modules_of("tests"))


def opening_of(path: Path) -> str:
    """A module's docstring."""
    return ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""


def at(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_room_has_modules() -> None:
    assert {at(path).split("/")[0] for path in MODULES} >= set(ROOMS)


# A revision of the shape is history: written out once, table by table, and never edited.
EDITED = [path for path in MODULES if "versions" not in path.parts]


@pytest.mark.parametrize("path", EDITED, ids=at)
def test_a_module_is_not_too_long(path: Path) -> None:
    length = len(path.read_text("utf-8").splitlines())
    assert length <= LONGEST, f"{length} lines: split it by noun"


@pytest.mark.parametrize("path", [*MODULES, *(path for path in TESTS if path.stat().st_size)], ids=at)
def test_a_module_opens_with_what_it_is_for(path: Path) -> None:
    opening = opening_of(path).partition("\n")[0]
    assert opening.endswith((".", "。")), "the first line is one whole sentence"
