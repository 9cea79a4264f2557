"""What other programs get, field by field; a reading's rows carry what their table needs."""

from typing import Any, Literal

from pydantic import Field

from dashboard.api.values import Given, Money


class ProblemGiven(Given):
    """One thing that is wrong; `where` is a JSON pointer into what was sent, empty for all of it."""

    code: str
    where: str
    severity: Literal["fatal", "warning"]
    message: str
    params: dict[str, str]


class Fault(Given):
    """Why nothing was done: a code, its words, and every problem where there are several."""

    code: str
    message: str
    problems: list[ProblemGiven] = Field(default=[])
    incident: str = ""


class FigureGiven(Given):
    """One figure; an amount is text of 元, a ratio or a rate text too, and what cannot be said has its reason."""

    code: str
    label: str
    basis: str
    definition_version: int | None
    value: str | int | None
    reason: str | None
    numerator: str | int | None
    denominator: str | int | None
    entries: list[str]


class ReportGiven(Given):
    """A report as the command writes it, with amounts in 元."""

    report: str
    scope: str
    as_of: str
    version: int
    unit: Literal["yuan"]
    figures: list[FigureGiven]
    rows: list[dict[str, Any]]


class FundGiven(Given):
    """A fund as of a day."""

    code: str
    name: str
    vehicle_type: str
    status: str | None
    established: str
    manager: str | None
    target_size: Money | None
    parks: list[str]


class ParkGiven(Given):
    """A park as of a day."""

    code: str
    name: str
    level: str | None
    district: str | None


class NamedGiven(Given):
    """Something by code and name."""

    code: str
    name: str


class RevisionGiven(Given):
    """One change of the book; the reason is null where it is not this person's to read."""

    version: int
    recorded_at: str
    action: str
    reason: str | None
    reverses: int | None
    reversed_by: int | None
    hash: str


class DefinitionGiven(Given):
    """A definition of a figure, with the version that holds."""

    code: str
    name: str
    definition_version: int | None


class ListGiven(Given):
    """What all lists say: the version they were read at, and where the next part begins."""

    version: int
    next: str | None


class FundsGiven(ListGiven):
    """Funds by code."""

    funds: list[FundGiven]


class ParksGiven(ListGiven):
    """Parks by code."""

    parks: list[ParkGiven]


class CompaniesGiven(ListGiven):
    """Firms by code."""

    companies: list[NamedGiven]


class IndustriesGiven(ListGiven):
    """Industries by code."""

    industries: list[NamedGiven]


class RevisionsGiven(ListGiven):
    """Changes, newest first."""

    revisions: list[RevisionGiven]


class DefinitionsGiven(Given):
    """Definitions by code."""

    version: int
    definitions: list[DefinitionGiven]


class RecordedGiven(Given):
    """What was recorded; `version` is null where the book held all of it before and nothing was written."""

    version: int | None
    new: int
    same: int
    total: Money
    warnings: list[ProblemGiven]
