"""The investors of a fund one by one: what they promised, paid, still owe and got back."""

from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.funds.fund_view import FundView, Row, load_fund, number_of
from dashboard.pages.funds.readable_funds import list_readable
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count

NAME = "investors"


def draw_investors(view: FundView) -> list[Component]:
    """The card; a fund to which nobody committed has none."""
    return [draw_table_card(view.context, make_investors(view))] if view.rows("investor") else []


def make_investors_table(context: PageContext) -> ShownTable:
    """The list of investors, for export."""
    return make_investors(load_fund(context))


def make_investors(view: FundView) -> ShownTable:
    """One row each; a fund of the book that the person may see is a link."""
    rows = view.rows("investor")
    unit = choose_unit(row["committed"] for row in rows)
    columns = (
        Column("name", view.say("fund.investor")),
        Column("nature", view.say("fund.nature")),
        Column("level", view.say("fund.gov_level")),
        Column("sub_type", view.say("fund.sub_type")),
        Column("committed", view.titled("figure.PF01", unit), is_number=True),
        Column("paid_in", view.titled("fund.paid_inside", unit), is_number=True),
        Column("paid_share", view.say("fund.paid_share"), is_number=True),
        Column("open", view.titled("fund.open", unit), is_number=True),
        Column("distributed", view.titled("figure.PF03", unit), is_number=True),
    )
    links = {fund.code for fund in list_readable(view.slice)}
    made = tuple(_make_row(view, row, unit, links) for row in rows)
    note = view.note(unit, "fund.investors_note")
    if not rows:
        return ShownTable(NAME, view.say("fund.investors"), columns, ())
    (total,) = view.rows("investor_sum")
    if total["paid_outside"]:
        note += view.say("fund.investors_outside", amount=view.amount(total["paid_outside"], unit))
    title = view.say("fund.investors_finding", count=format_count(len(rows)), late=_write_late(view, total))
    return ShownTable(
        NAME, title, columns, made, note, _sum(view, total, unit), view.versions("PF01", "PF02")
    )


def _make_row(view: FundView, row: Row, unit: MoneyUnit, links: set[str]) -> tuple[Cell, ...]:
    cells = view.cells(unit)
    is_open = row["nature"] == "fund" and row["code"] in links
    link = view.context.link(f"/funds/{row['code']}") if is_open else None
    nature = view.say(f"fund.nature_{row['nature']}")
    return (
        cells.text(row["name"], link=link),
        cells.text(nature, tone="soft" if row["nature"] == "undetermined" else ""),
        cells.text(view.say(f"fund.gov_{row['level']}") if row["level"] else ""),
        cells.text(row["sub_type"] or ""),
        cells.money(row["committed"]),
        cells.money(row["paid_in"]),
        cells.share(number_of(row["paid_share"]), "multiple.no_commitment"),
        cells.money(row["open"]),
        cells.money(row["distributed"]),
    )


def _sum(view: FundView, total: Row, unit: MoneyUnit) -> tuple[Cell, ...]:
    """The foot of the list: commitments, payments and distributions of the whole fund."""
    cells = view.cells(unit)
    return (
        cells.text(view.say("fund.total")),
        *(cells.text("") for _ in range(3)),
        *(cells.money(total[key]) for key in ("committed", "paid_in")),
        cells.share(number_of(total["paid_share"]), "multiple.no_commitment"),
        *(cells.money(total[key]) for key in ("open", "distributed")),
    )


def _write_late(view: FundView, total: Row) -> str:
    """How many have paid less of their commitment than the fund as a whole."""
    behind = total["behind"]
    if not behind:
        return view.say("fund.investors_even")
    return view.say("fund.investors_behind", count=format_count(behind))
