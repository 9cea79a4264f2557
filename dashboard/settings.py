"""The settings of one run, read from the environment here and nowhere else."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from platformdirs import user_data_path, user_state_path

from funds.book.app_role import is_role_name
from funds.errors import LedgerError

NAME = "fundtracker"
LANGUAGES = ("zh", "en")
# Whose demands on passwords and sessions are followed, with the minutes that a session may lie idle.
IDLE_MINUTES = {"asvs": 30, "dengbao": 15}
# Variables of other programs that would open a door here; the start-up checks refuse them.
FOREIGN_SWITCHES = ("DASH_MCP_ENABLED", "DASH_DEBUG", "FLASK_DEBUG", "DASH_ASSETS_EXTERNAL_PATH")
MOST_WORKERS = 64
YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"", "0", "false", "no", "off"})


class SettingRefused(LedgerError):
    """A variable holds what cannot be used."""

    status = 503


@dataclass(frozen=True)
class Settings:
    """Everything that a run is told from outside; what a command's options say replaces it."""

    book: str
    anchors: Path
    state: Path
    person: str | None = None
    app_role: str | None = None
    profile: str = "asvs"
    secret_key: str | None = field(default=None, repr=False)
    factor_key: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 8050
    workers: int = 1
    language: str = "zh"
    behind_proxy: bool = False
    host_names: tuple[str, ...] = ()
    debug: bool = False
    idle_minutes: int = 30
    session_hours: int = 8
    login_failures: int = 5
    address_failures: int = 20
    lock_minutes: int = 15
    foreign_switches: tuple[str, ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host) and not self.behind_proxy


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment gives, with defaults in the user's own folders."""
    given = os.environ if environment is None else environment
    state = user_state_path(NAME, appauthor=False)
    names = given.get("FUNDTRACKER_HOST_NAMES", "")
    profile = _read_choice(given, "FUNDTRACKER_PROFILE", tuple(IDLE_MINUTES))
    return Settings(
        book=given.get("FUNDTRACKER_BOOK") or str(user_data_path(NAME, appauthor=False) / "book.sqlite3"),
        anchors=Path(given.get("FUNDTRACKER_ANCHORS") or state / "anchors").expanduser(),
        state=state,
        person=given.get("FUNDTRACKER_PERSON") or None,
        app_role=_read_role(given, "FUNDTRACKER_APP_ROLE"),
        profile=profile,
        secret_key=given.get("FUNDTRACKER_SECRET_KEY") or None,
        factor_key=given.get("FUNDTRACKER_FACTOR_KEY") or None,
        host=given.get("FUNDTRACKER_HOST") or "127.0.0.1",
        port=_read_number(given, "FUNDTRACKER_PORT", 8050, 65535),
        workers=_read_number(given, "FUNDTRACKER_WORKERS", 1, MOST_WORKERS),
        language=_read_choice(given, "FUNDTRACKER_LANGUAGE", LANGUAGES),
        behind_proxy=_read_switch(given, "FUNDTRACKER_BEHIND_PROXY"),
        host_names=tuple(name.strip() for name in names.split(",") if name.strip()),
        debug=_read_switch(given, "FUNDTRACKER_DEBUG"),
        idle_minutes=_read_number(given, "FUNDTRACKER_IDLE_MINUTES", IDLE_MINUTES[profile], 24 * 60),
        session_hours=_read_number(given, "FUNDTRACKER_SESSION_HOURS", 8, 24 * 7),
        foreign_switches=tuple(name for name in FOREIGN_SWITCHES if given.get(name, "").lower() not in NO),
    )


def is_loopback(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _read_number(given: Mapping[str, str], name: str, default: int, highest: int) -> int:
    text = given.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= highest):
        raise SettingRefused("settings.bad_number", variable=name, value=text, highest=highest)
    return int(text)


def _read_switch(given: Mapping[str, str], name: str) -> bool:
    text = given.get(name, "").lower()
    if text not in YES | NO:
        raise SettingRefused("settings.bad_switch", variable=name, value=text)
    return text in YES


def _read_role(given: Mapping[str, str], name: str) -> str | None:
    """A role of the database server by a name that is nothing else."""
    role = given.get(name) or None
    if role is not None and not is_role_name(role):
        raise SettingRefused("settings.bad_role", variable=name, value=role)
    return role


def _read_choice(given: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    """One of the choices, the first where nothing is given."""
    choice = given.get(name) or choices[0]
    if choice not in choices:
        raise SettingRefused("settings.bad_choice", variable=name, value=choice, choices=" / ".join(choices))
    return choice
