"""What is entered for other funds leaves the drawings of one's own as they stand, and they are what would be drawn anew."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.pages.kept_drawings import drawings_of
from funds.drafts import Draft
from funds.kinds import Role, ScopeKind
from tests.builders import contribution, fee, investment, notice, park_figure, record
from tests.dashboard.serving import serve
from tests.engines import SqliteDatabases
from tests.matrix.asking import Desk
from tests.matrix.city import MOTHER, OTHER_FUND, OTHER_PARK, OWN_FUND, build_matrix_city
from tests.matrix.identities import Identity
from tests.matrix.test_kept_drawings import SIGNATORY, forget_all

MANAGER = Identity("fund_manager-fund", Role.FUND_MANAGER, ScopeKind.FUND)
PAGES = (f"/funds/{OWN_FUND}", f"/cash/{OWN_FUND}", "/my-funds", "/quarter-end", "/companies")
PASSPORT = ("PF08", "nav", f"fund:{OWN_FUND}")
ELSEWHERE = {
    "a payment": contribution(OTHER_FUND, "LP9", 10, "2025-05-06"),
    "a call": notice(OTHER_FUND, "LP9", 10, on="2025-05-07"),
    "a fee": fee(OTHER_FUND, 3, "2025-05-08"),
}
NEARBY = {
    "a fee of the own": fee(OWN_FUND, 3, "2025-05-09"),
    "a call of the own": notice(OWN_FUND, "LP2", 10, on="2025-05-10"),
    "a payment of the own": contribution(OWN_FUND, MOTHER, 10, "2025-05-11"),
    "a payment into the fund above": contribution(MOTHER, "LP1", 10, "2025-05-12"),
    "a stake of another": investment(OTHER_FUND, "C1", 20, on="2025-05-13"),
}
SEEN = re.compile(r'(?<=-seen", )"data": \d+')


@pytest.fixture(scope="module")
def own_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A city of its own to change, the manager of one fund and the commission signed in."""
    folder: Path = tmp_path_factory.mktemp("drawn lines")
    served = serve(SqliteDatabases(folder).copy_of("matrix city", build_matrix_city), folder)
    made = Desk(served)
    for identity in (MANAGER, SIGNATORY):
        made.admit(identity)
    yield made
    served.book.close()


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_other_funds_enter_leaves_the_drawings_of_the_own(own_desk: Desk, name: str) -> None:
    _tell(own_desk)
    drawn = _drawn(own_desk)
    _record(own_desk, ELSEWHERE[name])
    kept = _tell(own_desk)
    assert all(one is drawn[key] for key, one in _drawn(own_desk).items())
    forget_all(own_desk)
    assert _tell(own_desk) == kept


@pytest.mark.parametrize("name", NEARBY)
def test_what_the_own_fund_rests_on_is_drawn_anew(own_desk: Desk, name: str) -> None:
    _tell(own_desk)
    drawn = _drawn(own_desk)
    _record(own_desk, NEARBY[name])
    kept = _tell(own_desk)
    assert any(one is not drawn[key] for key, one in _drawn(own_desk).items())
    forget_all(own_desk)
    assert _tell(own_desk) == kept


def test_for_who_sees_the_city_a_fund_stands_alone_and_the_lists_do_not(own_desk: Desk) -> None:
    def keys() -> dict[object, bytes]:
        for path in (f"/funds/{OWN_FUND}", "/cash"):
            own_desk.page(SIGNATORY, path)
        return _drawn(own_desk)

    forget_all(own_desk)
    drawn = keys()
    _record(own_desk, contribution(OTHER_FUND, "LP9", 20, "2025-05-14"))
    assert [one is drawn[key] for key, one in sorted(keys().items(), key=str)] == [False, True]


def test_a_passport_tells_the_last_version_also_where_it_was_kept(own_desk: Desk) -> None:
    forget_all(own_desk)
    before = own_desk.passport(MANAGER, *PASSPORT).text
    drawn = _drawn(own_desk)
    _record(own_desk, park_figure(OTHER_PARK, "S02", "2022", 9))
    version = own_desk.served.book.head().version
    assert own_desk.passport(MANAGER, *PASSPORT).text == before.replace(
        f"第 {version - 1} 版", f"第 {version} 版"
    )
    assert f"第 {version} 版" not in before
    assert all(one is drawn[key] for key, one in _drawn(own_desk).items())


def _record(desk: Desk, draft: Draft) -> None:
    record(desk.served.book, draft)


def _tell(desk: Desk) -> dict[str, str]:
    """All that the manager's pages and a passport say; a form may remember any version in which the same stood there."""
    told = {path: SEEN.sub("", desk.page(MANAGER, path).text) for path in PAGES}
    return told | {"passport": desk.passport(MANAGER, *PASSPORT).text}


def _drawn(desk: Desk) -> dict[object, bytes]:
    """The very drawings that are kept."""
    return {key: kept.answer for key, kept in drawings_of(desk.served.book).items()}
