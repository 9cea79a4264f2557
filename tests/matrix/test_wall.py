"""Behind the wall of PostgreSQL every page says what it says without one: no lookup lived on rows of others."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from funds.book.app_role import admit_role
from funds.book.engine import open_engine
from tests.dashboard.serving import serve
from tests.engines import APP_ROLE, PostgresDatabases, SqliteDatabases
from tests.matrix.asking import Desk
from tests.matrix.cells import list_passports, list_places
from tests.matrix.city import build_matrix_city
from tests.matrix.identities import IDENTITIES, Identity, Share

ASKING = ("park_official-park", "fund_manager-fund", "audit_admin-city", "security_admin-city")
# Names of the book and hashes of its chain, which no two books share.
OWN = re.compile(r"[0-9a-f]{8,64}|[0-9a-f]{4}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def open_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The city on SQLite, which has no wall."""
    folder = tmp_path_factory.mktemp("open")
    served = serve(SqliteDatabases(folder).copy_of("matrix city", build_matrix_city), folder)
    yield Desk(served)
    served.book.close()


@pytest.fixture(scope="module")
def walled_desk(postgres: PostgresDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The same city on PostgreSQL, served through the role that owns nothing."""
    url = postgres.copy_of("matrix city", build_matrix_city)
    name = str(make_url(url).database)
    postgres.made.remove(name)  # other tests drop what was handed out
    engine = open_engine(url)
    admit_role(engine, APP_ROLE)
    engine.dispose()
    served = serve(postgres.as_app(url), tmp_path_factory.mktemp("walled"))
    yield Desk(served)
    served.book.close()
    postgres.made.append(name)


@pytest.fixture(params=[one for one in IDENTITIES if one.name in ASKING], ids=lambda one: one.name)
def asking(request: pytest.FixtureRequest, open_desk: Desk, walled_desk: Desk) -> Identity:
    """Somebody of every reach but the whole city, in at both."""
    found: Identity = request.param
    for desk in (open_desk, walled_desk):
        desk.admit(found)
    return found


def test_every_page_is_the_same_behind_the_wall(
    open_desk: Desk, walled_desk: Desk, asking: Identity, full: bool
) -> None:
    share = Share(ASKING.index(asking.name), 1 if full else 6)
    places = [place.path for place in share.take(list_places(open_desk.served.book))]
    pairs = [(open_desk.page(asking, path), walled_desk.page(asking, path)) for path in places]
    wrong = [
        path
        for path, (here, there) in zip(places, pairs, strict=True)
        if (here.status, here.is_allowed, OWN.sub("#", here.text))
        != (there.status, there.is_allowed, OWN.sub("#", there.text))
    ]
    assert wrong == []


def test_every_passport_is_the_same_behind_the_wall(
    open_desk: Desk, walled_desk: Desk, asking: Identity, full: bool
) -> None:
    share = Share(ASKING.index(asking.name), 1 if full else 18)
    for scope, code, basis in share.take(list_passports()):
        here, there = (desk.passport(asking, code, basis, scope.label) for desk in (open_desk, walled_desk))
        assert OWN.sub("#", here.text) == OWN.sub("#", there.text), (scope.label, code)
