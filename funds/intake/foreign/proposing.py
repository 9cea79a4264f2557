"""Proposes what each table of a file becomes, and says for each column why."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from funds.dates import DateFault
from funds.intake.columns import Kind
from funds.intake.foreign.concepts import Likeness
from funds.intake.foreign.days import read_day
from funds.intake.foreign.mapping import Feed, Mappings, PartMapping, TableMapping
from funds.intake.foreign.parts import PARTS, Part
from funds.intake.foreign.tables import FoundTable
from funds.intake.foreign.totals import compare_totals
from funds.intake.sheets import SHEET_BY_TITLE

_SUMMARY = re.compile("汇总|总表|总览|一览|统计|合计")
_DAY_IN_HEADING = re.compile(
    r"(\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*[日号]?)|(\d{4})\s*年?\s*(?:第?\s*([1-4一二三四])\s*季度|[Qq]([1-4]))"
)
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_WHY = {
    Likeness.SAME: "foreign.why_same",
    Likeness.HOLDS: "foreign.why_holds",
    Likeness.ALIKE: "foreign.why_alike",
}
BY_HEADING, BY_USUAL = "foreign.why_heading", "foreign.why_usual"


def propose_mappings(tables: Sequence[FoundTable], known_names: Mapping[str, str] | None = None) -> Mappings:
    """A mapping for each table; `known_names` are names of funds and parks (folded) to their codes.

    A table on a sheet that calls itself a summary is left out where another table has rows of its own.
    """
    has_details = sum(not _calls_itself_summary(table) and bool(table.rows) for table in tables)
    return tuple(
        TableMapping(is_summary=True)
        if _calls_itself_summary(table) and has_details
        else _propose_one(table, known_names or {})
        for table in tables
    )


def offer_parts(table: FoundTable, known_names: Mapping[str, str] | None = None) -> TableMapping:
    """What every sheet of the trade would take from a table, whether or not it looks like one of them."""
    return _propose_one(table, known_names or {}, is_offer=True)


def find_heading_day(table: FoundTable) -> date | None:
    """The day that the words above a table name (截至2025年12月31日), or the last of the quarter they name."""
    for text in (*table.heading, table.grid.title):
        found = _DAY_IN_HEADING.search(text)
        if found is None:
            continue
        if found[1]:
            try:
                return read_day(re.sub(r"\s", "", found[1]))
            except DateFault:
                continue
        quarter = _QUARTERS[found[3] or found[4]]
        year, month = int(found[2]) + quarter // 4, quarter * 3 % 12 + 1
        return date(year, month, 1) - timedelta(days=1)
    return None


def check_summaries(
    tables: Sequence[FoundTable], mappings: Mappings
) -> Iterator[tuple[FoundTable, bool | None]]:
    """Each table that is a summary, with whether a total of its own agrees (None where it states none)."""
    for table, mapping in zip(tables, mappings, strict=True):
        if mapping.is_summary:
            stated = compare_totals(table)
            yield table, all(one.agrees for one in stated) if stated else None


def _calls_itself_summary(table: FoundTable) -> bool:
    return bool(_SUMMARY.search(table.grid.title))


def _propose_one(
    table: FoundTable, known_names: Mapping[str, str], *, is_offer: bool = False
) -> TableMapping:
    concepts = {column.concept for column in table.columns if column.concept}
    given = _read_heading(table, known_names)
    parts: list[PartMapping] = []
    why: dict[str, str] = {}
    for part in PARTS:
        if not is_offer and not _fits(part, concepts):
            continue
        feeds, reasons = _feed(part, table, given)
        parts.append(PartMapping(part.sheet, feeds))
        why.update({f"{part.sheet}.{title}": reason for title, reason in reasons.items()})
    return TableMapping(tuple(parts), why=why)


def _fits(part: Part, concepts: set[str]) -> bool:
    return not part.without & concepts and all(group & concepts for group in part.needs)


def _feed(part: Part, table: FoundTable, given: Mapping[str, str]) -> tuple[dict[str, Feed], dict[str, str]]:
    feeds: dict[str, Feed] = {}
    reasons: dict[str, str] = {}
    for column in SHEET_BY_TITLE[part.sheet].columns:
        concepts = part.columns.get(column.title, ())
        at = next((place for concept in concepts if (place := table.find(concept)) is not None), None)
        if at is not None:
            feeds[column.title] = Feed(at)
            meaning = table.columns[at].title.meaning
            reasons[column.title] = _WHY[meaning.likeness] if meaning else BY_USUAL
            continue
        named = next((given[concept] for concept in concepts if concept in given), "")
        if not named and column.kind is Kind.DATE and column.required:
            named = given.get("day", "")
        if named:
            feeds[column.title], reasons[column.title] = Feed(words=named), BY_HEADING
        elif column.title in part.words:
            feeds[column.title], reasons[column.title] = Feed(words=part.words[column.title]), BY_USUAL
    return feeds, reasons


def _read_heading(table: FoundTable, known_names: Mapping[str, str]) -> dict[str, str]:
    """What the words above a table, or its sheet's name, say of every row: which fund, which park, which day."""
    given: dict[str, str] = {}
    texts = [re.sub(r"\s", "", text) for text in (*table.heading, table.grid.title)]
    for name, code in sorted(known_names.items(), key=lambda one: -len(one[0])):
        concept, _, bare = code.partition(":")
        if concept not in given and any(name in text for text in texts):
            given[concept] = bare
    day = find_heading_day(table)
    if day:
        given["day"] = day.isoformat()
    return given
