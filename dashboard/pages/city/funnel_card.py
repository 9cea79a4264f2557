"""The funnel on the city's page: from what was aimed at to what came back, with the share of each step."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.figures.funnel import PARTS, draw_funnel
from dashboard.pages.chart_card import Chart, draw_chart_card
from dashboard.pages.city.city_view import CityView, Row, Rows
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import format_money, format_percent

NAME = "funnel"
STEPS = ("aimed", "committed", "paid_in", "invested", "distributed")
# Steps whose amount is a figure itself; of PF16 the amount is what it counts, and the share is the figure.
AMOUNTS = {
    "committed": ("LV00c", "committed"),
    "paid_in": ("PF02", "paid_in"),
    "distributed": ("PF03", "paid_in"),
}
BESIDE = {"naive": ("LV00a", "committed"), "between": ("LV00b", "committed")}
SHARES = {
    "paid_in": ("PF05", "committed"),
    "invested": ("PF16", "paid_in"),
    "distributed": ("PF06", "paid_in"),
}


def draw_funnel_card(view: CityView) -> Component:
    """The bars with their table beside them."""
    rows = _steps(view)
    names = {row["step"]: view.say(f"overview.step_{row['step']}") for row in rows}
    names |= {part: view.say(f"overview.part_{part}") for part in PARTS}
    chart = Chart(
        NAME,
        _write_finding(view, rows),
        _write_note(view),
        draw_funnel(rows, names, _labels(view, rows, names), view.amount, view.context.scheme),
        make_funnel_table(view),
        legend=_legend(view, rows),
    )
    return html.Div(draw_chart_card(view.context, chart), className="chart-beside")


def make_funnel_table(view: CityView) -> ShownTable:
    """Each step with its amount and its share, then what a plain sum of fund sizes would say."""
    return ShownTable(
        name=NAME,
        title=view.say("overview.funnel"),
        columns=(
            Column("step", view.say("overview.step")),
            Column("amount", view.titled(view.say("overview.amount"), view.unit), is_number=True),
            Column("share", view.say("overview.share"), is_number=True),
            Column("of", view.say("overview.share_of")),
        ),
        rows=tuple(_make_row(view, row) for row in view.rows(NAME)),
        note=_write_note(view),
        definitions=view.versions(*(code for code, _ in {**AMOUNTS, **BESIDE, **SHARES}.values())),
    )


def _steps(view: CityView) -> Rows:
    return [row for row in view.rows(NAME) if row["step"] in STEPS]


def _make_row(view: CityView, row: Row) -> tuple[Cell, ...]:
    cells = view.cells(view.unit)
    return (
        cells.text(view.say(row["name"])),
        _amount(view, row),
        _share(view, row),
        cells.text(_name_share(view, row), tone="soft wrap"),
    )


def _amount(view: CityView, row: Row) -> Cell:
    cells, step = view.cells(view.unit), row["step"]
    key = AMOUNTS.get(step) or BESIDE.get(step)
    if key is None:
        return cells.money(row["amount"], "overview.no_target")
    return cells.figure(FigureKey(*key, view.slice.scope.label), row["amount"])


def _share(view: CityView, row: Row) -> Cell:
    cells, key = view.cells(view.unit), SHARES.get(row["step"])
    if key is None:
        share = row.get("share")
        return cells.text("") if share is None else cells.share(Fraction(share))
    figure = view.figure(*key)
    cell = cells.figure(FigureKey(*key, view.slice.scope.label), figure.value, figure.reason)
    share = cells.share(None if figure.value is None else Fraction(figure.value))
    # A multiple and a share of one step before the next are the same number; here it reads as a share.
    return Cell(share.text, share.value, share.number_format, cell.hover, figure=cell.figure)


def _name_share(view: CityView, row: Row, *, with_code: bool = True) -> str:
    code = row.get("share_code") if with_code else None
    if not row.get("share_of"):
        return ""
    of = view.say(f"overview.of_{row['share_of']}")
    return f"{of} {code}" if code else of


def _labels(view: CityView, rows: Rows, names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """What stands over each bar: its amount, and its share of the step that it is measured by."""
    labels: dict[str, tuple[str, str]] = {}
    for row in rows:
        amount = (
            view.say("overview.no_target") if row["amount"] is None else view.amount(row["amount"], view.unit)
        )
        share = row.get("share")
        of = f"{_name_share(view, row, with_code=False)} {format_percent(Fraction(share))}" if share else ""
        labels[row["step"]] = (f"<b>{names[row['step']]}</b>  {amount}", of)
    return labels


def _legend(view: CityView, rows: Rows) -> list[tuple[str, str]]:
    used = [part for part in PARTS if any(row.get(f"part_{part}") for row in rows)]
    swatches = {"undetermined": "unknown", "fund": "between"}
    return [(swatches.get(part, part), view.say(f"overview.part_{part}")) for part in used]


def _write_finding(view: CityView, rows: Rows) -> str:
    """How far the money has come, from its own numbers; what cannot be said is left out."""
    found: dict[str, Any] = {row["step"]: row for row in rows}
    if not found["committed"]["amount"]:
        return view.say("overview.funnel")
    params = {step: view.amount(row["amount"], view.unit) for step, row in found.items() if row["amount"]}
    shares = {
        f"{step}_share": format_percent(Fraction(row["share"]))
        for step, row in found.items()
        if row.get("share")
    }
    code = "overview.funnel_finding"
    if "aimed" not in params:
        code = "overview.funnel_finding_no_target"
    if "paid_in" not in params:
        code = "overview.funnel_finding_unpaid"
    return view.say(code, **params, **shares)


def _write_note(view: CityView) -> str:
    rows = {row["step"]: row for row in view.rows(NAME)}
    return view.say(
        "overview.funnel_note",
        unit=view.say(view.unit.code),
        day=view.day,
        naive=format_money(rows["naive"]["amount"], view.unit),
        between=format_money(rows["between"]["amount"], view.unit),
        document=rows["aimed"].get("document") or view.say("overview.no_target"),
    )
