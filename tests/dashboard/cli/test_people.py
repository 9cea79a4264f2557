"""The command `person`: the way from an empty book to the first administrators, and what it refuses."""

import io
import re
from pathlib import Path

import pytest

from tests.dashboard.cli.terminal import Answer, run

PASSWORD = "seven small boats"


@pytest.fixture
def book(tmp_path: Path) -> str:
    """A book that has just been founded."""
    address = str(tmp_path / "book.sqlite3")
    assert run("init", "--city", "示例市", "--book", address).code == 0
    return address


def person(book: str, *words: str, by: str | None = None) -> Answer:
    """`fundtracker person …`."""
    return run("person", *words, "--book", book, *(["--person", by] if by else []))


def test_the_first_administrators_are_appointed_one_by_one(book: str) -> None:
    added = person(book, "add", "zhang", "--name", "张", "--role", "system_admin", "--invite")
    assert added.code == 0
    assert re.search(r"([2-9A-Z]{5}-){3}[2-9A-Z]{5}", added.out.decode())
    assert person(book, "add", "li", "--role", "security_admin", "--invite").code == 3, (
        "that is no longer local's"
    )
    assert person(book, "retire", "local").code == 1, "nobody could grant roles"
    mixed = person(book, "grant", "zhang", "--role", "audit_admin")
    assert mixed.code == 1
    assert "三个不同的人" in mixed.out.decode() + mixed.err
    assert person(book, "invite", "zhang").code == 0, "the code may be lost before it is used"


def test_a_role_is_granted_for_a_while(book: str) -> None:
    person(book, "add", "wang", "--role", "auditor", "--invite")
    dates = ("--from", "2026-01-01", "--to", "2027-01-01")
    granted = person(book, "grant", "wang", "--role", "commission_analyst", *dates, "--reason", "文件1号")
    assert granted.code == 0
    assert "wang" in granted.out.decode()
    assert person(book, "grant", "nobody", "--role", "auditor").code == 1
    assert person(book, "grant", "wang", "--role", "auditor", "--park", "P1", "--fund", "F1").code == 2


def test_the_strict_profile_asks_more_of_a_password(book: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))
    monkeypatch.setenv("FUNDTRACKER_PROFILE", "dengbao")
    refused = person(book, "add", "wang", "--role", "auditor", "--password-stdin")
    assert refused.code == 1
    assert "3 种" in refused.out.decode() + refused.err
    assert person(book, "retire", "wang").code == 2, "nothing was written"


def test_a_second_factor_is_reset_by_who_manages_people(book: str) -> None:
    person(book, "add", "wang", "--role", "auditor", "--invite")
    assert person(book, "reset-factor", "wang").code == 0
    assert person(book, "reset-factor", "local", by="wang").code == 3
    assert person(book, "reset-factor", "local").code == 3, "not one's own"


def test_the_access_log_is_kept_for_half_a_year(book: str) -> None:
    refused = person(book, "forget-log", "--before", "2099-01-01")
    assert refused.code == 3
    assert "183" in refused.err
    assert person(book, "forget-log", "--before", "2020-01-01").code == 0
