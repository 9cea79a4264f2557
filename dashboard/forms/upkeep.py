"""The forms by which records are kept: how each field is read, and the draft that they make together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.forms.upkeep_sheets import FROM, EditField, EditSheet, How
from funds.dates import parse_date
from funds.drafts import CompanyDraft, Draft
from funds.drafts.proposals import ChangedValue, Scalar
from funds.errors import RulesBroken
from funds.faults import ValueFault
from funds.measures import MICRO, format_scaled, parse_figure, parse_percent, parse_whole
from funds.money import Unit, format_fen, parse_money
from funds.problems import Problem, fatal

LONGEST = 2_000
PPM_OF_PERCENT = 10**4
YES = "yes"


@dataclass(frozen=True)
class ReadForm:
    """A form without a fault: values by column (things by their codes), and the reason."""

    values: Mapping[str, object]
    reason: str

    def changed_values(self, sheet: EditSheet, ids: Mapping[str, Mapping[str, int]]) -> list[ChangedValue]:
        """What the form says as the columns hold it: things by their ids."""
        said = []
        for column, value in self.values.items():
            # The day from which a fact holds is a field of its own on sheets that always have one.
            field = next((one for one in sheet.fields if one.column == column), FROM)
            found = ids[field.of].get(str(value)) if field.how is How.THING and value is not None else value
            said.append(ChangedValue(column, _plain(found)))
        return said

    def make_draft(self, sheet: EditSheet, code: str, name: str) -> Draft:
        """The draft that the verb behind the sheet takes; a firm's name is a fact of the institution."""
        fields = {one.name: self.values[one.column] for one in sheet.fields}
        if sheet.draft is CompanyDraft:
            fields["name"] = name
        return sheet.draft(**{**fields, "from_date": self.values[FROM.column], sheet.subject: code})  # type: ignore[arg-type]


def list_fields(sheet: EditSheet, *, is_dated: bool) -> Sequence[EditField]:
    """The fields of a sheet, with the day from which it holds where that is asked for."""
    return sheet.fields if not is_dated or FROM in sheet.fields else (*sheet.fields, FROM)


def read_form(
    sheet: EditSheet,
    texts: Mapping[str, str],
    things: Mapping[str, Mapping[str, int]],
    *,
    is_dated: bool,
) -> ReadForm:
    """What the fields say; everything that is wrong is told at once, field by field."""
    problems: list[Problem] = []
    values: dict[str, object] = {}
    for field in list_fields(sheet, is_dated=is_dated):
        text = clean_text(texts.get(field.column, ""))
        if not text and field.how is not How.TICK:
            values[field.column] = None
            if field.is_needed:
                problems.append(fatal("upkeep.missing", f"form:{field.column}"))
            continue
        try:
            values[field.column] = _read(field, text, things)
        except ValueFault as fault:
            problems.append(fatal(fault.code, f"form:{field.column}", **fault.params))
    reason = clean_text(texts.get("reason", ""))
    if not reason:
        problems.append(fatal("upkeep.missing_reason", "form:reason"))
    if problems:
        raise RulesBroken(problems)
    return ReadForm(values, reason)


def write_field(field: EditField, value: object, codes: Mapping[str, Mapping[int, str]]) -> str:
    """What a field holds for a value of the book."""
    if value is None or value is False:
        return ""
    if value is True:
        return YES
    if field.how is How.THING and isinstance(value, int):
        return codes[field.of].get(value, "")
    if isinstance(value, int):
        return _WRITERS.get(field.how, str)(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def clean_text(text: str) -> str:
    """What was typed, fit for the book."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()[:LONGEST]


def _read(field: EditField, text: str, things: Mapping[str, Mapping[str, int]]) -> object:
    if field.how is How.TICK:
        return text == YES
    if field.how is How.KIND and field.kind is not None:
        if text not in {one.value for one in field.kind}:
            raise ValueFault("upkeep.no_such_choice", text=text[:20])
        return field.kind(text)
    if field.how is How.THING:
        if text not in things[field.of]:
            raise ValueFault("upkeep.no_such_choice", text=text[:20])
        return text
    return _READERS.get(field.how, str)(text)


def _plain(value: object) -> Scalar:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int) else None


_READERS: Mapping[How, Callable[[str], object]] = {
    How.DAY: parse_date,
    How.MONEY: lambda text: parse_money(text, Unit.WAN),
    How.SHARE: parse_percent,
    How.FIGURE: parse_figure,
    How.WHOLE: parse_whole,
}
_WRITERS: Mapping[How, Callable[[int], str]] = {
    How.MONEY: lambda fen: format_fen(fen, Unit.WAN, grouped=False),
    How.SHARE: lambda ppm: format_scaled(ppm, PPM_OF_PERCENT),
    How.FIGURE: lambda value: format_scaled(value, MICRO),
}
