"""Lines that are told to be the same are the same, whatever was added, corrected or withdrawn meanwhile."""

from collections.abc import Callable
from datetime import date
from random import Random

import numpy as np
import pytest

from funds.book import Book
from funds.book.seal import read_head
from funds.models import Entry
from funds.queries.loading_columns import Ledger
from funds.queries.memory import known_lines
from funds.queries.memory.kept_ledger import KeptLedger
from funds.queries.memory.known_lines import KnownRows, known_rows
from tests.builders import mark, prepared_book, record, whole_city
from tests.engines import SqliteDatabases
from tests.funds.queries.memory import shaken_books

LATE, EARLIER = date(2100, 1, 1), date(2023, 6, 30)


def read(kept: KeptLedger, book: Book, as_of: date = LATE) -> Ledger:
    with book.look() as look:
        return kept.read(look.connection, read_head(look.connection), look.version, as_of)[0]


def known(ledger: Ledger) -> KnownRows:
    found = known_rows(ledger)
    assert found is not None
    return found


def lines_of(ledger: Ledger, fund: int, until: date = LATE) -> list[int]:
    entries = ledger.entries
    found: list[int] = entries.id[(entries.fund == fund) & (entries.day <= until.toordinal())].tolist()
    return found


@pytest.mark.parametrize("most_codes", [known_lines.MOST_CODES, 0], ids=["small ids", "any ids"])
def test_funds_with_the_same_lines_are_told_from_those_with_others(
    sqlite: SqliteDatabases,
    counts: Callable[[int, int], int],
    monkeypatch: pytest.MonkeyPatch,
    most_codes: int,
) -> None:
    monkeypatch.setattr(known_lines, "MOST_CODES", most_codes)
    monkeypatch.setattr(shaken_books, "SHAKEN", (Entry,) * 4)
    random, followed = Random(3), KeptLedger()
    told = {True: 0, False: 0}
    with prepared_book(sqlite, "known-lines", whole_city) as book:
        before = read(followed, book)
        funds = np.unique(before.entries.fund).tolist()
        for _ in range(counts(20, 400)):
            shaken_books.shake(book, random)
            now = read(followed, book)
            for fund in funds:
                same = known(before).of([fund]) == known(now).of([fund])
                assert same == (lines_of(before, fund) == lines_of(now, fund))
                told[same] += 1
                earlier = known(before).until(EARLIER).of([fund]) == known(now).until(EARLIER).of([fund])
                assert earlier == (lines_of(before, fund, EARLIER) == lines_of(now, fund, EARLIER))
            before = now
    assert all(told.values())


def test_a_row_of_another_table_a_day_or_a_book_read_anew_is_never_the_same(sqlite: SqliteDatabases) -> None:
    followed = KeptLedger()
    with prepared_book(sqlite, "known-lines", whole_city) as book:
        before = read(followed, book)
        funds = np.unique(before.entries.fund).tolist()
        others = [read(KeptLedger(), book), read(followed, book, EARLIER)]
        record(book, mark("F1", "C1", 7, "2025-03-31"))
        others.append(read(followed, book))
        assert all(known(one).of(funds) != known(before).of(funds) for one in others)
