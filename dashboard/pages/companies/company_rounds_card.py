"""The rounds of a firm with all their investors: whose money it was, as it came and looked through."""

from fractions import Fraction

from dash.development.base_component import Component

from dashboard.figures.fund_investors import NatureBar, draw_fund_investors
from dashboard.pages.chart_card import Chart, draw_chart_card, draw_empty_card
from dashboard.pages.companies.company_state import CompanyState, Row, day_of
from dashboard.pages.shown_table import draw_table_card
from dashboard.readings.portfolio.company_rounds import NATURES, UNLISTED
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count, format_percent

ROUNDS, INVESTORS = "rounds", "round_investors"
ALL = (*map(str, NATURES), UNLISTED)
CAME, SEEN = "as_it_came", "looked_through"
FUND, SOCIAL, UNKNOWN = "fund", "social", "undetermined"
SWATCHES = {FUND: "between", UNKNOWN: "unknown", UNLISTED: "unlisted"}


def draw_rounds(state: CompanyState) -> list[Component]:
    """The chart with its table, and the investors one by one; a firm without a round in sight says so."""
    if not state.rows("company_round"):
        text = "company.rounds_empty" if state.slice.readable.is_city else "company.rounds_not_yours"
        return [draw_empty_card(state.say("company.rounds"), state.say(text))]
    table = make_rounds(state)
    unit = _unit(state)
    natures = [nature for nature in ALL if any(_amounts(row) != (0, 0) for row in _of(state, nature))]
    figure = draw_fund_investors(list_bars(state, unit), natures, state.say(unit.code), state.context.scheme)
    legend = [(SWATCHES.get(nature, nature), state.say(f"company.nature_{nature}")) for nature in natures]
    note = state.note("company.rounds_note", unit)
    chart = Chart(ROUNDS, write_finding(state), note, figure, table, legend, is_wide=True)
    cards = [draw_chart_card(state.context, chart)]
    if state.rows("company_investor"):
        cards.append(draw_table_card(state.context, make_investors(state)))
    return cards


def make_rounds(state: CompanyState) -> ShownTable:
    """A row for each round: total, new money and old shares, natures on both sides, and whether it adds up."""
    rows, unit = state.rows("company_round"), _unit(state)
    sides = _list_sides(state)
    columns = (
        Column("name", state.say("company.round")),
        Column("closed", state.say("company.closed")),
        Column("total", state.titled("company.total", unit), is_number=True),
        Column("primary", state.titled("company.primary", unit), is_number=True),
        Column("secondary", state.titled("company.secondary", unit), is_number=True),
        *(
            Column(
                f"{side}_{nature}",
                state.titled(f"company.nature_{nature}", unit),
                True,
                state.say(f"company.{side}"),
            )
            for side, nature in sides
        ),
        Column("sums", state.say("company.sums")),
        Column("loan", state.titled("company.loan", unit), is_number=True),
        Column("post_money", state.titled("company.post_money", unit), is_number=True),
    )
    made = tuple(_make_round(state, row, sides, unit) for row in rows)
    note = state.note("company.rounds_note", unit)
    return ShownTable(ROUNDS, state.say("company.rounds_table", name=state.company.name), columns, made, note)


def make_investors(state: CompanyState) -> ShownTable:
    """A row for each investor of each round; a fund that may be opened is a link."""
    rows = state.rows("company_investor")
    unit = choose_unit(row["amount"] for row in rows)
    columns = (
        Column("name", state.say("company.investor")),
        Column("round", state.say("company.round")),
        Column("nature", state.say("company.nature")),
        Column("level", state.say("company.level")),
        Column("sub_type", state.say("company.sub_type")),
        Column("amount", state.titled("company.amount", unit), is_number=True),
        Column("share", state.say("company.share_of_round"), is_number=True),
        Column("origin", state.say("company.origin")),
    )
    rounds = {row["round_code"]: row for row in state.rows("company_round")}
    made = tuple(_make_investor(state, row, rounds[row["round_code"]], unit) for row in rows)
    count = format_count(len({row["code"] for row in rows}))
    title = state.say("company.investors_finding", investors=count, rounds=format_count(len(rounds)))
    return ShownTable(INVESTORS, title, columns, made, state.note("company.investors_note", unit))


def write_finding(state: CompanyState) -> str:
    """The share of social money in all rounds as it came and looked through, and whether every round adds up."""
    rows = state.rows("company_round")
    total = sum(row["round_total"] for row in rows)
    clauses = []
    if total:
        came = sum(row["amount"] for row in _of(state, SOCIAL))
        clauses.append(state.say("company.rounds_social", share=format_percent(came / total)))
        if _has_funds(state):
            seen = sum(row["looked_through"] for row in _of(state, SOCIAL))
            clauses.append(state.say("company.rounds_through", share=format_percent(seen / total)))
        unknown = sum(row["looked_through"] for row in _of(state, UNKNOWN))
        if unknown:
            clauses.append(state.say("company.rounds_unknown", share=format_percent(unknown / total)))
    odd = sum(bool(row["difference"]) for row in rows)
    if odd:
        clauses.append(state.say("company.rounds_odd", count=format_count(odd)))
    bare = sum(row["listed_sum"] is None for row in rows)
    if bare:
        clauses.append(state.say("company.rounds_bare", count=format_count(bare)))
    return state.join(clauses) or state.say("company.rounds")


