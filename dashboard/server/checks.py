"""What must be right before the server starts; each problem names what to set or to run."""

from pathlib import Path

from sqlalchemy import or_, select

from dashboard.auth.access_rules import PROFILES
from dashboard.auth.door import factor_key_path
from dashboard.auth.kept_keys import read_kept_key
from dashboard.settings import Settings
from funds.book import LOCAL, OPEN, Book, find_person, visible
from funds.book.app_role import read_standing
from funds.errors import NotAllowed, RulesBroken
from funds.kinds import BookKind, Role
from funds.models import Membership, PersonFact
from funds.problems import Problem, fatal

SECRET = "FUNDTRACKER_SECRET_KEY"  # noqa: S105 (the name of the variable, not a secret)
FACTOR_KEY = "FUNDTRACKER_FACTOR_KEY"
IDLE, LENGTH = "FUNDTRACKER_IDLE_MINUTES", "FUNDTRACKER_SESSION_HOURS"
POSTS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
SHORTEST_KEY = 32
FEWEST_SIGNS = 10
SAMPLES = ("change", "secret", "sample", "example", "default", "password", "replace")


class UnsafeStart(RulesBroken):
    """The server does not start like this; `problems` says why."""

    status = 503


def refuse_unsafe(book: Book, settings: Settings) -> None:
    """Raise unless the configuration is safe for whoever can reach the server."""
    problems = check_configuration(settings) + check_role(book, settings)
    if not settings.is_local and has_local(book):
        problems.append(fatal("start.local_active", LOCAL, person=LOCAL))
    if settings.profile == "dengbao" and not settings.is_local and book.kind != BookKind.DEMO.value:
        problems += [fatal("start.post_vacant", post, post=post) for post in vacant_posts(book)]
    if problems:
        raise UnsafeStart(problems)


def check_configuration(settings: Settings) -> list[Problem]:
    """What is unsafe in the settings alone."""
    problems = [fatal("start.foreign_switch", name, variable=name) for name in settings.foreign_switches]
    if settings.debug and not settings.is_local:
        problems.append(fatal("start.debug_exposed", "FUNDTRACKER_DEBUG", variable="FUNDTRACKER_DEBUG"))
    problems += check_times(settings)
    if settings.factor_key is not None:
        problems += check_key(settings.factor_key, FACTOR_KEY)
    else:
        problems += check_key_file(factor_key_path(settings))
    if settings.secret_key is not None:
        problems += check_key(settings.secret_key)
    elif settings.is_local:
        problems += check_key_file(key_path(settings))
    else:
        problems.append(fatal("start.secret_missing", SECRET, variable=SECRET))
    return problems


def check_role(book: Book, settings: Settings) -> list[Problem]:
    """Whether the database's own wall holds for the role that the server is connected as."""
    standing = read_standing(book.engine)
    if standing is None:
        return []
    if standing.is_unbound:
        return [fatal("start.role_unbound", standing.name, role=standing.name)]
    if standing.is_owner and not settings.is_local:
        return [fatal("start.role_owner", standing.name, role=standing.name)]
    return []


def check_times(settings: Settings) -> list[Problem]:
    """Whether sessions end as soon as the profile asks."""
    profile = PROFILES[settings.profile]
    longest = (
        (IDLE, settings.idle_minutes, profile.longest_idle),
        (LENGTH, settings.session_hours, profile.longest_session),
    )
    return [
        fatal("start.session_long", name, variable=name, value=value, longest=limit, profile=profile.name)
        for name, value, limit in longest
        if limit is not None and value > limit
    ]


def check_key(key: str, variable: str = SECRET) -> list[Problem]:
    """Whether a given key is long, varied, and nobody's sample."""
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS:
        return [fatal("start.secret_weak", variable, variable=variable, shortest=SHORTEST_KEY)]
    sample = next((word for word in SAMPLES if word in key.lower()), None)
    return [fatal("start.secret_sample", variable, variable=variable, word=sample)] if sample else []


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
    return settings.secret_key if settings.secret_key is not None else read_kept_key(key_path(settings))


def has_local(book: Book) -> bool:
    """Whether the person with every business right is active."""
    with book.look(sight=OPEN) as look:
        try:
            find_person(look.connection, LOCAL, look.version)
        except NotAllowed:
            return False
    return True


def vacant_posts(book: Book) -> list[Role]:
    """Which of the three administrators' posts nobody holds today."""
    today = book.today()
    with book.look(sight=OPEN) as look:
        query = (
            select(Membership.role)
            .join(PersonFact, PersonFact.person_id == Membership.person_id)
            .where(
                Membership.from_date <= today,
                or_(Membership.to_date.is_(None), Membership.to_date > today),
                visible(Membership, look.version),
                PersonFact.active,
                visible(PersonFact, look.version),
            )
        )
        filled = set(look.connection.execute(query).scalars())
    return [post for post in POSTS if post not in filled]
