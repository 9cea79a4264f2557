"""An import that is killed at any moment leaves all of the workbook or nothing, and is exact when tried again."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import Any

import pytest
from sqlalchemy import func, select

from funds.book import Book
from funds.drafts import CommitmentDraft, ContributionDraft, FundDraft, PartyDraft
from funds.intake import write_workbook
from funds.kinds import CommitmentChange, VehicleType
from funds.models import Commitment, Document, Entry, ImportBatch, PartyFact, Revision
from tests.engines import Databases, PostgresDatabases, SqliteDatabases
from tests.faults.books import build_founded, verify_all
from tests.faults.kinds import Kind, fault
from tests.faults.nursery import Child, Nursery

Tell = Callable[..., None]
Counts = Callable[[int, int], int]
ROWS = (100, 5_000)
PER_INVESTOR = 20
FIRST = date(2021, 3, 1)
COUNTED: tuple[Any, ...] = (Revision, PartyFact, Commitment, Entry, Document, ImportBatch)
VERIFIED_EVERY = 10


def write_ledger(path: Path, rows: int) -> Path:
    """A workbook with so many rows of money paid in."""
    investors = [f"LP{number}" for number in range(rows // PER_INVESTOR)]
    drafts: dict[Any, Any] = {
        PartyDraft: [PartyDraft(code=code, name=f"机构{code}") for code in investors],
        FundDraft: [FundDraft(code="F1", name="基金", vehicle_type=VehicleType.SUB_FUND, established=FIRST)],
        CommitmentDraft: [
            CommitmentDraft(
                fund="F1", investor=code, amount_fen=10**10, kind=CommitmentChange.NEW, signed_on=FIRST
            )
            for code in investors
        ],
        ContributionDraft: [
            ContributionDraft(
                fund="F1",
                investor=investors[number % len(investors)],
                amount_fen=100 + number,
                received_on=FIRST + timedelta(number % 1_000),
                business_no=f"S{number}",
            )
            for number in range(rows)
        ],
    }
    write_workbook(path, drafts, "示例市", "某某公司", date(2025, 12, 31))
    return path


def count_rows(url: str) -> tuple[int, ...]:
    """How many rows the tables hold that an import writes to, and the sum of its money."""
    with Book(url) as book, book.look() as look:
        counts = [
            int(look.connection.execute(select(func.count()).select_from(model)).scalar_one())
            for model in COUNTED
        ]
        total = look.connection.execute(select(func.sum(Entry.amount_fen))).scalar() or 0
    return (*counts, int(total))


def keeps_file(url: str, path: Path) -> bool:
    """Whether the book holds the workbook byte for byte."""
    with Book(url) as book, book.look() as look:
        content = bytes(look.connection.execute(select(Document.content)).scalar_one())
        digest = look.connection.execute(select(Document.sha256)).scalar_one()
    return content == path.read_bytes() and digest == sha256(content).hexdigest()


class Importing:
    """Imports of one workbook into books of one engine."""

    def __init__(self, databases: Databases, nursery: Nursery, folder: Path, rows: int) -> None:
        self.databases = databases
        self.nursery = nursery
        self.folder = folder
        self.path = write_ledger(folder / "ledger.xlsx", rows)
        self.begin_anew()
        self.nothing = count_rows(self.url)

    def begin_anew(self) -> None:
        """A book that holds nothing yet; the copies have one name, and each has an anchor of its own."""
        self.databases.drop_made()
        self.url = self.databases.copy_of("founded for imports", build_founded)
        self.anchors = self.folder / f"anchors-{token_hex(4)}"

    def begin(self) -> Child:
        """`fundtracker import` in a process of its own."""
        arguments = ["import", str(self.path), "--book", self.url]
        child = self.nursery.start("run", anchors=str(self.anchors), arguments=arguments)
        assert child.hear() == "begun"
        return child

    def complete(self) -> float:
        """Let one go through; how long it took."""
        began = time.perf_counter()
        code, said = self.begin().finish()
        assert (code, said) == (0, ["ended 0"])
        return time.perf_counter() - began

    def check(self) -> None:
        """The book passes every check."""
        assert verify_all(self.url, self.anchors) == []


def kill_imports(importing: Importing, dice: Random, kills: int) -> dict[str, Any]:
    """Kill, look at what is there, and try again on top of it; the figures."""
    longest = importing.complete()
    whole = count_rows(importing.url)
    importing.check()
    assert keeps_file(importing.url, importing.path)
    importing.begin_anew()
    partial = kept = 0
    for number in range(kills):
        child = importing.begin()
        time.sleep(dice.uniform(0.0, longest))
        child.kill()
        found = count_rows(importing.url)
        partial += found not in (importing.nothing, whole)
        if number % VERIFIED_EVERY == 0 or found != importing.nothing:
            importing.check()
        if found == whole:  # committed, and killed before it could say so: once more changes nothing
            kept += 1
            assert keeps_file(importing.url, importing.path)
            importing.complete()
            assert count_rows(importing.url) == whole
            importing.begin_anew()
    importing.complete()
    assert count_rows(importing.url) == whole
    assert keeps_file(importing.url, importing.path)
    importing.check()
    note = f"{kept} killed after the commit"
    return {"count": kills, "kills": kills, "partial": partial, "note": note}


@pytest.fixture
def rows(counts: Counts) -> int:
    return counts(*ROWS)


@fault("F2", Kind.IMPORT_KILLED, Kind.DOUBLE_SUBMIT)
def test_a_killed_import_into_a_file_is_whole_or_absent(
    sqlite: SqliteDatabases,
    tmp_path: Path,
    nursery: Nursery,
    dice: Random,
    counts: Counts,
    rows: int,
    tell: Tell,
) -> None:
    tell(**kill_imports(Importing(sqlite, nursery, tmp_path, rows), dice, counts(2, 100)))
    sqlite.drop_made()


@pytest.mark.full
@fault("F2", Kind.IMPORT_KILLED, Kind.DOUBLE_SUBMIT)
def test_a_killed_import_into_a_server_is_whole_or_absent(
    postgres: PostgresDatabases,
    tmp_path: Path,
    nursery: Nursery,
    dice: Random,
    counts: Counts,
    rows: int,
    tell: Tell,
) -> None:
    tell(**kill_imports(Importing(postgres, nursery, tmp_path, rows), dice, counts(2, 20)))
    postgres.drop_made()
