"""Drafts of a quarter's collection: filings, control totals, reminders, and what two people do to a locked quarter."""

from dataclasses import dataclass

from funds.drafts.place import Draft


@dataclass(frozen=True, kw_only=True)
class QuarterDraft(Draft):
    """A fund and one of its quarters, as `2025-Q4`."""

    fund: str
    quarter: str


@dataclass(frozen=True, kw_only=True)
class FilingDraft(QuarterDraft):
    """The manager says that the quarter is filed."""

    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class ControlTotalDraft(QuarterDraft):
    """What `fund`, the mother, paid into a child and got back in the quarter, as positive amounts."""

    child: str
    called_fen: int
    distributed_fen: int


@dataclass(frozen=True, kw_only=True)
class ReminderDraft(QuarterDraft):
    """A reminder to the fund's manager."""

    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class LockDraft(QuarterDraft):
    """Lock the quarter once its checks hold."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class UnlockDraft(QuarterDraft):
    """Open a locked quarter again."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class LateDraft(QuarterDraft):
    """Drafts of one class for a locked quarter (补录): `noun` is the class, `payload` their canonical text."""

    noun: str
    payload: str
    reason: str
