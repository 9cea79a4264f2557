"""Whose success it is where several governments meet: pro-rata shares that sum to all, the full claims beside them."""

from fractions import Fraction

from dash.development.base_component import Component

from dashboard.figures.leverage_claims import Claim, draw_leverage_claims
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.leverage.leverage_cells import LeverageCells, write_share
from dashboard.pages.leverage.leverage_state import LeverageState, Row, Rows
from dashboard.readings.money.credit_shares import ASKING
from dashboard.tables.shown import Cell, FigureKey, ShownTable
from dashboard.words.numbers import format_percent

NAME = "attribution"
MONEY = ("fiscal", "social_pro_rata", "social_full_claim")


def draw_attribution(state: LeverageState) -> Component:
    """A pair of bars for each level of government; a calm card where no social or no fiscal money is."""
    rows = state.rows("attribution")
    title = state.say("leverage_page.attribution")
    if not rows:
        return draw_empty_card(title, state.say("leverage.of_whole_funds"))
    whole = rows[-1]
    if whole.get("reason") is not None:
        return draw_empty_card(title, state.say(whole["reason"]))
    claimants = [row for row in _levels(rows) if row["fiscal"]]
    if not whole["social_pro_rata"] or not claimants:
        return draw_empty_card(title, state.say("leverage_page.attribution_none"))
    claims = [_make_claim(state, row) for row in claimants]
    figure = draw_leverage_claims(claims, state.say("leverage_page.attribution_axis"), state.context.scheme)
    legend = [
        ("social", state.say("leverage_page.by_pro_rata")),
        ("between", state.say("leverage_page.by_full_claim")),
    ]
    chart = Chart(
        NAME, write_finding(state), _write_note(state), figure, make_attribution_table(state), legend
    )
    return draw_chart_card(state.context, chart)


def _levels(rows: Rows) -> Rows:
    return [row for row in rows if row["by"] == "level"]


def _make_claim(state: LeverageState, row: Row) -> Claim:
    name = state.say(f"report.level_{row['level']}")

    def hover(kind: str, amount: int, share: str) -> str:
        return state.say(
            "leverage_page.attribution_hover",
            name=name,
            kind=state.say(f"leverage_page.{kind}"),
            amount=state.amount(amount),
            share=write_share(share),
        )

    return Claim(
        name,
        float(Fraction(row["share"])),
        float(Fraction(row["claimed_share"])),
        write_share(row["share"]),
        write_share(row["claimed_share"]),
        hover("by_pro_rata", row["social_pro_rata"], row["share"]),
        hover("by_full_claim", row["social_full_claim"], row["claimed_share"]),
    )


def write_finding(state: LeverageState) -> str:
    """The share of the level that is asked for, and how often the same yuan is claimed by all together."""
    rows = state.rows("attribution")
    whole = rows[-1]
    level = str(state.options.fiscal_level or ASKING)
    own = next((row for row in _levels(rows) if row["level"] == level), None)
    told = state.say(
        "leverage_page.attribution_finding",
        social=state.amount(whole["social_pro_rata"]),
        level=state.say(f"report.level_{level}"),
        share=write_share(own["share"]) if own else format_percent(Fraction(0)),
    )
    claimed = whole["claimed_share"]
    if claimed is None or Fraction(claimed) <= 1:
        return told
    return told + state.say("leverage_page.attribution_claimed", share=write_share(claimed))


def _write_note(state: LeverageState) -> str:
    return state.say(
        "leverage_page.attribution_note",
        basis=state.basis_name(),
        terms=state.terms(is_through=True),
        day=state.day(),
    )


def make_attribution_table(state: LeverageState) -> ShownTable:
    """Governments, then levels, then what no government holds; the foot is the whole, 100 %."""
    rows = [row for row in state.rows("attribution") if row.get("reason") is None]
    cells = state.cells(row.get(key) for row in rows for key in MONEY)
    columns = (
        state.column("government"),
        state.column("gov_level"),
        state.column("fiscal_own", cells),
        state.column("social_pro_rata", cells),
        state.column("share_of_all", is_number=True),
        state.figure_column("LV09"),
        state.column("social_full_claim", cells),
        state.column("claimed_share", is_number=True),
        state.column("full_claim", is_number=True),
    )
    level = str(state.options.fiscal_level or ASKING)
    made = tuple(_make_row(state, cells, row, level) for row in rows if row["by"] != "all")
    total = next((_make_row(state, cells, row, level) for row in rows if row["by"] == "all"), None)
    return ShownTable(
        NAME,
        state.say("leverage_page.attribution"),
        columns,
        made,
        note=_write_note(state),
        total=total,
        definitions=state.versions("LV09"),
    )


def _make_row(state: LeverageState, cells: LeverageCells, row: Row, level: str) -> tuple[Cell, ...]:
    asked = row["by"] == "level" and row["level"] == level
    key = FigureKey("LV09", row["basis"], state.scope)
    reason = "leverage.no_fiscal_of_level"
    multiple = (
        cells.figure(key, row.get("LV09"), reason) if asked else cells.multiple(row.get("LV09"), reason)
    )
    return (
        cells.words(_name(state, row)),
        cells.text(state.say(f"report.level_{row['level']}") if row.get("level") else ""),
        cells.money(row.get("fiscal"), reason),
        cells.money(row["social_pro_rata"]),
        cells.part(row["share"], "leverage_page.attribution_none"),
        multiple if row["by"] != "all" else cells.text(""),
        cells.money(row.get("social_full_claim"), reason),
        cells.part(row.get("claimed_share"), reason),
        cells.multiple(row.get("full_claim"), reason) if row["by"] != "all" else cells.text(""),
    )


def _name(state: LeverageState, row: Row) -> str:
    if row["by"] == "government":
        return str(row["name"] or state.say("leverage_page.other_governments"))
    return state.say(f"leverage_page.all_of_{row['by']}")
