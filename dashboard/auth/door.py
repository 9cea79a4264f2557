"""The door of one book: the book, the rules of entry, and the key that second factors are made with."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dashboard.auth.access_rules import AccessRules, Profile, read_access_rules
from dashboard.auth.kept_keys import read_kept_key
from dashboard.settings import Settings
from funds.book import Book
from funds.kinds import BookKind


@dataclass(frozen=True)
class Door:
    """What every way in and out needs to know."""

    book: Book
    settings: Settings

    @cached_property
    def rules(self) -> AccessRules:
        """How strict the door is."""
        return read_access_rules(self.settings)

    @property
    def profile(self) -> Profile:
        """What is asked of passwords and second factors."""
        return self.rules.profile

    @property
    def needs_factor(self) -> bool:
        """Whether everybody must have a second factor; a demo, whose data are made up, asks for none."""
        return self.profile.needs_factor and self.book.kind != BookKind.DEMO.value

    @cached_property
    def factor_key(self) -> bytes:
        """The key that second factors are made with; never in the database."""
        given = self.settings.factor_key
        return (given or read_kept_key(factor_key_path(self.settings))).encode("ascii", "backslashreplace")


def factor_key_path(settings: Settings) -> Path:
    """Where that key is kept unless the environment gives one."""
    return settings.state / "second_factor.key"
