"""Drafts of policy rows, definition versions, national codes and crosswalks."""

from dataclasses import dataclass
from datetime import date

from funds.drafts.place import Draft
from funds.kinds import Confirmation


@dataclass(frozen=True, kw_only=True)
class PolicyDraft(Draft):
    """A threshold, target, weight or choice: a number × 1e6 or words, with document and clause."""

    pack: str
    code: str
    name: str
    from_date: date
    document: str
    value_e6: int | None = None
    words: str | None = None
    unit: str | None = None
    to_date: date | None = None
    clause: str | None = None
    confirmation: Confirmation = Confirmation.UNCHECKED


@dataclass(frozen=True, kw_only=True)
class DefinitionDraft(Draft):
    code: str
    version: int
    digest: str
    from_date: date


@dataclass(frozen=True, kw_only=True)
class NationalIndustryDraft(Draft):
    edition: str
    code: str
    level: str
    name: str
    parent_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class CrosswalkDraft(Draft):
    industry: str
    national_code: str
    is_partial: bool = False
    confirmation: Confirmation = Confirmation.UNCHECKED
    basis: str | None = None
    from_date: date | None = None
    segment: str | None = None
