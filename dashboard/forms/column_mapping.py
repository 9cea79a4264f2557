"""What somebody said about the columns of a file of any layout: read from the fields, checked, and kept as said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import orjson

from dashboard.forms.typed import clean_text
from funds.errors import NotFound
from funds.intake.foreign.mapping import (
    Feed,
    Mappings,
    PartMapping,
    TableMapping,
    Tabular,
    read_mappings,
    write_mappings,
)
from funds.intake.foreign.proposing import BY_HEADING
from funds.intake.sheets import SHEET_BY_TITLE
from funds.problems import Problem, fatal

WHY_LAST, WHY_YOURS = "import_mapping.why_last", "import_mapping.why_yours"
LONGEST_WORDS = 200
SPLIT = "|"
MOST_DIGITS = 7


class Use(StrEnum):
    """What becomes of a table: its rows come in, or only its totals are compared, or it stays out."""

    TAKE = "take"
    SUMMARY = "summary"
    LEAVE = "leave"


@dataclass(frozen=True)
class ColumnMapping:
    """What was said so far: what each table is used for, and what its columns become if it is taken."""

    mappings: Mappings
    uses: tuple[Use, ...]

    @property
    def settled(self) -> Mappings:
        """Without what is not used and columns that nothing feeds."""
        return tuple(_settle(mapping, use) for mapping, use in zip(self.mappings, self.uses, strict=True))


@dataclass(frozen=True)
class TypedFeed:
    """One line of the form: `投资` and `金额` of a table, the number of a column, or the words for every row."""

    table: int
    sheet: str
    title: str
    column: str = ""
    words: str = ""


def place_of(table: int, sheet: str, title: str = "") -> str:
    """What a line is called in the form."""
    return SPLIT.join((str(table), sheet, title) if title else (str(table), sheet))


def propose(proposed: Mappings) -> ColumnMapping:
    """What is said before anybody has said anything."""
    uses = (Use.SUMMARY if one.is_summary else Use.TAKE if one.parts else Use.LEAVE for one in proposed)
    return ColumnMapping(proposed, tuple(uses))


def recall(last: ColumnMapping, proposed: Mappings) -> ColumnMapping:
    """What was said of the same layout last time; words above a table of this file go before those of the last."""
    mappings = tuple(_recall_table(one, now) for one, now in zip(last.mappings, proposed, strict=True))
    return ColumnMapping(mappings, last.uses)


def read_feeds(
    before: ColumnMapping, uses: Mapping[int, Use], typed: Sequence[TypedFeed], widths: Sequence[int]
) -> ColumnMapping:
    """What the fields say; a line that says otherwise than before was chosen by the person."""
    given = {(one.table, one.sheet, one.title): one for one in typed}
    mappings = tuple(
        _read_table(mapping, at, given, widths[at]) for at, mapping in enumerate(before.mappings)
    )
    return ColumnMapping(mappings, tuple(uses.get(at, use) for at, use in enumerate(before.uses)))


def check_mapping(said: ColumnMapping) -> list[Problem]:
    """Everything that keeps a mapping from being applied, beside the line that it is about."""
    if not any(mapping.parts for mapping in said.settled):
        return [fatal("import_mapping.nothing_taken", "form:next")]
    return [problem for at, mapping in _taken(said) for problem in _check_table(at, mapping)]


def add_part(said: ColumnMapping, table: int, offer: TableMapping, sheet: str) -> ColumnMapping:
    """Let a table feed one more sheet, as it is offered."""
    mapping = said.mappings[table]
    part = next((one for one in offer.parts if one.sheet == sheet), None)
    if part is None or any(one.sheet == sheet for one in mapping.parts):
        return said
    why = {place: code for place, code in offer.why.items() if place.startswith(f"{sheet}.")}
    changed = replace(mapping, parts=(*mapping.parts, part), why={**mapping.why, **why})
    return _put(said, table, changed, Use.TAKE)


def drop_part(said: ColumnMapping, table: int, sheet: str) -> ColumnMapping:
    """Let a table feed a sheet no more."""
    mapping = said.mappings[table]
    parts = tuple(part for part in mapping.parts if part.sheet != sheet)
    return _put(said, table, replace(mapping, parts=parts), said.uses[table])


def add_column(said: ColumnMapping, table: int, sheet: str, title: str) -> ColumnMapping:
    """Show one more column of a sheet, which nothing feeds yet."""
    mapping = said.mappings[table]
    if title not in {column.title for column in SHEET_BY_TITLE[sheet].columns}:
        raise NotFound("foreign.other_layout")
    parts = tuple(
        replace(part, feeds={**part.feeds, title: part.feeds.get(title, Feed())})
        if part.sheet == sheet
        else part
        for part in mapping.parts
    )
    return _put(said, table, replace(mapping, parts=parts), said.uses[table])


def write_said(said: ColumnMapping) -> str:
    """As text, to be kept."""
    told = {"uses": said.uses, "mappings": write_mappings(said.mappings)}
    return orjson.dumps(told).decode()


def read_said(text: str, tables: Sequence[Tabular]) -> ColumnMapping:
    """From the text that was kept, for tables of the same layout."""
    told = orjson.loads(text)
    return ColumnMapping(read_mappings(told["mappings"], tables), tuple(Use(use) for use in told["uses"]))


def _settle(mapping: TableMapping, use: Use) -> TableMapping:
    if use is not Use.TAKE:
        return TableMapping(is_summary=use is Use.SUMMARY)
    parts = tuple(
        replace(part, feeds={title: feed for title, feed in part.feeds.items() if feed != Feed()})
        for part in mapping.parts
    )
    return replace(mapping, parts=parts, is_summary=False)


def _taken(said: ColumnMapping) -> Iterator[tuple[int, TableMapping]]:
    for at, (mapping, use) in enumerate(zip(said.mappings, said.uses, strict=True)):
        if use is Use.TAKE:
            yield at, mapping


def _check_table(at: int, mapping: TableMapping) -> Iterator[Problem]:
    for part in mapping.parts:
        for column in SHEET_BY_TITLE[part.sheet].columns:
            feed, where = part.feeds.get(column.title, Feed()), place_of(at, part.sheet, column.title)
            if feed.column is not None and feed.words:
                yield fatal("import_mapping.both", f"form:{where}", column=column.title)
            elif column.required and feed == Feed():
                yield fatal("import_mapping.missing", f"form:{where}", column=column.title)


def _recall_table(last: TableMapping, now: TableMapping) -> TableMapping:
    proposed = {part.sheet: part.feeds for part in now.parts}
    parts: list[PartMapping] = []
    why: dict[str, str] = {}
    for part in last.parts:
        feeds: dict[str, Feed] = {}
        for title, feed in part.feeds.items():
            place = f"{part.sheet}.{title}"
            said_above = now.why.get(place) == BY_HEADING and feed.column is None
            feeds[title] = proposed[part.sheet][title] if said_above else feed
            why[place] = BY_HEADING if said_above else WHY_LAST
        parts.append(replace(part, feeds=feeds))
    return TableMapping(tuple(parts), last.is_summary, why)


def _read_table(
    mapping: TableMapping, at: int, given: Mapping[tuple[int, str, str], TypedFeed], width: int
) -> TableMapping:
    parts: list[PartMapping] = []
    why = dict(mapping.why)
    for part in mapping.parts:
        feeds = dict(part.feeds)
        for column in SHEET_BY_TITLE[part.sheet].columns:
            typed = given.get((at, part.sheet, column.title))
            if typed is None:
                continue
            feed = _read_feed(typed, width)
            if feed != feeds.get(column.title, Feed()):
                why[f"{part.sheet}.{column.title}"] = WHY_YOURS
            feeds[column.title] = feed
        parts.append(replace(part, feeds=feeds))
    return replace(mapping, parts=tuple(parts), why=why)


def _read_feed(typed: TypedFeed, width: int) -> Feed:
    words = clean_text(typed.words)[:LONGEST_WORDS]
    if not typed.column:
        return Feed(words=words)
    is_number = typed.column.isascii() and typed.column.isdigit() and len(typed.column) < MOST_DIGITS
    if not is_number or int(typed.column) >= width:
        raise NotFound("foreign.other_layout")
    return Feed(int(typed.column), words)


def _put(said: ColumnMapping, table: int, mapping: TableMapping, use: Use) -> ColumnMapping:
    mappings = (*said.mappings[:table], mapping, *said.mappings[table + 1 :])
    return ColumnMapping(mappings, (*said.uses[:table], use, *said.uses[table + 1 :]))
