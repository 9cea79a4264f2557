"""The sentence at the head of the leverage page: the official figure or that none is chosen, what is certain and what not."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.figure_text import write_value
from dashboard.pages.leverage.leverage_address import Layer
from dashboard.pages.leverage.leverage_cells import write_multiple, write_share
from dashboard.pages.leverage.leverage_scopes import name_scope
from dashboard.pages.leverage.leverage_state import LeverageState, Row
from dashboard.readings.answers import print_ratio
from dashboard.readings.money.deployed_money import name_deployed
from funds.kinds import Basis

# Money in firms stands in the next line, whatever basis was chosen.
BESIDE = frozenset(map(name_deployed, Basis))


def draw_headline(state: LeverageState) -> Component:
    """The figure with its definition; below it how far it can be relied on."""
    lines = [html.P(write_headline(state), className="headline")]
    if told := write_certainty(state):
        lines.append(html.P(told, className="certainty-line"))
    return html.Div(lines)


def write_headline(state: LeverageState) -> str:
    """The official definition on each basis that it stands for; else the chosen lens, said to be none."""
    rows = [row for row in state.rows("official") if row.get("basis") not in BESIDE]
    if not rows or rows[0]["definition"] is None:
        return state.say("leverage_page.says_open", place=name_scope(state), lens=_write_lens(state))
    values = state.say("leverage_page.semicolon").join(_write_official(state, row) for row in rows)
    row = rows[0]
    return state.say(
        "leverage_page.says_official",
        place=name_scope(state),
        name=state.say(f"figure.{row['definition']}"),
        code=row["definition"],
        soe=state.say(f"overview.soe_{row['soe']}"),
        values=values,
        document=row["document"],
        day=state.day(row["from"]),
    )


def _write_official(state: LeverageState, row: Row) -> str:
    basis = state.basis_name(row["basis"])
    if row["value"] is None:
        return state.say("leverage_page.says_absent", basis=basis, reason=state.say(row["reason"]))
    return state.say(
        "leverage_page.says_value",
        basis=basis,
        value=write_value(row["definition"], row["value"], state.unit),
    )


def _write_lens(state: LeverageState) -> str:
    """LV04 at the lens of the switches, with what it counts."""
    row = find_lens(state)
    is_through = state.options.look_through or row["lens"] == Layer.PROJECT.value
    terms = {
        "basis": state.basis_name(),
        "layer": state.say(f"report.lens_{row['lens']}"),
        "terms": state.terms(is_through=is_through),
    }
    if row.get("LV04") is None:
        return state.say("leverage_page.says_lens_absent", **terms, reason=state.say(row["reason"]))
    return state.say("leverage_page.says_lens", **terms, value=write_multiple(row["LV04"]))


def find_lens(state: LeverageState) -> Row:
    """The lens of the switches; of an industry there is that of its firms alone."""
    wanted = Layer.PROJECT if state.is_of_firms else state.layer
    return next(
        row
        for row in state.rows_on_both("lens")
        if row["lens"] == wanted.value and row["basis"] == state.basis.value
    )


def write_certainty(state: LeverageState) -> str:
    """How much is doubted and what that could change; how much of the paid-in money is in firms."""
    told = [*_write_doubts(state), *_write_deployed(state)]
    return state.say("leverage_page.semicolon").join(told) + state.say("leverage_page.stop") if told else ""


def _write_doubts(state: LeverageState) -> list[str]:
    cases = {row["case"]: row for row in state.rows("sensitivity") if row["case"] != "one"}
    now = cases.get("now")
    if now is None or now.get("reason") is not None:
        return []
    if not now["count"]:
        return [state.say("leverage_page.says_no_doubt")]
    told = state.say("leverage_page.says_doubt", count=now["count"], amount=state.amount(now["amount"]))
    if cases["low"]["LV04"] is None or cases["high"]["LV04"] is None:
        return [told]
    low, high = write_multiple(cases["low"]["LV04"]), write_multiple(cases["high"]["LV04"])
    return [told, state.say("leverage_page.says_range", low=low, high=high, basis=state.basis_name())]


def _write_deployed(state: LeverageState) -> list[str]:
    whole = next((row for row in state.rows("deployed") if row["nature"] == "all"), None)
    if whole is None or whole.get("reason") is not None or whole["external"] <= 0:
        return []
    share = write_share(print_ratio(whole["invested"], whole["external"]))
    return [
        state.say(
            "leverage_page.says_deployed",
            amount=state.amount(whole["external"]),
            invested=state.amount(whole["invested"]),
            share=share,
        )
    ]
