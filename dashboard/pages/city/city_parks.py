"""The parks beside one another on the city's page: industries, money, pace, leverage, alignment and return."""

from dataclasses import replace

from dash.development.base_component import Component

from dashboard.pages.city.city_view import CityView, Row
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.parks import FIGURES, FigureColumn, find_figure
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit

NAME = "parks"
# What a column is called under its group, where the group does not say it all.
SHORT = {"PF05", "PF08", "PF09", "PF16", "PF17", "AL01"}
INVESTED_AFTER = "PF02"


def draw_parks_card(view: CityView) -> Component:
    """The table with its export."""
    return draw_table_card(view.context, make_parks_table(view))


def make_parks_table(view: CityView) -> ShownTable:
    """One row for each park, and the median of each column beneath."""
    rows = view.rows("park")
    unit = choose_unit(row.get(key) for row in rows for key in ("PF01.committed", "PF02.paid_in", "invested"))
    names = {industry.code: industry.name for industry in view.slice.facts.industries.values()}
    return ShownTable(
        name=NAME,
        title=view.say("overview.parks"),
        columns=_columns(view, unit),
        rows=tuple(_make_row(view, row, unit, names) for row in rows),
        note=view.say("overview.parks_note", day=view.day),
        total=_median(view, unit),
        definitions=view.versions(*dict.fromkeys(column.code for column in FIGURES)),
    )


def _columns(view: CityView, unit: MoneyUnit) -> tuple[Column, ...]:
    money = view.titled(view.say("overview.group_money"), unit)
    groups = {
        "money": money,
        "pace": view.say("overview.group_pace"),
        "outcome": view.say("overview.group_outcome"),
    }
    columns = [
        Column("name", view.say("overview.park")),
        Column("leading", view.say("overview.leading")),
        Column("funds", view.say("overview.funds"), is_number=True),
    ]
    for column in FIGURES:
        group = groups.get(column.group) or f"{view.say(f'figure.{column.code}')} {column.code}"
        hint = f"{column.code} {view.say(f'figure.{column.code}')}"
        columns.append(Column(column.key, _title(view, column), is_number=True, group=group, hint=hint))
        if column.code == INVESTED_AFTER:
            columns.append(Column("invested", view.say("overview.invested"), is_number=True, group=money))
    return tuple(columns)


def _title(view: CityView, column: FigureColumn) -> str:
    if column.code in SHORT:
        return view.say(f"overview.short_{column.code}")
    return (
        view.say(f"basis.{column.basis}")
        if column.code.startswith("LV")
        else view.say(f"figure.{column.code}")
    )


def _make_row(view: CityView, row: Row, unit: MoneyUnit, names: dict[str, str]) -> tuple[Cell, ...]:
    cells = view.cells(unit)
    leading = "、".join(names.get(code, code) for code in row["leading"])
    made = [
        cells.text(row["name"], link=view.context.link(f"/parks/{row['code']}")),
        cells.text(leading, tone="wrap") if leading else cells.absent("alignment.no_leading_industry"),
        cells.count(row["funds"]),
    ]
    for column in FIGURES:
        found = find_figure(row, column)
        key = FigureKey(column.code, found.basis, row["scope"])
        made.append(cells.figure(key, found.value, found.reason))
        if column.code == INVESTED_AFTER:
            made.append(cells.money(row["invested"]))
    return tuple(made)


def _median(view: CityView, unit: MoneyUnit) -> tuple[Cell, ...] | None:
    """The middle park in each column; no number to open, since no park has it."""
    if not view.rows("park_median"):
        return None
    row, counts = view.rows("park_median")
    cells = view.cells(unit)
    made = [cells.text(view.say("overview.median", count=counts["funds"])), cells.text("")]
    made.append(cells.count(row["funds"]))
    for column in FIGURES:
        key = FigureKey(column.code, column.basis, "")
        cell = cells.figure(key, row.get(column.key), "overview.no_median")
        counted = view.say("overview.counted", count=counts.get(column.key, 0))
        made.append(replace(cell, figure=None, hover=f"{cell.hover} · {counted}"))
        if column.code == INVESTED_AFTER:
            made.append(cells.money(row.get("invested")))
    return tuple(made)
