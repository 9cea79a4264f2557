"""Who may import whom: downwards only, as one table says.

A name that the table leaves out stands on the last step of its room: all may use it, it sees only that step.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import ROOMS, modules_of, name_of

# → leads down, · joins neighbours that may know each other, | parts strangers on one step.
STAIRS = {
    "": "dashboard → migrations → funds | valuation",
    "funds": (
        "intake → recording → rules · queries → narrowing · permissions | book | policy → drafts → models"
        " → money · kinds · problems · errors"
    ),
    "dashboard": (
        "cli · server · worker → pages · api → forms · figures · tables · reports · auth · jobs → readings → words · settings"
    ),
}
# Of a room below, only these may be seen from here.
WINDOWS = {("migrations", "funds"): "funds.models"}
BANISHED = {
    "funds": {"flask", "dash", "plotly"},
    "valuation": {"flask", "dash", "plotly", "sqlalchemy"},
}
# step and side of every name on a flight of stairs
Places = dict[str, tuple[int, int]]


def places_of(flight: str) -> Places:
    """Where each name of one line of the table stands."""
    return {
        name.strip(): (height, side)
        for height, step in enumerate(flight.split("→"))
        for side, neighbours in enumerate(step.split("|"))
        for name in neighbours.split("·")
    }


def imports_of(source: str) -> Iterator[str]:
    """Every module that a source imports, at any depth; relative imports are refused by ruff."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_below(importer: str, imported: str) -> bool:
    """Whether the table lets one module of the house see another."""
    room, target = importer.split(".")[0], imported.split(".")[0]
    window = WINDOWS.get((room, target))
    if window and not f"{imported}.".startswith(f"{window}."):
        return False
    flight, rank = ("", 0) if room != target else (room, 1)
    upper, lower = (f"{name}..".split(".")[rank] for name in (importer, imported))
    if flight not in STAIRS or upper == lower or not upper or not lower:
        return True
    places = places_of(STAIRS[flight])
    ground = max(places.values())
    (height, side), (other_height, other_side) = places.get(upper, ground), places.get(lower, ground)
    return height < other_height or (height == other_height and side == other_side)


def find_climbs(importer: str, source: str) -> list[str]:
    """The imports of one module that go up, sideways to a stranger, or to a banished library."""
    room = importer.split(".")[0]
    return [
        imported
        for imported in imports_of(source)
        if imported.split(".")[0] in BANISHED.get(room, ())
        or (imported.split(".")[0] in ROOMS and not is_below(importer, imported))
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_every_import_goes_down_the_stairs(room: str) -> None:
    climbs = {name_of(path): find_climbs(name_of(path), path.read_text("utf-8")) for path in modules_of(room)}
    assert climbs
    assert {name: found for name, found in climbs.items() if found} == {}


@pytest.mark.parametrize(
    ("importer", "source"),
    [
        ("valuation.irr", "from funds import money"),
        ("funds.models.park", "import valuation.irr"),
        ("valuation.irr", "def f():\n    import sqlalchemy"),
        ("funds.book", "from flask import g"),
        ("funds.models", "from dashboard.words import say"),
        ("migrations.env", "from funds import book"),
        ("migrations.env", "import funds.book.lock"),
        ("migrations.env", "from dashboard import settings"),
        ("funds.money", "from funds.models import Park"),
        ("funds.book.seal", "from funds.queries import entries"),
        ("funds.book", "from funds import permissions"),
        ("funds.a_value_unlisted", "from funds.models import Park"),
        ("funds.rules.deal", "from funds.recording import record_deals"),
        ("dashboard.figures.sankey", "from dashboard.pages import overview"),
        ("dashboard.readings.money.leverage", "from dashboard import figures"),
        ("dashboard.pages.city.overview", "from dashboard.server import app"),
    ],
)
def test_a_climb_is_found(importer: str, source: str) -> None:
    assert len(find_climbs(importer, source)) == 1


@pytest.mark.parametrize(
    ("importer", "source"),
    [
        ("dashboard.readings.money.leverage", "import valuation.irr, funds.queries"),
        ("dashboard.cli", "from migrations import upgrade"),
        ("migrations.env", "from funds.models import Base\nfrom funds import models"),
        ("funds.recording.deals", "from funds import book, queries, rules"),
        ("funds.rules.deal", "from funds.queries import holdings"),
        ("funds.book.seal", "from funds.book.lock import hold\nimport sqlalchemy"),
        ("funds.models.base", "from funds.a_value_unlisted import Code"),
        ("funds.money", "from funds.problems import Problem\nfrom decimal import Decimal"),
        ("valuation.multiples", "from valuation import flows\nimport numpy"),
        ("dashboard.cli", "from dashboard.server import create_app"),
    ],
)
def test_a_step_down_is_free(importer: str, source: str) -> None:
    assert find_climbs(importer, source) == []
