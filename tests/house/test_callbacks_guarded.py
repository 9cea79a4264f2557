"""Every callback names the right it needs, and there is one way to register one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import _callback

from dashboard.auth.callbacks import SIGNED_IN
from dashboard.pages import PAGES
from dashboard.server import create_app
from dashboard.server.frame_app import FrameDash
from dashboard.settings import Settings
from funds.book import Book
from funds.permissions import Action
from tests.dashboard.serving import build_own
from tests.engines import SqliteDatabases
from tests.house.tree import modules_of, name_of

# The wrapper itself, and the one place where the application is made.
WRAPPER, MAKER = "dashboard.auth.callbacks", "dashboard.server.frame_app"
# The frame draws for each person what the pages behind it allow, and one's account is one's own.
OF_ANYBODY = {"dashboard.pages.frame", "dashboard.pages.people.account"}
GLOBAL_NAMES = {"callback", "clientside_callback", "hooks"}


@pytest.fixture
def app(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[FrameDash]:
    """The application with every page of the program."""
    url = sqlite.copy_of("served own", build_own)
    book = Book(url)
    yield create_app(book, Settings(url, tmp_path / "anchors", tmp_path / "state"))
    book.close()
    sqlite.drop_made()


def find_unguarded(name: str, source: str) -> list[str]:
    """Ways past the wrapper in one module: Dash's own `callback`, or an application made elsewhere."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "dash":
            taken = {alias.name for alias in node.names}
            found += [f"import {one}" for one in taken & GLOBAL_NAMES]
            found += [
                "import Dash" for _ in taken & {"Dash"} if name not in (WRAPPER, MAKER) and _is_made(source)
            ]
        if isinstance(node, ast.Attribute) and node.attr in GLOBAL_NAMES and name != WRAPPER:
            owner = ast.unparse(node.value)
            found += [ast.unparse(node)] if owner in ("dash", "self._dash") or owner.endswith("dash") else []
    return found


def _is_made(source: str) -> bool:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return any(ast.unparse(call.func) in ("Dash", "dash.Dash") for call in calls)


def test_every_callback_names_the_right_it_needs(app: FrameDash) -> None:
    server_side = {output: entry for output, entry in app.callback_map.items() if "callback" in entry}
    assert server_side
    unmarked = [
        output for output, entry in server_side.items() if not hasattr(entry["callback"], "__needs__")
    ]
    assert unmarked == []
    assert set(app.guarded.needs) == set(server_side)


def test_every_right_is_one_of_the_table_and_only_the_frame_and_the_account_do_without(
    app: FrameDash,
) -> None:
    for output, needs in app.guarded.needs.items():
        if needs == SIGNED_IN:
            assert app.callback_map[output]["callback"].__module__ in OF_ANYBODY, output
        else:
            assert isinstance(needs, Action), output


def test_every_page_names_the_right_it_needs() -> None:
    assert PAGES
    assert [page.path for page in PAGES if not isinstance(page.needs, Action)] == ["/account"]
    assert len({page.path for page in PAGES}) == len(PAGES)


@pytest.mark.usefixtures("app")
def test_no_callback_is_global() -> None:
    assert _callback.GLOBAL_CALLBACK_MAP == {}
    assert _callback.GLOBAL_CALLBACK_LIST == []


def test_nothing_goes_past_the_wrapper() -> None:
    modules = {name_of(path): path.read_text("utf-8") for path in modules_of("dashboard")}
    found = {name: find_unguarded(name, source) for name, source in modules.items()}
    assert {name: ways for name, ways in found.items() if ways} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from dash import callback",
        "from dash import Input, clientside_callback",
        "import dash\n@dash.callback(1)\ndef f(): ...",
        "from dash import Dash\napp = Dash()",
        "def register(app):\n    app._dash.callback(1)",
    ],
)
def test_a_way_past_the_wrapper_is_found(source: str) -> None:
    assert find_unguarded("dashboard.pages.city.overview", source) != []


def test_the_way_through_the_wrapper_is_free() -> None:
    source = "from dash import Input\ndef register(app):\n    @app.callback(1, needs=2)\n    def f(): ..."
    assert find_unguarded("dashboard.pages.city.overview", source) == []
