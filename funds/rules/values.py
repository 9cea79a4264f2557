"""Rules of single values, the same for every door: how long, how large, how late a column's value may be."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from funds.dates import EARLIEST_YEAR, LATEST_YEAR
from funds.measures import WHOLE_PPM
from funds.models import BookRow
from funds.money import MOST_FEN, format_fen

# Days on which something happened; what is promised or agreed may lie ahead.
PAST = frozenset(
    {
        "moved_on",
        "signed_on",
        "noticed_on",
        "closed_on",
        "decided_on",
        "paid_on",
        "exited_on",
        "reached_on",
        "valued_on",
        "filed_on",
        "quoted_on",
        "recognised_on",
        "stated_on",
    }
)
# What is true in another time zone's morning is not yet wrong here.
PATIENCE = timedelta(days=1)

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
MOST_NUMBER = 9 * 10**18
ZERO_ALLOWED = frozenset(
    {
        ("round_fact", "secondary_fen"),
        ("round_fact", "loan_fen"),
        ("mark", "fair_value_fen"),
        ("balance", "amount_fen"),
        ("claim", "social_fen"),
        ("control_total", "called_fen"),
        ("control_total", "distributed_fen"),
        ("exit", "amount_fen"),
        ("exit", "cost_out_fen"),
        ("deal_fact", "stake_ppm"),
        ("claim", "value_e6"),
    }
)
SIGNED = frozenset(
    {
        ("entry", "amount_fen"),
        ("commitment_movement", "amount_fen"),
        ("fund_nav", "nav_fen"),
        ("company_figure", "value_e6"),
        ("park_figure", "value_e6"),
        ("fund_term", "value_e6"),
        ("policy", "value_e6"),
        ("reported_figure", "value_e6"),
    }
)
NUMBERS = ("rank", "version")


@dataclass(frozen=True)
class Fault:
    """A rule that one row breaks, and in which column."""

    code: str
    column: str
    params: dict[str, object] = field(default_factory=dict)


def check_values(model: type[BookRow], values: Mapping[str, object], on: date) -> Iterator[Fault]:
    """Every value of a row that cannot be: too long, too large, not yet happened."""
    table: Any = model.__table__  # type: ignore[attr-defined]
    for column, value in values.items():
        if isinstance(value, str):
            yield from _check_text(column, value, getattr(table.columns[column].type, "length", None))
        elif isinstance(value, date):
            yield from _check_day(column, value, on)
        elif isinstance(value, int) and not isinstance(value, bool):
            yield from _check_number(table.name, column, value)


def find_unfit(model: type[BookRow], column: str, values: Iterable[object], on: date) -> set[object]:
    """Those of a column's values that cannot be; of numbers and days the least and the greatest tell for all."""
    given = {*values} - {None}
    table: Any = model.__table__  # type: ignore[attr-defined]
    if all(isinstance(value, str) for value in given):
        if _are_plain([str(value) for value in given], getattr(table.columns[column].type, "length", None)):
            return set()
    else:
        found: Any = given
        if not any(_is_unfit(model, column, value, on) for value in (min(found), max(found))):
            return set()
    return {value for value in given if _is_unfit(model, column, value, on)}


def _is_unfit(model: type[BookRow], column: str, value: object, on: date) -> bool:
    return next(check_values(model, {column: value}, on), None) is not None


def _are_plain(texts: list[str], length: int | None) -> bool:
    """Whether none of many texts breaks a rule of texts."""
    is_short = length is None or max(map(len, texts), default=0) <= length
    return is_short and all(map(str.strip, texts)) and CONTROL.search("".join(texts)) is None


def _check_text(column: str, value: str, length: int | None) -> Iterator[Fault]:
    if not value.strip():
        yield Fault("value.blank", column)
    elif CONTROL.search(value):
        yield Fault("value.control_character", column)
    if length is not None and len(value) > length:
        yield Fault("value.too_long", column, {"length": len(value), "most": length})


def _check_day(column: str, value: date, on: date) -> Iterator[Fault]:
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        yield Fault(
            "day.out_of_range", column, {"day": value, "earliest": EARLIEST_YEAR, "latest": LATEST_YEAR}
        )
    elif column in PAST and value > on + PATIENCE:
        yield Fault("day.in_future", column, {"day": value, "today": on})


def _check_number(table: str, column: str, value: int) -> Iterator[Fault]:
    if column.endswith("_fen"):
        yield from _check_amount(table, column, value)
    elif column.endswith("_ppm"):
        if not (0 if (table, column) in ZERO_ALLOWED else 1) <= value <= WHOLE_PPM:
            yield Fault("share.out_of_range", column)
    elif column.endswith("_e6") or column in NUMBERS:
        lowest = -MOST_NUMBER if (table, column) in SIGNED else 0 if (table, column) in ZERO_ALLOWED else 1
        if not lowest <= value <= MOST_NUMBER:
            yield Fault("value.out_of_range", column, {"value": value})


def _check_amount(table: str, column: str, value: int) -> Iterator[Fault]:
    if abs(value) > MOST_FEN:
        yield Fault("amount.too_large", column, {"amount": format_fen(value), "most": format_fen(MOST_FEN)})
    elif (table, column) in SIGNED:
        return
    elif (table, column) in ZERO_ALLOWED:
        if value < 0:
            yield Fault("amount.negative", column, {"amount": format_fen(value)})
    elif value <= 0:
        yield Fault("amount.not_positive", column, {"amount": format_fen(value)})