def list_bars(state: CompanyState, unit: MoneyUnit) -> list[NatureBar]:
    """Each round as it came, and below it looked through where a fund in sight took part."""
    bars = []
    for row in state.rows("company_round"):
        own = [one for one in state.rows("company_round_nature") if one["round_code"] == row["round_code"]]
        came = {one["nature"]: one["amount"] for one in own}
        seen = {one["nature"]: one["looked_through"] for one in own}
        name = state.say("company.bar", round=row["name"], month=row["closed_on"][:7])
        bars.append(_bar(state, name, came, unit))
        if came != seen:
            bars.append(_bar(state, state.say("company.bar_through", round=name), seen, unit))
    return bars


def _bar(state: CompanyState, name: str, amounts: dict[str, int], unit: MoneyUnit) -> NatureBar:
    total = sum(amounts.values())
    whole = dict.fromkeys(ALL, 0) | amounts
    shares = {nature: format_percent(fen / total) if total else "" for nature, fen in whole.items()}
    hovers = {
        nature: f"{name}<br>{state.say(f'company.nature_{nature}')} "
        f"{state.amount(fen, unit)} · {shares[nature]}"
        for nature, fen in whole.items()
    }
    return NatureBar(name, {nature: fen / unit.value for nature, fen in whole.items()}, shares, hovers)


def _list_sides(state: CompanyState) -> list[tuple[str, str]]:
    """Natures as they came, and looked through where a fund in sight took part: those with money in any round."""
    sides = [(CAME, 0)] + ([(SEEN, 1)] if _has_funds(state) else [])
    return [
        (side, nature)
        for side, place in sides
        for nature in ALL
        if any(_amounts(row)[place] for row in _of(state, nature))
    ]


def _make_round(
    state: CompanyState, row: Row, sides: list[tuple[str, str]], unit: MoneyUnit
) -> tuple[Cell, ...]:
    cells = state.cells(unit)
    own = {
        one["nature"]: dict(zip((CAME, SEEN), _amounts(one), strict=True))
        for one in state.rows("company_round_nature")
        if one["round_code"] == row["round_code"]
    }
    return (
        cells.text(
            row["name"], link=state.history_link("round_fact", row["ledger_row"]), hover=row["round_code"]
        ),
        cells.day(day_of(row, "closed_on")),
        cells.money(row["round_total"]),
        cells.money(row["new_money"]),
        cells.money(row["old_shares"]),
        *(cells.money(own[nature][side] if nature in own else 0) for side, nature in sides),
        _check(state, row),
        cells.money(row["loan_beside"], "company.no_loan"),
        cells.money(row["post_money"], "company.no_post_money"),
    )


def _check(state: CompanyState, row: Row) -> Cell:
    """Whether the investors listed come to the total."""
    cells = state.cells(MoneyUnit.YI)
    if row["listed_sum"] is None:
        return cells.text(state.say("company.sums_bare"), tone="near")
    if not row["difference"]:
        return cells.text(state.say("company.sums_tie", count=format_count(row["investors"])))
    gap = state.amount(row["difference"])
    return cells.text(state.say("company.sums_differ", amount=gap), tone="broken")


def _make_investor(state: CompanyState, row: Row, whole: Row, unit: MoneyUnit) -> tuple[Cell, ...]:
    cells = state.cells(unit)
    link = state.fund_link(row["code"]) if row["is_fund_seen"] else None
    share = Fraction(row["amount"], whole["round_total"]) if whole["round_total"] else None
    return (
        cells.text(row["name"] or row["code"], link=link),
        cells.text(state.say("company.bar", round=whole["name"], month=whole["closed_on"][:7])),
        cells.text(state.say(f"company.nature_{row['nature']}")),
        cells.text(state.say(f"company.gov_{row['level']}") if row["level"] else ""),
        cells.text(row["sub_type"] or ""),
        cells.money(row["amount"]),
        cells.share(share, "company.no_total"),
        cells.text(state.say(f"company.origin_{row['share_origin']}")),
    )


def _amounts(row: Row) -> tuple[int, int]:
    return row["amount"], row["looked_through"]


def _of(state: CompanyState, nature: str) -> list[Row]:
    return [row for row in state.rows("company_round_nature") if row["nature"] == nature]


def _has_funds(state: CompanyState) -> bool:
    return any(row["amount"] != row["looked_through"] for row in _of(state, FUND))


def _unit(state: CompanyState) -> MoneyUnit:
    return choose_unit(row["round_total"] for row in state.rows("company_round"))
