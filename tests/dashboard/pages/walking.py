"""A walk over a drawn page: every number that opens a passport, and every amount, with what stands around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.dashboard.pages.drawn import text_of

EXACT = re.compile(r"(-?[\d,]+)\.(\d\d) 元")


@dataclass(frozen=True)
class FoundNumber:
    """A number on a page: which figure it says it is, how it reads, what hovers, and the words beside it.

    `beside` is the unit behind the number in a card, or the title of its column in a table.
    """

    code: str
    basis: str
    scope: str
    text: str
    hover: str
    beside: str


def walk_numbers(node: object, beside: str = "", hover: str = "") -> Iterator[FoundNumber]:
    """Every number below a component that opens a passport."""
    if isinstance(node, list):
        for one in node:
            yield from walk_numbers(one, beside, hover)
    if not (isinstance(node, dict) and "props" in node):
        return
    props = node["props"]
    wire, children = props.get("id"), props.get("children")
    if isinstance(wire, dict) and wire.get("type") == "figure":
        told = str(props.get("title") or hover)
        yield FoundNumber(wire["code"], wire["basis"], wire["scope"], text_of(children), told, beside)
    elif node["type"] == "Table":
        yield from _walk_table(children)
    elif props.get("className") == "figure-line":
        unit = children[1:] if isinstance(children, list) else []
        yield from walk_numbers(children, text_of(unit), hover)
    else:
        yield from walk_numbers(children, beside, str(props.get("title") or hover))


def walk_tables(node: object) -> Iterator[list[dict[str, Any]]]:
    """The sections of every table below a component."""
    if isinstance(node, list):
        for one in node:
            yield from walk_tables(one)
    if isinstance(node, dict) and "props" in node:
        children = node["props"].get("children")
        if node["type"] == "Table":
            yield children
        else:
            yield from walk_tables(children)


def read_amounts(table: list[dict[str, Any]]) -> tuple[set[int], set[int]]:
    """The amounts in fen that hover over the cells of a table: those of its rows, and those of its totals.

    A total that only adds up its own column is left out: it says nothing that the rows do not.
    """
    columns: dict[int, list[int]] = {}
    totals: set[int] = set()
    sections = _sections(table)
    for row in sections.get("Tbody", []):
        for place, cell in enumerate(row["props"]["children"]):
            columns.setdefault(place, []).extend(_amount(cell))
    for row in sections.get("Tfoot", []):
        for place, cell in enumerate(row["props"]["children"]):
            totals.update(fen for fen in _amount(cell) if fen != sum(columns.get(place, [])))
    return {fen for amounts in columns.values() for fen in amounts}, totals


def _amount(cell: dict[str, Any]) -> list[int]:
    told = EXACT.fullmatch(str(cell["props"].get("title") or ""))
    return [int(told[1].replace(",", "") + told[2])] if told else []


def _sections(table: list[dict[str, Any]]) -> dict[str, Any]:
    return {part["type"]: part["props"]["children"] for part in table}


def _titles(head: list[dict[str, Any]]) -> list[str]:
    """The title of each column, after that of the group that it stands under."""
    *above, names = [row["props"]["children"] for row in head]
    groups = [
        text_of(cell) for row in above for cell in row for _ in range(int(cell["props"].get("colSpan") or 1))
    ]
    return [
        " ".join(filter(None, [group, text_of(cell)]))
        for group, cell in zip(groups or [""] * len(names), names, strict=True)
    ]


def _walk_table(table: list[dict[str, Any]]) -> Iterator[FoundNumber]:
    """The numbers of a table, each with the title of its column."""
    sections = _sections(table)
    head = sections["Thead"]
    titles = _titles(head if isinstance(head, list) else [head])
    for row in (row for name in ("Tbody", "Tfoot") for row in sections.get(name, [])):
        for title, cell in zip(titles, row["props"]["children"], strict=True):
            yield from walk_numbers(cell, title)
