"""The wall of PostgreSQL: a transaction sees what it said it may see, the owner's included, and nothing unasked."""

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, select, text
from sqlalchemy.exc import DBAPIError

import migrations
from funds.book import OPEN, WHOLE, Book, Sight, find_person
from funds.book.app_role import admit_role, read_standing
from funds.book.engine import open_engine
from funds.book.verify import verify_chain
from funds.errors import BookUnusable, SchemaBehind
from funds.models import Base, Document, Fund, Park, ParkFigure, Party, book_tables
from funds.models.row_scopes import ROW_SCOPES, Reach, tables_within
from funds.models.row_security import (
    install_row_security,
    missing_row_security,
    remove_row_security,
)
from funds.permissions import read_rights
from funds.queries.trail_readers import make_reader, readable_rows
from funds.queries.trail_revisions import Trail
from tests.builders import fee, record, rows_of
from tests.engines import APP_ROLE, OWNER_ROLE, PostgresDatabases, SqliteDatabases
from tests.trail_city import NOW, SECRET, build_trail_city

TABLES = [table.name for table in book_tables()]
SCOPED = tables_within(Reach.SCOPED)


@pytest.fixture(scope="module")
def city_url(postgres: PostgresDatabases) -> Iterator[str]:
    """The city of known changes, where the app's role was let in; the address is the owner's."""
    url = postgres.copy_of("trail city", build_trail_city)
    name = postgres.made.pop()  # other tests drop what was handed out
    engine = open_engine(url)
    admit_role(engine, APP_ROLE)
    engine.dispose()
    yield url
    postgres.made.append(name)


@pytest.fixture
def app(postgres: PostgresDatabases, city_url: str) -> Iterator[Book]:
    """The book as the program opens it: through a role that owns nothing, over one connection."""
    book = Book(postgres.as_app(city_url), clock=lambda: NOW)
    yield book
    book.close()


@pytest.fixture
def own_copy(postgres: PostgresDatabases) -> Iterator[Book]:
    """A copy of one's own to break."""
    book = Book(postgres.copy_of("trail city", build_trail_city), clock=lambda: NOW)
    yield book
    book.close()
    postgres.drop_made()


def ids_in(connection: Connection, name: str) -> set[object]:
    """The keys of all rows that a transaction sees in a table."""
    key = "revision_id" if name.startswith("seal") else "id"
    return set(connection.execute(text(f"SELECT {key} FROM {name}")).scalars())


def everything_in(connection: Connection, name: str) -> str:
    """Every row as text."""
    return repr(connection.execute(text(f"SELECT * FROM {name}")).all())


def sight_of(book: Book, login: str) -> Sight:
    """What a person of the city may see."""
    with book.look() as look:
        person = find_person(look.connection, login, look.version)
        return read_rights(look.connection, person, book.today()).readable().sight


def test_every_book_table_stands_behind_the_wall(app: Book) -> None:
    app.check_ready()
    with app.engine.connect() as connection:
        assert missing_row_security(connection) == []
    assert {name for name in TABLES if ROW_SCOPES[name].reach is Reach.SCOPED} == set(SCOPED)


def test_a_transaction_that_says_nothing_sees_nothing(
    app: Book, postgres: PostgresDatabases, city_url: str
) -> None:
    for url in (postgres.as_app(city_url), city_url):  # the owner too
        engine = create_engine(url)
        with engine.connect() as connection:
            assert [name for name in TABLES if ids_in(connection, name)] == []
        engine.dispose()


def test_what_is_everybodys_is_open_and_no_row_of_a_fund_or_park_is(app: Book) -> None:
    with app.look(sight=OPEN) as look:
        assert [name for name in SCOPED if ids_in(look.connection, name)] == []
        for name in ("party", "company_fact", "policy", "industry", "revision", "person"):
            assert ids_in(look.connection, name), name


