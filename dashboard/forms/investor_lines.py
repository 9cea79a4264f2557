"""The lines of a form that has one for every investor: amounts read to the fen, and shared out to the fen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from dashboard.forms.typed import FormLine, FormReader, clean_text
from funds.dates import parse_date
from funds.money import format_fen, parse_money

MOST_LINES = 500


@dataclass(frozen=True)
class InvestorLine:
    """A line that somebody filled in: for whom, how much, on which day if it has one of its own."""

    place: FormLine
    investor: str
    amount_fen: int
    day: date | None


def read_lines(reader: FormReader, sheet: str) -> list[InvestorLine]:
    """The lines that are meant and have an amount; a form without any is refused."""
    found = list(_read(reader, sheet))
    if not found and not reader.problems:
        reader.report("form:lines", "form.no_lines")
    return found


def _read(reader: FormReader, sheet: str) -> Iterator[InvestorLine]:
    for number, line in enumerate(reader.typed.lines[:MOST_LINES], 1):
        text = clean_text(line.amount)
        if not line.is_meant or not text:
            continue
        place = FormLine(sheet, number)
        amount = reader.value(place.of("amount_fen"), partial(parse_money, text))
        own = clean_text(line.day)
        day = reader.value(place.of("day"), partial(parse_date, own)) if own else None
        if amount == 0:
            reader.report(place.of("amount_fen"), "amount.not_positive", amount=0)
        elif amount is not None:
            yield InvestorLine(place, line.code, amount, day)


def check_sum(reader: FormReader, total: int | None, lines: Sequence[InvestorLine]) -> None:
    """What the lines come to is what the form says they do."""
    summed = sum(line.amount_fen for line in lines)
    if total is not None and lines and not reader.problems and summed != total:
        reader.report("form:total", "form.sum_differs", **_difference(total, summed))


def _difference(total: int, summed: int) -> dict[str, object]:
    return {
        "total": format_fen(total),
        "summed": format_fen(summed),
        "difference": format_fen(total - summed),
    }


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """A total in proportion to weights on whole fen; the largest remainders take the fen that are left over."""
    whole = sum(weights)
    if whole <= 0:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts
