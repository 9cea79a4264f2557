"""One served city for the whole matrix, everybody signed in to it, and the same city on PostgreSQL."""

from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from funds.book import Book
from tests.dashboard.serving import Clock, retire_person, serve
from tests.engines import PostgresDatabases, SqliteDatabases
from tests.faults.programme import is_asked_for
from tests.matrix.asking import Desk
from tests.matrix.city import build_matrix_city
from tests.matrix.identities import IDENTITIES, Identity, Share, Standing


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The served city, in a folder of its own: nobody changes anything there."""
    folder = tmp_path_factory.mktemp("matrix")
    served = serve(SqliteDatabases(folder).copy_of("matrix city", build_matrix_city), folder)
    made = Desk(served)
    # Whoever is out by now came in two hours ago.
    ordered = sorted(IDENTITIES, key=lambda one: one.standing is not Standing.EXPIRED)
    served.clock.advance(hours=-2)
    for identity in ordered:
        if identity.is_in or identity.standing is Standing.RETIRED:
            served.clock.advance(minutes=120 if served.clock.now < Clock().now else 0)
        made.admit(identity)
    for identity in IDENTITIES:
        if identity.standing is Standing.RETIRED:
            retire_person(served.book, identity.login)
    yield made
    served.book.close()


@pytest.fixture(scope="session")
def postgres_book(postgres: PostgresDatabases) -> Iterator[Book]:
    """The same city on the other engine."""
    url = postgres.copy_of("matrix city", build_matrix_city)
    name = str(make_url(url).database)
    postgres.made.remove(name)  # other tests drop what was handed out; this one lasts as long as the session
    book = Book(url, clock=Clock())
    for identity in IDENTITIES:
        if identity.standing is Standing.RETIRED:
            retire_person(book, identity.login)
    yield book
    book.close()
    postgres.made.append(name)


@pytest.fixture
def part(full: bool, request: pytest.FixtureRequest) -> int:
    """How much of a long list each person asks for: all in the full run, a quarter among the faults, else a little."""
    if not full:
        return Share.of
    return 4 if is_asked_for(request.config) else 1


@pytest.fixture
def share(identity: Identity, part: int) -> Share:
    """What of a long list is this person's to ask in this run."""
    return Share(IDENTITIES.index(identity), part)


@pytest.fixture(params=IDENTITIES, ids=lambda one: one.name)
def identity(request: pytest.FixtureRequest) -> Identity:
    """Everybody in turn, the city first."""
    found: Identity = request.param
    return found
