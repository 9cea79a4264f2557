"""Brings the sample city into a demo book: as workbooks where they hold it, else straight to the verbs."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import select

from dashboard.sample.batches import Batch, cut_city
from dashboard.sample.city import FILER, NAME, SEED, UNTIL, make_city
from dashboard.sample.park_figures import record_weights
from dashboard.sample.park_tiles import record_park_layout
from dashboard.sample.sizes import EDITION, CitySize
from funds.book import OPEN, Book, Change, Findings
from funds.errors import RulesBroken
from funds.intake import import_workbook, read_workbook, write_workbook
from funds.intake.sheets import SHEETS
from funds.models import Revision
from funds.problems import only_fatal
from funds.recording import VERBS, check_whole

MOST_ROWS, LONGEST_SHEET = 150_000, 100_000
"""What a workbook is trusted with; reading one may take so much memory and time and no more."""
LAST_CUT = date(2025, 12, 31)
YEARLY = tuple(date(year, 12, 31) for year in range(2020, 2026))
MARK = re.compile(r"示例市-(\d+)\.(\d+)\.(\d+)-")

Progress = Callable[[Batch, int, int], None]


def plan_batches(size: CitySize, seed: int = SEED) -> list[Batch]:
    """The city cut in two, what was known at the end of 2025 and the news since; a larger one by years."""
    drafts = make_city(seed, size)
    batches = cut_city(drafts, (LAST_CUT, UNTIL))
    return batches if all(_fits(batch) for batch in batches) else cut_city(drafts, (*YEARLY, UNTIL))


def record_city(
    book: Book, person: str, size: CitySize, batches: list[Batch], folder: Path, tell: Progress
) -> None:
    """Every batch as one revision, named after what made it; nothing of a batch that breaks a rule."""
    by_workbook = all(_fits(batch) for batch in batches)
    for number, batch in enumerate(batches, 1):
        tell(batch, number, len(batches))
        name = name_batch(size, batch)
        if by_workbook:
            path = folder / f"{name}.xlsx"
            write_workbook(path, batch.drafts, city=NAME, filer=FILER, as_of=batch.until)
            import_workbook(book, person, read_workbook(path))
        else:
            with book.change(person, name) as change:
                hand_to_verbs(change, batch)
    record_weights(book, person)
    record_park_layout(book, person)


def hand_to_verbs(change: Change, batch: Batch) -> None:
    """The drafts in the order of the sheets, judged once as a whole."""
    findings = change.findings = Findings([], set())
    for sheet in SHEETS:
        if rows := batch.drafts.get(sheet.draft_type):
            VERBS[sheet.draft_type](change, rows)
    check_whole(change)
    if only_fatal(findings.problems):
        raise RulesBroken(tuple(findings.problems))


def name_batch(size: CitySize, batch: Batch) -> str:
    """`示例市-2.45.0-2025-12-31`: the edition, the funds and the lines, so that a book says what it holds."""
    return f"示例市-{EDITION}.{size.funds}.{size.lines}-{batch.until}"


def is_up_to_date(book: Book, wanted: CitySize | None) -> bool:
    """Whether a demo book holds this edition of the city, in the size wanted if one is named."""
    with book.look(sight=OPEN) as look:
        reasons = look.connection.execute(select(Revision.reason).order_by(Revision.id)).scalars()
        found = [match for reason in reasons if (match := MARK.match(reason or ""))]
    if not found:
        return False
    edition, funds, lines = (int(part) for part in found[0].groups())
    return edition == EDITION and (wanted is None or (funds, lines) == (wanted.funds, wanted.lines))


def _fits(batch: Batch) -> bool:
    return batch.rows <= MOST_ROWS and batch.longest <= LONGEST_SHEET
