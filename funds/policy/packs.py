"""Policy packs: thresholds, targets and choices as dated rows, each with its document and place."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from funds.drafts import Place, PolicyDraft
from funds.kinds import Confirmation
from funds.measures import MeasureFault, parse_figure
from funds.policy.packaged import read_tables

PACKS = (
    "hangzhou_2022_draft.toml",
    "hangzhou_2022_final.toml",
    "hangzhou_funds.toml",
    "national.toml",
    "zhejiang.toml",
    "tracker.toml",
    "second_person.toml",
    "valuation.toml",
    "quarters.toml",
    "reminders.toml",
    "retention.toml",
)


def load_policies() -> list[PolicyDraft]:
    """The rows of every packaged pack, older packs of a name first."""
    return [draft for name in PACKS for draft in read_pack(name, read_tables(name))]


def read_pack(name: str, pack: Mapping[str, Any]) -> list[PolicyDraft]:
    """The rows of one pack; document, date and confirmation of the pack hold where a row has none."""
    return [
        read_row(Place(name, number), {**defaults_of(pack), **row})
        for number, row in enumerate(pack["row"], 1)
    ]


def defaults_of(pack: Mapping[str, Any]) -> dict[str, Any]:
    """What a row inherits from its pack."""
    return {field: value for field, value in pack.items() if field != "row"}


def read_row(place: Place, row: Mapping[str, Any]) -> PolicyDraft:
    """One row as a draft: a number or words, never both, never neither."""
    if ("value" in row) == ("words" in row):
        raise ValueError(f"{place.origin}: {row['code']} needs either value or words")
    return PolicyDraft(
        place=place,
        pack=row["pack"],
        code=row["code"],
        name=row["name"],
        value_e6=scale_value(row["value"], place) if "value" in row else None,
        words=row.get("words"),
        unit=row.get("unit"),
        from_date=date_of(row["from"]),
        to_date=date_of(row["to"]) if "to" in row else None,
        document=row["document"],
        clause=row.get("clause"),
        confirmation=Confirmation(row["confirmation"]),
    )


def scale_value(text: str, place: Place) -> int:
    """A decimal string × 1e6, exactly."""
    try:
        return parse_figure(text)
    except MeasureFault as fault:
        raise ValueError(f"{place.origin}: {text!r} is no figure of at most six decimals") from fault


def date_of(value: object) -> date:
    """A TOML date; anything else in a pack is a mistake of its author."""
    if type(value) is not date:
        raise ValueError(f"{value!r} is not a date")
    return value
