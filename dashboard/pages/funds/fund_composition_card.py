"""Whose money a fund has, as bars of natures: committed and paid in, as it came and looked through."""

from dash.development.base_component import Component

from dashboard.figures.fund_investors import NatureBar, draw_fund_investors
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.context import PageContext
from dashboard.pages.funds.fund_figures import draw_leverage
from dashboard.pages.funds.fund_view import FundView, Row, Rows, height_of, load_fund
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_percent

NAME = "composition"
NATURES = ("fiscal", "state_owned", "social", "fund", "undetermined")
SWATCHES = {"fund": "between", "undetermined": "unknown"}
BASES = ("committed", "paid_in")
SIDES = ("first_level", "looked_through")


def draw_composition(view: FundView) -> Component:
    """The card: leverage, the bars, and the amounts."""
    if not view.figure("PF01").value and not view.figure("PF02").value:
        return draw_empty_card(view.say("fund.investors"), view.say("fund.investors_empty"))
    rows = view.rows(NAME)
    unit = _unit(rows)
    natures = [nature for nature in NATURES if any(row[side] for row in _of(rows, nature) for side in SIDES)]
    figure = draw_fund_investors(
        list_bars(view, rows, unit), natures, view.say(unit.code), view.context.scheme
    )
    legend = [(SWATCHES.get(nature, nature), view.say(f"fund.nature_{nature}")) for nature in natures]
    note = view.note(unit, "fund.composition_note")
    reasons = {row["reason"] for row in rows if row["reason"]}
    note += "".join(
        view.say("fund.not_looked_through", reason=view.say(reason)) for reason in sorted(reasons)
    )
    chart = Chart(NAME, write_finding(view, rows), note, figure, make_composition(view), legend)
    return draw_chart_card(view.context, chart, above=draw_leverage(view))


def make_composition_table(context: PageContext) -> ShownTable:
    """Amounts by nature, for export."""
    return make_composition(load_fund(context))


def make_composition(view: FundView) -> ShownTable:
    """A row for each nature, both bases, as it came and looked through; the totals agree."""
    rows = view.rows(NAME)
    unit = _unit(rows)
    cells = view.cells(unit)
    found = {(row["basis"], row["nature"]): row for row in rows}
    sums = {row["basis"]: row for row in view.rows("composition_sum")}
    keys = [(basis, side) for basis in BASES for side in SIDES]
    columns = tuple(
        Column(f"{basis}_{side}", view.titled(f"fund.{side}", unit), True, view.say(f"basis.{basis}"))
        for basis, side in keys
    )
    made = tuple(
        (
            cells.text(view.say(f"fund.nature_{nature}")),
            *(
                cells.money(found[basis, nature][side], found[basis, nature]["reason"])
                for basis, side in keys
            ),
        )
        for nature in NATURES
    )
    totals = (cells.money(sums[basis][side], sums[basis]["reason"]) for basis, side in keys)
    title = view.say("fund.composition_table", fund=view.fund.name)
    return ShownTable(
        NAME,
        title,
        (Column("nature", view.say("fund.nature")), *columns),
        made,
        total=(cells.text(view.say("fund.total")), *totals),
        definitions=view.versions("LV04", "LV05"),
    )


def write_finding(view: FundView, rows: Rows) -> str:
    """The share of social money, as it came and looked through, and of what nobody has confirmed."""
    committed = [row for row in rows if row["basis"] == "committed"]
    total = sum(row["first_level"] for row in committed)
    if not total:
        return view.say("fund.investors")
    by_nature = {row["nature"]: row for row in committed}
    social, layered = by_nature["social"], by_nature["fund"]["first_level"]
    clauses = [view.say("fund.composition_social", share=format_percent(social["first_level"] / total))]
    if layered and social["looked_through"] is not None:
        share = format_percent(social["looked_through"] / total)
        clauses.append(view.say("fund.composition_through", share=share))
    unknown = by_nature["undetermined"]
    if unknown["first_level"]:
        share = format_percent(unknown["first_level"] / total)
        clauses.append(view.say("fund.composition_unknown", share=share))
    return view.say("fund.join").join(clauses)


def list_bars(view: FundView, rows: Rows, unit: MoneyUnit) -> list[NatureBar]:
    """Both bases as they came, then both looked through where a fund is among the investors."""
    layered = any(row["first_level"] for row in _of(rows, "fund"))
    sides = SIDES if layered and not any(row["reason"] for row in rows) else SIDES[:1]
    return [_bar(view, rows, basis, side, unit) for side in sides for basis in BASES]


def _bar(view: FundView, rows: Rows, basis: str, side: str, unit: MoneyUnit) -> NatureBar:
    amounts = {row["nature"]: row[side] for row in rows if row["basis"] == basis}
    total = sum(amounts.values())
    shares = {nature: format_percent(fen / total) if total else "" for nature, fen in amounts.items()}
    name = view.say(f"fund.bar_{side}", basis=view.say(f"basis.{basis}"))
    hovers = {
        nature: f"{name}<br>{view.say(f'fund.nature_{nature}')} {view.amount(fen, unit)} · {shares[nature]}"
        for nature, fen in amounts.items()
    }
    heights = {nature: height_of(fen, unit) for nature, fen in amounts.items()}
    return NatureBar(name, heights, shares, hovers)


def _of(rows: Rows, nature: str) -> list[Row]:
    return [row for row in rows if row["nature"] == nature]


def _unit(rows: Rows) -> MoneyUnit:
    return choose_unit(row["first_level"] for row in rows)
