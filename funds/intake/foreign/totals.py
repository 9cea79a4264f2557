"""Compares the totals that stand in a table with its rows: recognised, checked, and never imported."""

from collections.abc import Iterator
from dataclasses import dataclass

from funds.faults import ValueFault
from funds.intake.foreign.amounts import read_amount
from funds.intake.foreign.bodies import Line
from funds.intake.foreign.tables import FoundTable
from funds.intake.totals import SECTION
from funds.money import Unit, format_fen
from funds.problems import Problem, fatal, warning

# Columns of amounts; of a total row nothing else is compared.
AMOUNTS = frozenset(
    {
        "committed",
        "paid_in",
        "fiscal",
        "social",
        "target_size",
        "amount",
        "distributed",
        "exit_amount",
        "round_total",
        "post_money",
        "pre_money",
        "fair_value",
        "cost",
        "nav",
    }
)


@dataclass(frozen=True)
class Stated:
    """A total as it stands: where, its label, what it states and what the rows come to, in fen."""

    where: str
    label: str
    column: str
    stated: int
    counted: int

    @property
    def agrees(self) -> bool:
        """Whether it is the sum of its rows."""
        return self.stated == self.counted


def compare_totals(table: FoundTable) -> list[Stated]:
    """Each stated total with the sum of its rows; a column with a cell that is no amount is left out."""
    found: list[Stated] = []
    for at, column in enumerate(table.columns):
        if column.concept in AMOUNTS:
            found.extend(_compare_column(table, at))
    return found


def describe_totals(table: FoundTable) -> Iterator[Problem]:
    """That totals were left out and agree, or where they do not."""
    compared = compare_totals(table)
    for total in compared:
        if not total.agrees:
            yield fatal(
                "import.total_mismatch",
                total.where,
                column=total.column,
                stated=format_fen(total.stated, Unit.WAN),
                counted=format_fen(total.counted, Unit.WAN),
                difference=format_fen(total.stated - total.counted, Unit.WAN),
            )
    if table.totals:
        agreed = [total for total in compared if total.agrees]
        yield warning(
            "foreign.totals_left_out",
            table.where(table.totals[0][0].row, 0),
            count=len(table.totals),
            agreed=len(agreed),
        )


def _compare_column(table: FoundTable, at: int) -> Iterator[Stated]:
    column = table.columns[at]
    amounts = {line.row: line.cells[at] for line in table.rows}
    totals = {line.row: (line, cells[at]) for line, cells in table.totals}
    whole = section = 0
    try:
        for line in table.order:
            if line.line is Line.DATA and line.row in amounts:
                read = read_amount(amounts[line.row], column.unit)
                if read is not None and not read.is_foreign:
                    whole, section = whole + read.fen, section + read.fen
            elif line.line is Line.TOTAL:
                stated = read_amount(totals[line.row][1], column.unit)
                if stated is not None:
                    counted = section if line.label == SECTION else whole
                    yield Stated(
                        table.where(line.row, at), line.label, column.title.text, stated.fen, counted
                    )
                if line.label == SECTION:
                    section = 0
    except ValueFault:
        return
