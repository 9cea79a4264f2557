"""What other programs ask for in an address, and the question that it becomes."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dashboard.api.values import YEAR, Day
from dashboard.pages.context import BadAddress
from dashboard.pages.scope_choice import read_scope
from dashboard.readings.industries.alignment import TagMode
from dashboard.readings.money.capital import SoeTreatment
from dashboard.readings.money.leverage import LeverageOptions
from dashboard.reports.question import Question, find_misuse
from funds.kinds import Basis, GovernmentLevel
from funds.queries.scopes import Scope

MOST = 500
SCOPE = r"^(city|(park|fund|manager|industry|company):[^\x00-\x1f\x7f]{1,1000})$"
KNOWN = rf"^([0-9]{{1,15}}|{YEAR}-[0-9]{{2}}-[0-9]{{2}}T[0-9:.]{{5,15}}(Z|[+-][0-9]{{2}}:[0-9]{{2}})?)$"
AGAINST = rf"^park:[^\x00-\x1f\x7f@]{{1,64}}@{YEAR}-[0-9]{{2}}-[0-9]{{2}}$"
_VERSION = re.compile(r"[0-9]+")
Switch = Literal["true", "false"]


class Asked(BaseModel):
    """Parts of an address: nothing but what is named."""

    model_config = ConfigDict(extra="forbid")


class KnownAsked(Asked):
    """As known when: a version, an instant, or now."""

    as_known: Annotated[str, Field(pattern=KNOWN, examples=["17"])] | None = None

    @property
    def known(self) -> int | datetime | None:
        """The version or the instant."""
        return read_known(self.as_known)


class ReportAsked(KnownAsked):
    """The options of a report, those of the command `report`."""

    as_of: Day
    scope: Annotated[str, Field(pattern=SCOPE, examples=["fund:F01,F02"])] = "city"
    basis: Basis | None = None
    definition: Annotated[str, Field(pattern=r"^[A-Z]{1,3}[0-9]{2}[a-z]?$")] | None = None
    soe: SoeTreatment = SoeTreatment.APART
    fiscal_level: GovernmentLevel | None = None
    mode: TagMode = TagMode.PRIMARY
    look_through: Switch = "false"
    since: Annotated[Day | None, Field(alias="from")] = None
    against: Annotated[str, Field(pattern=AGAINST, examples=["park:P02@2024-12-31"])] | None = None


class ListAsked(KnownAsked):
    """A part of a list: those after a code, so many of them, as of a day."""

    as_of: Day | None = None
    after: Annotated[str, Field(max_length=64)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100


class RevisionsAsked(KnownAsked):
    """A part of the trail: the changes before a version, newest first."""

    before: Annotated[int, Field(ge=1, le=2**53)] | None = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = 100


class DefinitionsAsked(KnownAsked):
    """All of them."""


def make_question(report: str, asked: ReportAsked) -> Question:
    """The question; refuses options that the report does not have."""
    question = Question(
        report,
        asked.as_of,
        read_scope(asked.scope),
        LeverageOptions(asked.basis, asked.soe, asked.fiscal_level),
        asked.mode,
        asked.definition,
        asked.known,
        asked.look_through == "true",
        asked.since,
        _read_against(asked.against) if asked.against else None,
    )
    fault = find_misuse(question)
    if fault:
        raise BadAddress(fault, report=report)
    return question


def read_known(text: str | None) -> int | datetime | None:
    """A version or an instant from its text; an instant without a zone is one of UTC."""
    if text is None:
        return None
    if _VERSION.fullmatch(text):
        return int(text)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as fault:
        raise BadAddress("api.bad_instant", text=text) from fault
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _read_against(text: str) -> tuple[Scope, date]:
    label, _, day = text.rpartition("@")
    scope = read_scope(label)
    try:
        on = date.fromisoformat(day)
    except ValueError as fault:
        raise BadAddress("page.bad_day", text=day) from fault
    return scope, on
