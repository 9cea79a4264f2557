"""Rows read many at once come to the same as rows read one after another, whatever stands in them."""

from collections.abc import Callable, Sequence
from random import Random

import pytest

from funds.intake import sheet_reading
from funds.intake.blocks import BLOCK
from funds.intake.cells import TYPED, Sent
from funds.intake.examples import EXAMPLE_MARK
from funds.intake.rows import RowReader
from funds.intake.sheet_reading import SheetReading, SheetShape, read_sheet
from funds.intake.sheets import SHEET_BY_TITLE

TITLES = ("实缴", "分配", "投资", "机构", "基金条款")
ODD: tuple[Sent, ...] = (
    "", " ", "合计", "小计", "总计：", f"{EXAMPLE_MARK}F1", "#REF!", "Ｆ１", " F1 ", "F1;F2", "合计科技", "计",
    f"{TYPED}error_cell:#N/A", f"{TYPED}formula:", f"{TYPED}percent:0.125", f"{TYPED}date:2023-06-30",
    f"{TYPED}time_cell:12:00:00", "1.2亿", "-5", "5美元", "12.5%", "a\x07b", "x" * 70, "x" * 300,
    -3.0, 0.0, 1e20, 0.1234567, 1001.0, 1.5, 101.0, True, False, "是", "否", "内", "外", "收益", "返还本金",
)  # fmt: skip
PLAIN: tuple[Sent, ...] = ("F1", "LP1", "2023-06-30", f"{TYPED}date:2024-01-31", 5.0, 12.25, "B7", "收益", "")


@pytest.fixture
def one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[str, list[list[Sent]], SheetShape], SheetReading]:
    def read_block(reader: RowReader, number: int, rows: Sequence[Sequence[Sent]]) -> None:
        for place, row in enumerate(rows):
            reader.read_row(number + place, row)

    def read(title: str, rows: list[list[Sent]], shape: SheetShape) -> SheetReading:
        with monkeypatch.context() as patched:
            patched.setattr(sheet_reading, "read_block", read_block)
            return read_sheet(SHEET_BY_TITLE[title], shape, rows)

    return read


def _draw(random: Random, title: str, count: int) -> list[list[Sent]]:
    """A sheet whose rows mostly repeat a few plain cells, each of the kind that its column holds."""
    columns = SHEET_BY_TITLE[title].columns
    header: list[Sent] = [column.heading for column in columns]
    usual: list[list[Sent]] = [[column.example or "", *random.choices(PLAIN, k=2)] for column in columns]
    rows = [[random.choices(cells, (12, 1, 1))[0] for cells in usual] for _ in range(count)]
    for row in rows:
        if random.random() < 0.3:
            row[random.randrange(len(row))] = random.choice(ODD)
        if random.random() < 0.8:
            row[0] = f"B{random.randrange(2 * count)}"
    return [header, *rows]


def test_a_block_of_rows_says_what_its_rows_say(
    one_by_one: Callable[[str, list[list[Sent]], SheetShape], SheetReading],
    counts: Callable[[int, int], int],
) -> None:
    random, with_drafts = Random(9), 0
    for _ in range(counts(40, 3_000)):
        title = random.choice(TITLES)
        rows = _draw(random, title, random.randrange(1, 40))
        merged = [((3, 0), (3, 1))] if random.random() < 0.1 else []
        if random.random() < 0.1:  # a value in a column without a title
            rows = [rows[0], *([*row, "" if place else "?"] for place, row in enumerate(rows[1:]))]
        shape = SheetShape(merged=merged)
        found = read_sheet(SHEET_BY_TITLE[title], shape, rows)
        assert found == one_by_one(title, rows, shape)
        with_drafts += len(found.drafts) > 1
    assert with_drafts > 15


def test_more_rows_than_a_block_holds_keep_their_places() -> None:
    rows: list[list[Sent]] = [["业务编号", "基金代码*", "出资人代码*", "实缴额（万元）*", "到账日*"]]
    rows += [[f"B{place}", "F1", "LP1", 5.0, "2023-06-30"] for place in range(BLOCK + 3)]
    rows[BLOCK + 2][0] = "B0"
    reading = read_sheet(SHEET_BY_TITLE["实缴"], SheetShape(), rows)
    assert [draft.place.row for draft in reading.drafts] == list(range(2, BLOCK + 5))
    assert [(one.code, one.where) for one in reading.problems] == [
        ("import.repeated_row", f"实缴!A{BLOCK + 3}")
    ]
    assert reading.known_total == (BLOCK + 3) * 5_000_000
