"""Two profiles, what they ask of passwords, and keys that nobody else can read."""

from datetime import timedelta
from pathlib import Path

import pytest

from dashboard.auth.access_rules import ASVS, DEFAULT_RULES, DENGBAO, PROFILES, read_access_rules
from dashboard.auth.door import Door, factor_key_path
from dashboard.auth.kept_keys import read_kept_key
from dashboard.auth.passwords import check_password, is_expired
from dashboard.settings import IDLE_MINUTES, Settings
from funds.book import Book

NOW = "2026-06-30T04:00:00.000000Z"


def codes_of(password: str, *, is_strict: bool = False) -> list[str]:
    """What is wrong with a password of zhang."""
    return [problem.code for problem in check_password("zhang", password, DENGBAO if is_strict else ASVS)]


def test_the_settings_know_every_profile() -> None:
    assert list(PROFILES) == list(IDLE_MINUTES)
    assert read_access_rules(Settings("b", Path("a"), Path("s"))) == DEFAULT_RULES
    for profile in PROFILES.values():
        assert profile.longest_idle is None or IDLE_MINUTES[profile.name] <= profile.longest_idle


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("seven small boats", []),
        ("七条小船开过来了吗今天", []),
        ("password2026!", ["password.guessable"]),
        ("1234567890", ["password.guessable"]),
        ("0987654321", ["password.guessable"]),
        ("abcdefghijkl", ["password.guessable"]),
        ("FundTracker#1", ["password.guessable"]),
    ],
)
def test_what_is_easily_guessed_is_refused(password: str, codes: list[str]) -> None:
    assert codes_of(password) == codes


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("Seven boats 7", []),
        ("seven small boats", ["password.few_kinds"]),
        ("Seven 7", ["password.too_short"]),
        ("Seven small boats", []),
        ("七条小船七条小船开过来了", ["password.few_kinds"]),
        ("SEVENSMALL7BOATS", ["password.few_kinds"]),
    ],
)
def test_the_strict_profile_asks_for_length_and_kinds(password: str, codes: list[str]) -> None:
    assert codes_of(password, is_strict=True) == codes


def test_a_password_grows_old_where_the_profile_says_so() -> None:
    assert DENGBAO.password_age == timedelta(days=90)
    assert is_expired("2026-04-01T04:00:00.000000Z", NOW, DENGBAO)
    assert not is_expired("2026-04-01T04:00:00.000001Z", NOW, DENGBAO)
    assert not is_expired("2020-04-01T04:00:00.000000Z", NOW, ASVS)
    assert not is_expired(None, NOW, DENGBAO)


def test_the_key_of_second_factors_is_the_one_given_or_one_of_its_own(book: Book, tmp_path: Path) -> None:
    settings = Settings("b", tmp_path, tmp_path / "state")
    kept = Door(book, settings).factor_key
    assert len(kept) >= 43
    assert Door(book, settings).factor_key == kept
    assert factor_key_path(settings).stat().st_mode & 0o777 == 0o600
    given = Settings("b", tmp_path, tmp_path / "state", factor_key="钥" * 40)
    assert Door(book, given).factor_key not in (kept, b"")


def test_two_processes_share_the_key_that_the_first_made(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "kept.key"
    assert read_kept_key(path) == read_kept_key(path)
    assert read_kept_key(tmp_path / "other.key") != read_kept_key(path)
