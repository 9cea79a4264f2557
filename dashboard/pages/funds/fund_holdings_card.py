"""What a fund holds: the firms with cost, proceeds and value, and the funds that it has paid into."""

from collections.abc import Mapping
from dataclasses import replace

from dash.development.base_component import Component

from dashboard.pages.chart_card import draw_empty_card
from dashboard.pages.context import PageContext
from dashboard.pages.funds.fund_view import FundView, Row, day_of, load_fund, number_of
from dashboard.pages.funds.readable_funds import list_readable
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.portfolio.fund_holdings import MONEY
from dashboard.readings.portfolio.fund_papers import NO_PAPERS, Papers, read_papers
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count, format_percent
from funds.queries.attribution import WHOLE

HOLDINGS, STAKES = "holdings", "stakes"


def draw_holdings(view: FundView) -> list[Component]:
    """Firms, and funds where there are any; a fund that holds nothing yet says so."""
    cards = []
    if view.rows("stake"):
        cards.append(draw_table_card(view.context, make_stakes(view)))
    if view.rows("holding"):
        cards.append(draw_table_card(view.context, make_holdings(view)))
    return cards or [draw_empty_card(view.say("fund.holdings"), view.say("fund.holdings_empty"))]


def make_holdings_table(context: PageContext) -> ShownTable:
    """The firms, for export."""
    return make_holdings(load_fund(context))


def make_stakes_table(context: PageContext) -> ShownTable:
    """The funds, for export."""
    return make_stakes(load_fund(context))


def make_holdings(view: FundView) -> ShownTable:
    """One row for each firm, the largest remaining cost first."""
    rows = view.rows("holding")
    unit = choose_unit(row[key] for row in rows for key in MONEY)
    if not rows:
        return ShownTable(HOLDINGS, view.say("fund.holdings"), _list_columns(view, unit), ())
    (total,) = view.rows("holding_sum")
    papers = read_papers(view.context.visit.book, view.slice)
    made = tuple(_make_row(view, row, unit, papers) for row in rows)
    return ShownTable(
        HOLDINGS,
        write_finding(view, total),
        _list_columns(view, unit),
        made,
        view.note(unit, "fund.holdings_note"),
        _sum(view, total, unit),
        view.versions("PF11", "AL01"),
    )


def make_stakes(view: FundView) -> ShownTable:
    """One row for each fund, the largest payments first; one that the person may see is a link."""
    rows = view.rows("stake")
    unit = choose_unit(row[key] for row in rows for key in ("committed", "paid", "received", "value"))
    cells = view.cells(unit)
    links = {fund.code for fund in list_readable(view.slice)}
    money = (("committed", "figure.PF01"), ("paid", "figure.PF02"), ("received", "figure.PF03"))
    columns = (
        Column("name", view.say("fund.child")),
        *(Column(key, view.titled(code, unit), is_number=True) for key, code in money),
        Column("value", view.titled("fund.stake_value", unit), is_number=True),
        Column("source", view.say("fund.source")),
        Column("moic", "TVPI", is_number=True),
        Column("share", view.say("fund.share_of_child"), is_number=True),
    )
    made = tuple(
        (
            cells.text(row["name"], link=_link(view, row["code"]) if row["code"] in links else None),
            *(cells.money(row[key]) for key, _ in money),
            cells.money(row["value"]),
            cells.text(view.say(f"basis.{row['nav_source']}")),
            cells.ratio(number_of(row["moic"]), "multiple.no_paid_in"),
            cells.share(number_of(row["share_of_paid_in"]), "multiple.no_paid_in"),
        )
        for row in rows
    )
    paid = sum(row["paid"] for row in rows)
    title = view.say("fund.stakes_finding", count=format_count(len(rows)), amount=view.amount(paid, unit))
    note = view.note(unit, "fund.stakes_note")
    return ShownTable(STAKES, title, columns, made, note, definitions=view.versions("PF04"))


def write_finding(view: FundView, total: Row) -> str:
    """How much lies in the largest holdings, and what is gone, written off or old."""
    if total["top_share"] is not None and total["holdings"] > total["top"]:
        share = format_percent(number_of(total["top_share"]))
        clauses = [view.say("fund.holdings_top", top=total["top"], share=share)]
    else:
        clauses = [view.say("fund.holdings_count", count=format_count(total["holdings"]))]
    for key in ("exited", "written_off", "stale"):
        if total[key]:
            clauses.append(view.say(f"fund.holdings_is_{key}", count=format_count(total[key])))
    return view.say("fund.join").join(clauses)


