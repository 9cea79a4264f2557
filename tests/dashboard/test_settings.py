"""Settings come from the environment that is handed over, and only what can be used is taken."""

from pathlib import Path

import pytest

from dashboard.settings import SettingRefused, Settings, is_loopback, read_settings


def test_an_empty_environment_serves_this_machine_only() -> None:
    settings = read_settings({})
    assert settings.is_local
    assert (settings.host, settings.port, settings.language) == ("127.0.0.1", 8050, "zh")
    assert settings.book.endswith("book.sqlite3")
    assert settings.anchors == settings.state / "anchors"
    assert (settings.secret_key, settings.person, settings.debug) == (None, None, False)


def test_what_is_given_is_taken() -> None:
    given = {
        "FUNDTRACKER_BOOK": "postgresql://localhost/city",
        "FUNDTRACKER_ANCHORS": "/srv/anchors",
        "FUNDTRACKER_PERSON": "signatory",
        "FUNDTRACKER_HOST": "0.0.0.0",
        "FUNDTRACKER_PORT": "80",
        "FUNDTRACKER_LANGUAGE": "en",
        "FUNDTRACKER_HOST_NAMES": "funds.city.example, 10.0.0.8",
        "FUNDTRACKER_DEBUG": "true",
        "FUNDTRACKER_IDLE_MINUTES": "5",
        "FUNDTRACKER_SESSION_HOURS": "2",
        "FUNDTRACKER_SECRET_KEY": "k" * 40,
        "FUNDTRACKER_APP_ROLE": "fundtracker_app",
    }
    settings = read_settings(given)
    assert settings.book == "postgresql://localhost/city"
    assert settings.anchors == Path("/srv/anchors")
    assert settings.host_names == ("funds.city.example", "10.0.0.8")
    assert (settings.person, settings.port, settings.language, settings.debug) == (
        "signatory",
        80,
        "en",
        True,
    )
    assert (settings.idle_minutes, settings.session_hours) == (5, 2)
    assert settings.app_role == "fundtracker_app"
    assert not settings.is_local


def test_a_proxy_in_front_means_that_others_can_reach_us() -> None:
    assert not read_settings({"FUNDTRACKER_BEHIND_PROXY": "1"}).is_local


@pytest.mark.parametrize(
    ("variable", "value", "code"),
    [
        ("FUNDTRACKER_PORT", "eighty", "settings.bad_number"),
        ("FUNDTRACKER_PORT", "0", "settings.bad_number"),
        ("FUNDTRACKER_PORT", "65536", "settings.bad_number"),
        ("FUNDTRACKER_APP_ROLE", 'app"; drop', "settings.bad_role"),
        ("FUNDTRACKER_APP_ROLE", "Äpp", "settings.bad_role"),
        ("FUNDTRACKER_APP_ROLE", "a" * 64, "settings.bad_role"),
        ("FUNDTRACKER_IDLE_MINUTES", "-5", "settings.bad_number"),
        ("FUNDTRACKER_IDLE_MINUTES", "٣", "settings.bad_number"),
        ("FUNDTRACKER_DEBUG", "maybe", "settings.bad_switch"),
        ("FUNDTRACKER_BEHIND_PROXY", "2", "settings.bad_switch"),
        ("FUNDTRACKER_LANGUAGE", "fr", "settings.bad_choice"),
        ("FUNDTRACKER_PROFILE", "strict", "settings.bad_choice"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(variable: str, value: str, code: str) -> None:
    with pytest.raises(SettingRefused) as refused:
        read_settings({variable: value})
    assert refused.value.code == code
    assert refused.value.params["variable"] == variable


def test_a_profile_brings_its_own_idle_time_unless_one_is_given() -> None:
    assert (read_settings({}).profile, read_settings({}).idle_minutes) == ("asvs", 30)
    strict = {"FUNDTRACKER_PROFILE": "dengbao"}
    assert (read_settings(strict).profile, read_settings(strict).idle_minutes) == ("dengbao", 15)
    assert read_settings({**strict, "FUNDTRACKER_IDLE_MINUTES": "5"}).idle_minutes == 5


def test_switches_of_other_programs_are_noticed_when_they_are_on() -> None:
    given = {"DASH_MCP_ENABLED": "true", "FLASK_DEBUG": "0", "DASH_DEBUG": "1"}
    assert read_settings(given).foreign_switches == ("DASH_MCP_ENABLED", "DASH_DEBUG")


def test_no_key_shows_in_a_print_of_the_settings() -> None:
    never = "never to be seen"
    settings = Settings("book", Path("a"), Path("s"), secret_key=never, factor_key=never)
    assert "never to be seen" not in repr(settings)


@pytest.mark.parametrize(
    ("host", "is_local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("x", False),
    ],
)
def test_only_a_loopback_address_is_this_machine(host: str, is_local: bool) -> None:
    assert is_loopback(host) is is_local