@pytest.mark.parametrize("login", ["official", "manager", "other", "analyst", "audit"])
def test_the_wall_shows_the_rows_that_the_queries_show(app: Book, login: str) -> None:
    with app.look() as look:
        person = find_person(look.connection, login, look.version)
        rights = read_rights(look.connection, person, app.today())
        reader = make_reader(person, rights)
        asked = {}
        for name in SCOPED:
            table = Base.metadata.tables[name]
            query = select(table.c.id).where(readable_rows(table, name, reader))
            asked[name] = set(look.connection.execute(query).scalars())
        opened = Trail(look.connection, reader, look.version).opened()
        files = set(look.connection.execute(select(Document.revision_id)).scalars()) & opened
    with app.look(sight=rights.readable().sight) as look:
        assert {name: ids_in(look.connection, name) for name in SCOPED} == asked
        if login != "audit":  # who reads no list of the city opens no change by one
            assert set(look.connection.execute(select(Document.revision_id)).scalars()) == files


def test_no_canary_of_the_other_park_comes_through(app: Book) -> None:
    with app.look(sight=sight_of(app, "official")) as look:
        told = {name for name in SCOPED if SECRET in everything_in(look.connection, name)}
        own = {name for name in SCOPED if ids_in(look.connection, name)}
        files = everything_in(look.connection, "document")
    assert told == set()
    assert {"fund", "entry", "mark", "park_figure", "commitment"} <= own
    assert SECRET not in files
    with app.look(sight=sight_of(app, "other")) as look:
        assert SECRET in everything_in(look.connection, "mark")


def test_threat_39_a_pooled_connection_takes_nobodys_sight_along(app: Book) -> None:
    """T39: one connection handed from person to person, after looks, failures and changes of the book."""

    def see(connection: Connection) -> frozenset[object]:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() == backend
        return frozenset(ids_in(connection, "entry"))

    with app.engine.connect() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    seen: dict[str, set[frozenset[object]]] = {}
    for login in ("official", "other", "official", "audit"):
        with app.look(sight=sight_of(app, login)) as look:
            seen.setdefault(login, set()).add(see(look.connection))
        with pytest.raises(DBAPIError), app.look() as look:
            assert see(look.connection)
            look.connection.execute(text("SELECT 1 / 0"))
        with app.change("local", "nothing", dry_run=True) as change:
            assert see(change.connection)
        with app.engine.connect() as connection:
            assert see(connection) == frozenset()
            left = connection.execute(
                text("SELECT current_setting('app.reach'), current_setting('app.funds')")
            )
            assert tuple(left.one()) == ("", "")
    assert all(len(found) == 1 for found in seen.values())
    assert seen["official"] != seen["other"]
    assert seen["audit"] == {frozenset()}


@pytest.mark.parametrize("options", [{}, {"sight": OPEN}, {"sight": WHOLE}, {"sight": OPEN, "writing": True}])
def test_nothing_but_a_change_of_the_book_adds_rows(app: Book, options: dict[str, object]) -> None:
    row = "INSERT INTO party (id, revision_id, code) VALUES (999, 1, 'X')"
    with (
        app.engine.connect().execution_options(**options) as connection,
        pytest.raises(DBAPIError, match="row-level security"),
    ):
        connection.execute(text(row))


def test_a_change_of_the_book_goes_through_the_apps_role(app: Book) -> None:
    assert record(app, fee("F1", 1))["fee"].new == 1
    with app.look() as look:
        assert verify_chain(look.connection) == []


