"""What `demo` makes, keeps, makes anew and never touches, and whom it lets in."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from dashboard.auth.demo import COMMISSION, MANAGER, PARK, SECOND
from dashboard.cli import serving
from dashboard.sample.recording import plan_batches
from dashboard.sample.sizes import CORE, EDITION, FULL
from funds.book import Book, visible
from funds.kinds import BookKind, Role, ScopeKind
from funds.models import Fund, Membership, Park, Party, Person
from tests.dashboard.cli.terminal import run


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a demo was made; nobody changes it."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serving, "FULL", CORE)
        make(folder)
    return folder


@pytest.fixture
def demo(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(made, tmp_path / "demo"))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The core instead of the whole city, so that many demos can be made."""
    monkeypatch.setattr(serving, "FULL", CORE)


def make(folder: Path, *words: object) -> str:
    answer = run("demo", "--book", folder, "--no-serve", *words)
    assert answer.code == 0, answer.err
    return answer.out.decode()


def uuid_of(folder: Path) -> str:
    with Book(str(folder / "demo.sqlite3")) as book:
        return book.uuid


def test_the_demo_says_what_it_makes_step_by_step_and_makes_it_once(tmp_path: Path) -> None:
    told = make(tmp_path)
    assert "12 只基金" in told
    assert [line[:7] for line in told.splitlines() if line.startswith("第 ")] == ["第 1/2 批", "第 2/2 批"]
    first = uuid_of(tmp_path)
    assert make(tmp_path) == ""
    assert uuid_of(tmp_path) == first
    assert run("verify", "--book", tmp_path / "demo.sqlite3").code == 0


@pytest.mark.full
def test_a_demo_of_another_edition_is_made_anew(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = uuid_of(demo)
    monkeypatch.setattr("dashboard.sample.recording.EDITION", EDITION + 1)
    assert "重新生成" in make(demo)
    assert uuid_of(demo) != first
    assert sorted(path.name for path in demo.iterdir() if "unfinished" in path.name) == []


def test_a_demo_of_another_shape_is_made_anew(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = uuid_of(demo)
    with monkeypatch.context() as older:
        older.setattr("migrations.current_revision", lambda _engine: "0000")
        older.setattr(serving, "open_book", lambda settings: Book(settings.book))
        assert "重新生成" in make(demo)
    assert uuid_of(demo) != first


def test_a_book_of_ones_own_in_the_demos_place_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "demo.sqlite3"
    assert run("init", "--book", own, "--city", "示例市").code == 0
    before = own.read_bytes()
    assert run("demo", "--book", tmp_path, "--no-serve").code == 3
    assert own.read_bytes() == before


@pytest.mark.parametrize(
    "words", [("--funds", 11), ("--funds", 401), ("--lines", -5), ("--lines", 1_000_001)]
)
def test_a_size_that_is_not_offered_is_wrong_use_and_touches_nothing(
    tmp_path: Path, words: tuple[object, ...]
) -> None:
    answer = run("demo", "--book", tmp_path, "--no-serve", *words)
    assert answer.code == 2
    assert "400" in answer.err
    assert list(tmp_path.iterdir()) == []


def test_the_identities_see_the_city_a_park_and_a_managers_funds(demo: Path) -> None:
    with Book(str(demo / "demo.sqlite3")) as book, book.look() as look:
        query = (
            select(Person.login, Membership.role, Membership.scope_kind, Park.code, Party.code)
            .join(Membership, Membership.person_id == Person.id)
            .outerjoin(Park, Park.id == Membership.park_id)
            .outerjoin(Fund, Fund.id == Membership.fund_id)
            .outerjoin(Party, Party.id == Fund.party_id)
            .where(visible(Membership, look.version), Person.login.startswith("demo."))
        )
        held = {tuple(row) for row in look.connection.execute(query)}
        assert book.kind == BookKind.DEMO.value
    assert held == {
        (COMMISSION.login, Role.COMMISSION_SIGNATORY, ScopeKind.CITY, None, None),
        (SECOND.login, Role.COMMISSION_SIGNATORY, ScopeKind.CITY, None, None),
        (PARK.login, Role.PARK_OFFICIAL, ScopeKind.PARK, "P01", None),
        (MANAGER.login, Role.FUND_MANAGER, ScopeKind.FUND, None, "F09"),
    }


def test_the_manager_of_the_whole_city_has_a_park_fund_and_children_of_mothers() -> None:
    batches = plan_batches(FULL)
    assert serving._managed(batches) == ["F09", "F15", "F27", "F31"]
