"""A workbook of the template with 100,000 rows written out, against pandas with openpyxl."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

import pandas as pd

from benchmarks.intake import AS_OF, CITY
from benchmarks.movements import draw_contributions
from benchmarks.race import Row, compare, run_race
from funds.book import LOCAL
from funds.drafts import ContributionDraft
from funds.intake import read_workbook, write_workbook
from funds.intake.sheets import SHEET_BY_DRAFT
from funds.intake.writing import cell_of
from tests.memory import scratch_folder

ROWS = 100_000
LEAST_RATIO = 3.0


def rows(count: int = ROWS) -> Iterator[Row]:
    """All rows of this job."""
    drafts = draw_contributions(count)
    sheet = SHEET_BY_DRAFT[ContributionDraft]
    frame = pd.DataFrame(
        {column.heading: [_plain(cell_of(draft, column)) for draft in drafts] for column in sheet.columns}
    )
    job = f"export, {count:,} rows"
    with scratch_folder("export") as folder:
        ours, theirs = folder / "ours.xlsx", folder / "theirs.xlsx"
        times = run_race(
            {
                "ours": partial(write_workbook, ours, {ContributionDraft: drafts}, CITY, LOCAL, AS_OF),
                "peer": lambda: frame.to_excel(
                    theirs, sheet_name=sheet.title, index=False, engine="openpyxl"
                ),
            }
        )
        (read,) = read_workbook(ours).sheets
    same = sum(
        isinstance(b, ContributionDraft) and (a.business_no, a.amount_fen) == (b.business_no, b.amount_fen)
        for a, b in zip(drafts, read.drafts, strict=True)
    )
    yield Row(f"{job}: read again", f"{same:,} the same to the fen", "", None, f"{count:,}", same == count)
    peer = times["peer"]
    said, told = f"{times['ours']:.2f} s", f"{peer:.2f} s pandas + openpyxl"
    yield compare(job, said, told, peer / times["ours"], LEAST_RATIO)


def _plain(value: object) -> object:
    """What a data frame holds: an amount as a number."""
    return float(value) if isinstance(value, Decimal) else value