@pytest.mark.parametrize(
    "statement", ["TRUNCATE entry", "UPDATE entry SET amount_fen = 1", "DELETE FROM entry"]
)
def test_nobody_empties_or_changes_the_book_as_the_apps_role(app: Book, statement: str) -> None:
    with (
        app.engine.connect().execution_options(sight=WHOLE, writing=True) as connection,
        pytest.raises(DBAPIError, match="permission denied"),
    ):
        connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE entry NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE entry DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY door ON entry USING (true)",
        "DROP POLICY book_sight ON entry",
        "COMMENT ON POLICY book_sight ON entry IS 'older'",
    ],
)
def test_a_hole_in_the_wall_is_named_and_mended(own_copy: Book, statement: str) -> None:
    own_copy.check_ready()
    with own_copy.engine.begin() as connection:
        connection.execute(text(statement))
    with pytest.raises(SchemaBehind, match=r"book\.wall_missing.*entry"):
        own_copy.check_ready()
    with own_copy.engine.begin() as connection:
        install_row_security(connection)
        holes = missing_row_security(connection)
    assert holes == (
        ["entry"] if "door" in statement else []
    )  # what somebody opened beside it, somebody closes


def test_a_function_that_shows_every_file_is_named(own_copy: Book) -> None:
    with own_copy.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE OR REPLACE FUNCTION book_shows(change bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true'"
            )
        )
    with pytest.raises(SchemaBehind, match="book_shows"):
        own_copy.check_ready()


def test_the_wall_comes_down_and_goes_up_with_its_revision(own_copy: Book) -> None:
    def is_open(connection: Connection) -> bool:
        return len(missing_row_security(connection)) == len(TABLES) + 1

    with own_copy.engine.connect().execution_options(writing=True) as connection, connection.begin():
        command.downgrade(migrations.configure(connection), "0003")
        assert is_open(connection)
        assert ids_in(connection, "entry")
    migrations.upgrade(own_copy.engine, "0004")
    with own_copy.engine.connect() as connection:
        assert ids_in(connection, "entry") == set()
    migrations.upgrade(own_copy.engine)
    own_copy.check_ready()


def test_on_sqlite_there_is_no_wall_and_nothing_is_missed(sqlite: SqliteDatabases) -> None:
    url = sqlite.copy_of("trail city", build_trail_city)
    with Book(url) as book, book.engine.connect() as connection:
        install_row_security(connection)
        remove_row_security(connection)
        assert missing_row_security(connection) == []
        admit_role(book.engine, "anybody")
        assert read_standing(book.engine) is None
        with book.look(sight=OPEN) as look:
            assert rows_of(look, Fund)
    sqlite.drop_made()


def test_the_apps_role_is_bound_and_owns_nothing(app: Book, own_copy: Book) -> None:
    standing, owner = read_standing(app.engine), read_standing(own_copy.engine)
    assert standing is not None
    assert owner is not None
    assert (standing.name, standing.is_unbound, standing.is_owner) == (APP_ROLE, False, False)
    assert (owner.name, owner.is_unbound, owner.is_owner) == (OWNER_ROLE, False, True)


def test_a_role_that_will_not_do_is_refused(postgres: PostgresDatabases, own_copy: Book) -> None:
    superuser = str(postgres.superuser_url.username)
    refused = {"fundtracker_nobody": "absent", OWNER_ROLE: "strong", superuser: "strong"}
    for role, code in refused.items():
        with pytest.raises(BookUnusable, match=rf"book\.app_role_{code}"):
            admit_role(own_copy.engine, role)


def test_a_role_is_made_where_the_owner_may(postgres: PostgresDatabases, own_copy: Book) -> None:
    role = "fundtracker_test_made"
    engine = open_engine(postgres.as_superuser(own_copy.url.render_as_string(hide_password=False)))
    admit_role(engine, role)
    standing = read_standing(engine, role)
    assert standing is not None
    assert not standing.is_unbound
    with engine.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {role}"))
        connection.execute(text(f"DROP ROLE {role}"))
    engine.dispose()


def test_a_park_without_funds_sees_its_own_figures_alone(app: Book) -> None:
    (park,) = [row["id"] for row in rows_of(app, Park, code="P2")]
    with app.look(sight=Sight(parks=frozenset({park}))) as look:
        assert {row["park_id"] for row in rows_of(look, ParkFigure)} == {park}
        assert ids_in(look.connection, "entry") == set()
        assert rows_of(look, Party)