def _list_columns(view: FundView, unit: MoneyUnit) -> tuple[Column, ...]:
    say = view.say
    return (
        Column("name", say("fund.firm")),
        Column("industry", say("fund.industry")),
        Column("park", say("fund.park")),
        Column("leading", say("fund.leading")),
        Column("deals", say("fund.deals")),
        Column("first_paid", say("fund.first_paid")),
        Column("invested", view.titled("fund.cost_ever", unit), is_number=True),
        Column("cost", view.titled("fund.cost_left", unit), is_number=True),
        Column("cost_share", say("fund.cost_share"), is_number=True),
        Column("proceeds", view.titled("fund.proceeds", unit), is_number=True),
        Column("fair_value", view.titled("fund.fair_value", unit), is_number=True),
        Column("moic", "MOIC", is_number=True),
        Column("mark", say("fund.mark")),
        Column("method", say("fund.method")),
        Column("state", say("fund.state")),
    )


def _make_row(
    view: FundView, row: Row, unit: MoneyUnit, papers: Mapping[tuple[str, str], Papers]
) -> tuple[Cell, ...]:
    cells, facts = view.cells(unit), view.slice.facts
    industries = {one.code: one.name for one in facts.industries.values()}
    parks = {one.code: one.name for one in facts.parks.values()}
    paper = papers.get((row["fund"], row["company"]), NO_PAPERS)
    return (
        cells.text(row["name"], link=view.context.link(f"/companies/{row['company']}")),
        cells.text(industries.get(row["industry"], ""), tone="wrap")
        if row["industry"]
        else cells.absent("fund.no_tag"),
        cells.text(parks.get(row["park"], ""), tone="wrap")
        if row["park"]
        else cells.text(view.say("fund.elsewhere"), tone="soft"),
        _leading(view, row),
        cells.text(
            " · ".join(filter(None, ["、".join(paper.rounds), "、".join(paper.instruments)])), tone="wrap"
        ),
        cells.day(day_of(row, "first_paid")),
        cells.money(row["invested"]),
        cells.money(row["cost"]),
        cells.share(number_of(row["cost_share"]), "alignment.no_holdings"),
        cells.money(row["proceeds"]),
        cells.money(row["fair_value"], tone="broken" if row["is_written_off"] else ""),
        cells.ratio(number_of(row["moic"]), "multiple.no_cost"),
        _mark(view, row),
        cells.text(view.say(f"fund.method_{paper.method.value}") if paper.method else "", tone="wrap"),
        _state(view, row),
    )


def _leading(view: FundView, row: Row) -> Cell:
    """Whether the firm is in an industry that leads where the fund serves; a share where parks differ."""
    cells, weight = view.cells(MoneyUnit.YI), row["leading_ppm"]
    if weight in (0, WHOLE):
        return cells.text(view.say("fund.yes" if weight else "fund.no"), tone="" if weight else "soft")
    return cells.text(format_percent(weight / WHOLE, 0), hover=view.say("fund.leading_partly"))


def _mark(view: FundView, row: Row) -> Cell:
    """The day of the last mark; without one the remaining cost stands."""
    cells = view.cells(MoneyUnit.YI)
    if row["mark_day"] is None:
        return cells.text(view.say("fund.at_cost"), tone="soft", hover=view.say("fund.at_cost_hint"))
    return replace(cells.day(day_of(row, "mark_day")), tone="near" if row["is_stale"] else "")


def _state(view: FundView, row: Row) -> Cell:
    cells = view.cells(MoneyUnit.YI)
    for key, tone in (("is_written_off", "broken"), ("is_exited", "soft"), ("is_stale", "near")):
        if row[key]:
            return cells.text(view.say(f"fund.{key}"), tone=tone)
    return cells.text(view.say("fund.is_held"))


def _sum(view: FundView, total: Row, unit: MoneyUnit) -> tuple[Cell, ...]:
    """The foot: amounts, and their multiple."""
    cells = view.cells(unit)
    blank = cells.text("")
    return (
        cells.text(view.say("fund.total")),
        *(blank,) * 5,
        cells.money(total["invested"]),
        cells.money(total["cost"]),
        blank,
        cells.money(total["proceeds"]),
        cells.money(total["fair_value"]),
        cells.ratio(number_of(total["moic"]), "multiple.no_cost"),
        *(blank,) * 3,
    )


def _link(view: FundView, code: str) -> str:
    return view.context.link(f"/funds/{code}")
