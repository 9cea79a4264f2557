"""How strict the door is: two profiles, and what the settings make of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from dashboard.auth.attempts import LockRule
from dashboard.auth.sessions import Limits
from dashboard.settings import Settings


@dataclass(frozen=True)
class Profile:
    """What passwords must be, whether a second factor is everybody's duty, and how long a session may lie idle.

    `kinds` is of how many kinds (small, capital, digit, other) the signs of a password must be.
    """

    name: str
    shortest: int
    kinds: int
    password_age: timedelta | None
    needs_factor: bool
    longest_idle: int | None  # minutes
    longest_session: int | None  # hours


# ASVS 5.0 forbids what 等保2.0 asks of passwords (kinds of signs, regular change): a house follows one of them.
ASVS = Profile("asvs", 10, 1, None, False, None, None)
DENGBAO = Profile("dengbao", 12, 3, timedelta(days=90), True, 15, 8)
PROFILES: Mapping[str, Profile] = {profile.name: profile for profile in (ASVS, DENGBAO)}


@dataclass(frozen=True)
class AccessRules:
    """A profile with the lock and the timeouts that the settings ask for."""

    profile: Profile
    lock: LockRule
    limits: Limits


def read_access_rules(settings: Settings) -> AccessRules:
    """The rules that the settings ask for."""
    lock = LockRule(
        settings.login_failures, settings.address_failures, timedelta(minutes=settings.lock_minutes)
    )
    limits = Limits(timedelta(minutes=settings.idle_minutes), timedelta(hours=settings.session_hours))
    return AccessRules(PROFILES[settings.profile], lock, limits)


DEFAULT_RULES = AccessRules(
    ASVS, LockRule(5, 20, timedelta(minutes=15)), Limits(timedelta(minutes=30), timedelta(hours=8))
)
