"""Movements sorted many at once come to the same as movements matched one by one with what the book has."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest

from funds.book import Book, Look
from funds.drafts import Draft
from funds.models import Entry
from funds.recording import line_batches
from tests.builders import (
    commitment,
    contribution,
    distribution,
    fee,
    fund,
    party,
    problems_of,
    record,
    record_in,
    rows_of,
)


def _one_by_one(_sorting: object, sound: Sequence[int]) -> tuple[list[int], list[int], list[int]]:
    return [], [], list(sound)


def _draw(random: Random, count: int) -> list[Draft]:
    """Movements that repeat each other and those drawn before, with and without a number, and with odd values."""
    drawn: list[Draft] = []
    for _ in range(count):
        no = random.choice((None, None, "1", "2", "3", "4", "5"))
        code, investor = random.choice((("MA", "IX"), ("MA", "IY"), ("NA", "IX"), ("NA", "MA")))
        amount, day = random.choice((5, 6)), random.choice(("2021-03-01", "2021-04-01"))
        kind = random.choice(("pay", "pay", "back", "fee"))
        odd = random.choice((None,) * 12 + ("2099-01-01", "blank"))
        if kind == "pay":
            no = " " if odd == "blank" else f"P{no}" if no else None
            inside, when = random.random() < 0.7, odd if odd == "2099-01-01" else day
            drawn.append(
                contribution(code, investor, amount, when, business_no=no, is_inside_commitment=inside)
            )
        elif kind == "back":
            drawn.append(distribution(code, investor, 1, "2022-01-01", business_no=f"D{no}" if no else None))
        else:
            drawn.append(fee(code, 1, "2022-01-01", business_no=f"E{no}" if no else None))
    return drawn


def test_sorting_many_at_once_is_sorting_one_by_one(
    quick: Book, monkeypatch: pytest.MonkeyPatch, counts: Callable[[int, int], int]
) -> None:
    investors = [party("IX"), party("IY")]
    funds = [fund("MA"), fund("NA")]
    bound = [
        commitment(code, who, 10_000)
        for code, who in (("MA", "IX"), ("MA", "IY"), ("NA", "IX"), ("NA", "MA"))
    ]
    start = [contribution(code, "IX", 500, "2020-02-01") for code in ("MA", "NA")]
    record(quick, *investors, *funds, *bound, *start)
    random = Random(3)
    known: list[Draft] = []
    for _ in range(counts(5, 150)):
        drafts = [*_draw(random, random.randrange(1, 12)), *random.sample(known, min(len(known), 4))]
        random.shuffle(drafts)
        found = problems_of(quick, *drafts)
        with monkeypatch.context() as patched:
            patched.setattr(line_batches._Sorting, "_sift", _one_by_one)
            assert problems_of(quick, *drafts) == found
            expected = _rehearse(quick, drafts)
        assert _rehearse(quick, drafts) == expected
        if not [one for one in found if one.severity == "fatal"]:
            record(quick, *drafts)
            known = [*known, *drafts][-20:]
    assert known


def _rehearse(book: Book, drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    """The lines that recording would write."""
    with book.change("local", "x", dry_run=True) as change:
        record_in(change, *drafts)
        found = rows_of(Look(change.connection, change.version), Entry)
    return [row for row in found if row["revision_id"] == change.revision_id]
