"""The job on the ledger, on a small book: sums agree with SQL, new lines are followed, in another process too."""

from pathlib import Path

import pytest

from benchmarks import ledger
from tests.builders import paid_city, prepared_book, record
from tests.engines import SqliteDatabases


@pytest.mark.full
def test_it_agrees_with_the_database_and_follows(sqlite: SqliteDatabases) -> None:
    """What it times is what it says: the same sums, and every new line."""
    from tests.builders import fund

    with prepared_book(sqlite, "bench ledger", paid_city) as book:
        record(book, fund(ledger.FUND))
        place = Path(str(book.url.database))
        scale = ledger.Scale(book=lambda: place, engines=("sqlite",), at=(2, 3))
        found = {row.job.partition(": ")[2]: row for row in ledger.rows(scale)}

    assert found["sums"].met is True
    assert found["new lines in another process"].met is True
    assert set(found) > {"columns filled", "re-aggregated whole", "memory of a process's columns"}
