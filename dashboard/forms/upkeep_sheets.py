"""Which fields the facts of funds, institutions, firms and parks have on the screen where they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from funds.drafts import (
    CompanyDraft,
    Draft,
    FundDraft,
    FundParkDraft,
    FundTermDraft,
    NatureDraft,
    ParkDraft,
    ParkIndustryDraft,
    PartyDraft,
)
from funds.kinds import FundClass, FundStatus, GovernmentLevel, Nature, ParkRelation, VehicleType


class How(StrEnum):
    """What a field takes: words, a day, an amount, a share, a figure, a whole number, a choice or a thing."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    MONEY = "money"
    SHARE = "share"
    FIGURE = "figure"
    WHOLE = "whole"
    KIND = "kind"
    THING = "thing"
    TICK = "tick"


@dataclass(frozen=True)
class EditField:
    """One field, called like its column; `kind` are the values of a choice, `of` the things to choose among."""

    column: str
    how: How = How.TEXT
    is_needed: bool = False
    kind: type[StrEnum] | None = None
    of: str = ""

    @property
    def name(self) -> str:
        """The draft's field behind the column."""
        return self.column.removesuffix("_id")


@dataclass(frozen=True)
class EditSheet:
    """The form of one table: its fields, whose facts they are, and the draft that they make.

    `thing` is the column that points at whose facts they are, `subject` the draft's field for its code.
    """

    table: str
    thing: str
    subject: str
    draft: type[Draft]
    fields: tuple[EditField, ...]
    is_listed: bool = False  # a thing may have several, and more can be added

    def field(self, column: str) -> EditField:
        """The field of a column."""
        return next(one for one in self.fields if one.column == column)


FROM = EditField("from_date", How.DAY, is_needed=True)
TO = EditField("to_date", How.DAY)
SHEETS: Mapping[str, EditSheet] = {
    sheet.table: sheet
    for sheet in (
        EditSheet(
            "fund_fact",
            "fund_id",
            "code",
            FundDraft,
            (
                EditField("name", is_needed=True),
                EditField("vehicle_type", How.KIND, is_needed=True, kind=VehicleType),
                EditField("fund_class", How.KIND, kind=FundClass),
                EditField("legal_form"),
                EditField("level", How.KIND, kind=GovernmentLevel),
                EditField("manager_id", How.THING, of="party"),
                EditField("custodian_id", How.THING, of="party"),
                EditField("target_size_fen", How.MONEY),
                EditField("established", How.DAY, is_needed=True),
                EditField("invest_end", How.DAY),
                EditField("exit_end", How.DAY),
                EditField("extension_end", How.DAY),
                EditField("status", How.KIND, kind=FundStatus),
                EditField("filing_no"),
            ),
        ),
        EditSheet(
            "fund_term",
            "fund_id",
            "fund",
            FundTermDraft,
            (
                EditField("term", is_needed=True),
                EditField("value_e6", How.FIGURE),
                EditField("unit"),
                EditField("words", How.LONG),
                EditField("clause"),
                FROM,
            ),
            is_listed=True,
        ),
        EditSheet(
            "party_fact",
            "party_id",
            "code",
            PartyDraft,
            (
                EditField("name", is_needed=True),
                EditField("credit_code"),
                EditField("former_names", How.LONG),
                EditField("kind"),
                EditField("manager_registration"),
                EditField("registered_in"),
            ),
        ),
        EditSheet(
            "party_nature",
            "party_id",
            "party",
            NatureDraft,
            (
                EditField("nature", How.KIND, is_needed=True, kind=Nature),
                EditField("level", How.KIND, kind=GovernmentLevel),
                EditField("sub_type"),
                EditField("is_fiscal_injection", How.TICK),
                EditField("evidence", How.LONG),
                FROM,
            ),
            is_listed=True,
        ),
        EditSheet(
            "company_fact",
            "company_id",
            "code",
            CompanyDraft,
            (
                EditField("national_code"),
                EditField("park_id", How.THING, of="park"),
                EditField("produces_in"),
                EditField("ownership"),
                EditField("size_tags"),
                EditField("established", How.DAY),
            ),
        ),
        EditSheet(
            "park_fact",
            "park_id",
            "code",
            ParkDraft,
            (EditField("name", is_needed=True), EditField("level"), EditField("district")),
        ),
        EditSheet(
            "park_industry",
            "park_id",
            "park",
            ParkIndustryDraft,
            (
                EditField("industry_id", How.THING, is_needed=True, of="industry"),
                EditField("rank", How.WHOLE, is_needed=True),
                FROM,
                TO,
                EditField("basis", How.LONG),
            ),
            is_listed=True,
        ),
        EditSheet(
            "fund_park",
            "fund_id",
            "fund",
            FundParkDraft,
            (
                EditField("park_id", How.THING, of="park"),
                EditField("relation", How.KIND, is_needed=True, kind=ParkRelation),
                EditField("share_ppm", How.SHARE, is_needed=True),
                FROM,
                TO,
            ),
            is_listed=True,
        ),
    )
}
