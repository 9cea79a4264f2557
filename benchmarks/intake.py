"""A workbook of 100,000 rows from the file to the preview, against `pandas.read_excel` alone; and a foreign one."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

import pandas as pd
import xlsxwriter

from benchmarks.movements import (
    MIXED,
    PAID_IN_ALONE,
    Shares,
    draw_city,
    draw_contributions,
    draw_movements,
)
from benchmarks.race import ROUNDS, Row, compare, run_race
from funds.book import LOCAL, Book, Findings, find_person, found_book
from funds.drafts import ContributionDraft, Draft
from funds.intake import ImportResult, import_workbook, read_workbook, write_workbook
from funds.intake.foreign.converting import convert
from funds.intake.foreign.names import read_directory
from funds.intake.foreign.proposing import propose_mappings
from funds.intake.foreign.reading import read_foreign
from funds.kinds import BookKind
from funds.problems import only_fatal
from funds.recording import VERBS, check_whole
from migrations import upgrade
from tests.memory import scratch_folder

ROWS, FOREIGN_ROWS = 100_000, 5_000
LEAST_RATIO, MOST_MB, MOST_FOREIGN_SECONDS = 3.0, 300.0, 10.0
CITY, AS_OF = "示例市", date(2026, 9, 30)
FOREIGN_HEADS = ("序号", "基金代码", "出资人代码", "实缴金额（元）", "到账日期", "业务编号")


@dataclass(frozen=True)
class Case:
    """A workbook to be looked through."""

    name: str
    shares: Shares
    least: float | None


CASES = (Case("实缴 alone", PAID_IN_ALONE, LEAST_RATIO), Case("four sheets", MIXED, LEAST_RATIO))


def rows(count: int = ROWS, foreign: int = FOREIGN_ROWS) -> Iterator[Row]:
    """All rows of this job."""
    with scratch_folder("intake") as folder, founded_city(folder / "city.sqlite3") as book:
        for number, case in enumerate(CASES):
            path = folder / f"{number}.xlsx"
            write_workbook(path, draw_movements(count, case.shares), CITY, LOCAL, AS_OF)
            yield from _compare(book, path, count, case)
        yield _look_through_foreign(book, folder / "foreign.xlsx", foreign)


@contextmanager
def founded_city(path: Path) -> Iterator[Book]:
    """A book with the funds, investors, commitments and notices that the movements refer to."""
    with Book(str(path)) as book:
        upgrade(book.engine)
        found_book(book, BookKind.OWN, CITY)
        record_all(book, draw_city())
        yield book


def record_all(book: Book, drafts: Sequence[Draft]) -> None:
    """Record drafts of several kinds as one change."""
    with book.change(LOCAL, "benchmark") as change:
        change.findings = Findings()
        for kind in dict.fromkeys(map(type, drafts)):
            VERBS[kind](change, [draft for draft in drafts if type(draft) is kind])
        check_whole(change, drafts)


def look_through(book: Book, path: Path) -> ImportResult:
    """Read the file and rehearse its import: all that a preview needs."""
    return import_workbook(book, LOCAL, read_workbook(path), dry_run=True)


def _compare(book: Book, path: Path, count: int, case: Case) -> Iterator[Row]:
    job = f"intake, {count:,} rows, {case.name}"
    result = look_through(book, path)
    is_right = result.new == count and not only_fatal(result.problems)
    yield Row(f"{job}: preview", f"{result.new:,} new rows", "", None, f"{count:,}, none refused", is_right)
    times = run_race(
        {
            "ours": partial(look_through, book, path),
            "peer": lambda: pd.read_excel(path, sheet_name=None, engine="openpyxl"),
        }
    )
    ours, peer = times["ours"], times["peer"]
    yield compare(job, f"{ours:.2f} s", f"{peer:.2f} s pandas + openpyxl", peer / ours, case.least)
    parent, child = _weigh(str(book.url.database), path)
    told = f"{parent:.0f} MB parent, {child:.0f} MB child"
    yield Row(f"{job}: memory", told, "", None, f"≤ {MOST_MB:.0f} MB", max(parent, child) <= MOST_MB)


def _weigh(book: str, path: Path) -> tuple[float, float]:
    """The most memory that a fresh process and its reading child take, in MB."""
    asked = [sys.executable, "-m", __name__, book, str(path)]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    parent, child = json.loads(told)
    return parent, child


def _read_peak() -> float:
    """The most memory of this process in MB; what `getrusage` says of it holds that of whoever started it."""
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def _look_through_foreign(book: Book, path: Path, count: int) -> Row:
    """From the bytes of a file of another layout to the preview, columns mapped as proposed."""
    _write_foreign(path, draw_contributions(count, seed=2))
    taken, new = [], 0
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        new = _read_foreign(book, path).new
        taken.append(time.perf_counter() - begun)
    seconds = median(taken)
    job = f"intake, {count:,} rows of another layout, to the preview"
    is_met = seconds < MOST_FOREIGN_SECONDS and new == count
    return Row(job, f"{seconds:.2f} s, {new:,} new rows", "", None, f"< {MOST_FOREIGN_SECONDS:.0f} s", is_met)


def _read_foreign(book: Book, path: Path) -> ImportResult:
    found = read_foreign(path.name, path.read_bytes())
    with book.look() as look:
        find_person(look.connection, LOCAL, look.version)
        directory = read_directory(look.connection, look.version)
    reading = convert(found, propose_mappings(found.tables, directory.headings()), directory)
    return import_workbook(book, LOCAL, reading, dry_run=True)


def _write_foreign(path: Path, drafts: Sequence[ContributionDraft]) -> None:
    """A title above, amounts in yuan, days as text, a total below."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("出资明细")
        sheet.write(0, 0, "2026 年三季度出资明细表")
        sheet.write_row(2, 0, FOREIGN_HEADS)
        for number, draft in enumerate(drafts, start=1):
            day = draft.received_on.strftime("%Y年%m月%d日")
            said = (number, draft.fund, draft.investor, draft.amount_fen / 100, day, draft.business_no)
            sheet.write_row(number + 2, 0, said)
        total = sum(draft.amount_fen for draft in drafts) / 100
        sheet.write_row(len(drafts) + 3, 0, ("合计", "", "", total))


def _tell_memory(book: str, path: str) -> None:
    with Book(book) as opened:
        look_through(opened, Path(path))
    print(json.dumps([_read_peak(), getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024]))


if __name__ == "__main__":
    _tell_memory(*sys.argv[1:3])
