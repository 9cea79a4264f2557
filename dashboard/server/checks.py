"""What must be right before the server starts; each problem names what to set or to run."""

import os
import secrets
from pathlib import Path

from dashboard.settings import Settings
from funds.book import LOCAL, Book, find_person
from funds.errors import NotAllowed, RulesBroken
from funds.problems import Problem, fatal

SECRET = "FUNDTRACKER_SECRET_KEY"  # noqa: S105 (the name of the variable, not a secret)
SHORTEST_KEY = 32
FEWEST_SIGNS = 10
SAMPLES = ("change", "secret", "sample", "example", "default", "password", "replace")


class UnsafeStart(RulesBroken):
    """The server does not start like this; `problems` says why."""

    status = 503


def refuse_unsafe(book: Book, settings: Settings) -> None:
    """Raise unless the configuration is safe for whoever can reach the server."""
    problems = check_configuration(settings)
    if not settings.is_local and has_local(book):
        problems.append(fatal("start.local_active", LOCAL, person=LOCAL))
    if problems:
        raise UnsafeStart(problems)


def check_configuration(settings: Settings) -> list[Problem]:
    """What is unsafe in the settings alone."""
    problems = [fatal("start.foreign_switch", name, variable=name) for name in settings.foreign_switches]
    if settings.debug and not settings.is_local:
        problems.append(fatal("start.debug_exposed", "FUNDTRACKER_DEBUG", variable="FUNDTRACKER_DEBUG"))
    if settings.secret_key is not None:
        problems += check_key(settings.secret_key)
    elif settings.is_local:
        problems += check_key_file(key_path(settings))
    else:
        problems.append(fatal("start.secret_missing", SECRET, variable=SECRET))
    return problems


def check_key(key: str) -> list[Problem]:
    """Whether a given key is long, varied, and nobody's sample."""
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS:
        return [fatal("start.secret_weak", SECRET, variable=SECRET, shortest=SHORTEST_KEY)]
    sample = next((word for word in SAMPLES if word in key.lower()), None)
    return [fatal("start.secret_sample", SECRET, variable=SECRET, word=sample)] if sample else []


def check_key_file(path: Path) -> list[Problem]:
    """Whether a key that was kept is still nobody else's to read."""
    if path.exists() and path.stat().st_mode & 0o077:
        return [fatal("start.secret_file_open", str(path), path=path)]
    return []


def key_path(settings: Settings) -> Path:
    """Where the key of a server for this machine only is kept."""
    return settings.state / "secret.key"


def read_key(settings: Settings) -> str:
    """The key that signs forms: the one given, else one kept for this user, made at first use."""
    if settings.secret_key is not None:
        return settings.secret_key
    path = key_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def has_local(book: Book) -> bool:
    """Whether the person with every business right is active."""
    with book.look() as look:
        try:
            find_person(look.connection, LOCAL, look.version)
        except NotAllowed:
            return False
    return True
