"""Which funds hold a firm, whose money theirs was to the level of the fiscal yuan, and what each made of it."""

from dataclasses import replace

from dash.development.base_component import Component

from dashboard.figures.fund_investors import NatureBar, draw_fund_investors
from dashboard.pages.chart_card import Chart, draw_chart_card
from dashboard.pages.companies.company_state import CompanyState, Row, day_of, number_of
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import Cell, Column, FigureKey, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count, format_percent
from funds.kinds import GovernmentLevel
from funds.queries.attribution import WHOLE

FUNDS, SOURCES = "funds", "sources"
MONEY = ("invested", "cost", "proceeds", "fair_value")
FISCAL, UNTRACED = "fiscal", "untraced"
NATURES = (FISCAL, "state_owned", "social", "undetermined", UNTRACED)
SWATCHES = {"undetermined": "unknown", UNTRACED: "unlisted"}
Key = tuple[str, str | None]


def draw_funds(state: CompanyState) -> list[Component]:
    """The funds with what they made, and their money looked through; nothing where no fund in sight paid in."""
    if not state.is_held:
        return []
    return [draw_table_card(state.context, make_funds(state)), _draw_sources(state)]


def make_funds(state: CompanyState) -> ShownTable:
    """A row for each fund, the total with the firm's own figures."""
    rows = state.rows("company_fund")
    unit = choose_unit(row[key] for row in rows for key in MONEY)
    titles = {key: state.titled(f"company.{key}", unit) for key in MONEY}
    columns = (
        Column("fund", state.say("company.fund")),
        Column("first_paid", state.say("company.first_paid")),
        *(Column(key, titles[key], is_number=True) for key in MONEY),
        Column("moic", "MOIC", is_number=True, hint=state.say("figure.PF11")),
        Column("rate", state.say("company.gross_rate"), is_number=True, hint=state.say("figure.PF10")),
        Column("leading", state.say("company.leading")),
        Column("mark", state.say("company.last_mark")),
        Column("state", state.say("company.state")),
    )
    made = tuple(_make_fund(state, row, unit) for row in rows)
    note = state.note("company.funds_note", unit)
    definitions = state.versions("PF10", "PF11")
    return ShownTable(FUNDS, write_finding(state), columns, made, note, _sum(state, unit), definitions)


def make_sources(state: CompanyState) -> ShownTable:
    """A row for each fund, a column for each source; the parts sum to what the fund paid, to the fen."""
    keys, unit = _keys(state), choose_unit(row["invested"] for row in state.rows("company_fund"))
    cells = state.cells(unit)
    found = _sources(state)
    columns = (
        Column("fund", state.say("company.fund")),
        *(
            Column("_".join(filter(None, key)), state.titled(_name(key), unit), is_number=True)
            for key in keys
        ),
        Column("invested", state.titled("company.invested", unit), is_number=True),
    )
    made = tuple(
        (
            cells.text(row["name"], link=state.fund_link(row["fund"])),
            *(_money(state, found, row["fund"], key, unit) for key in keys),
            cells.money(row["invested"]),
        )
        for row in state.rows("company_fund")
    )
    sums = [sum(fen for (_, one), (fen, _) in found.items() if one == key) for key in keys]
    total = (
        cells.text(state.say("company.total_line")),
        *(cells.money(fen) for fen in sums),
        cells.money(state.sums["invested"]),
    )
    title = state.say("company.sources_table", name=state.company.name)
    return ShownTable(SOURCES, title, columns, made, state.note("company.sources_note", unit), total)


def write_finding(state: CompanyState) -> str:
    """How many funds paid in, how many hold the firm still."""
    sums = state.sums
    clauses = [state.say("company.funds_finding", count=format_count(sums["funds"]))]
    parks = {
        park
        for row in state.rows("company_fund")
        for park in state.fund(row["fund"]).shares
        if park is not None
    }
    if len(parks) > 1:
        clauses.append(state.say("company.funds_parks", count=format_count(len(parks))))
    if sums["still_holding"] < sums["funds"]:
        clauses.append(state.say("company.funds_left", count=format_count(sums["still_holding"])))
    return state.join(clauses)


def write_sources(state: CompanyState) -> str:
    """The fiscal yuan behind the payments, by level, and what cannot be told."""
    whole = state.sums["invested"]
    sums: dict[Key, int] = {}
    for (_, key), (fen, _reason) in _sources(state).items():
        sums[key] = sums.get(key, 0) + fen
    fiscal = sum(fen for key, fen in sums.items() if key[0] == FISCAL)
    if not fiscal or not whole:
        return state.say("company.sources_none")
    levels = [
        state.say("company.sources_level", level=state.say(_name(key)), share=format_percent(fen / whole))
        for key, fen in sorted(sums.items(), key=lambda pair: -pair[1])
        if key[0] == FISCAL
    ]
    share = format_percent(fiscal / whole)
    return state.say("company.sources_finding", share=share, levels=state.list(levels))


def _draw_sources(state: CompanyState) -> Component:
    table = make_sources(state)
    unit = choose_unit(row["invested"] for row in state.rows("company_fund"))
    found = _sources(state)
    natures = [nature for nature in NATURES if any(key[0] == nature for _, key in found)]
    bars = [_bar(state, row, unit) for row in state.rows("company_fund")]
    figure = draw_fund_investors(bars, natures, state.say(unit.code), state.context.scheme)
    legend = [(SWATCHES.get(nature, nature), state.say(f"company.nature_{nature}")) for nature in natures]
    note = state.note("company.sources_note", unit)
    chart = Chart(SOURCES, write_sources(state), note, figure, table, legend, is_wide=True)
    return draw_chart_card(state.context, chart)


def _bar(state: CompanyState, row: Row, unit: MoneyUnit) -> NatureBar:
    """One fund: fiscal money as one piece whose hover names the levels."""
    found = {key: fen for (fund, key), (fen, _) in _sources(state).items() if fund == row["fund"]}
    amounts = dict.fromkeys(NATURES, 0)
    for (nature, _), fen in found.items():
        amounts[nature] += fen
    total = sum(amounts.values())
    shares = {nature: format_percent(fen / total) if total else "" for nature, fen in amounts.items()}
    hovers = {}
    for nature, fen in amounts.items():
        levels = [
            f"{state.say(_name(key))} {state.amount(part, unit)}"
            for key, part in found.items()
            if key[0] == nature and key[1] is not None
        ]
        head = f"{state.say(f'company.nature_{nature}')} {state.amount(fen, unit)} · {shares[nature]}"
        hovers[nature] = "<br>".join([row["name"], head, *levels])
    heights = {nature: fen / unit.value for nature, fen in amounts.items()}
    return NatureBar(row["name"], heights, shares, hovers)


def _sources(state: CompanyState) -> dict[tuple[str, Key], tuple[int, str | None]]:
    """Amounts by fund and source; what has none is untraced, with its reason."""
    found: dict[tuple[str, Key], tuple[int, str | None]] = {}
    for row in state.rows("company_source"):
        key = (row["nature"] or UNTRACED, row["level"])
        known = found.get((row["fund"], key), (0, None))[0]
        found[row["fund"], key] = (known + row["amount"], row["reason"])
    return found


def _keys(state: CompanyState) -> list[Key]:
    """The sources that there are: fiscal money by level, then the other natures."""
    found = {key for _, key in _sources(state)}
    levels = [*map(str, GovernmentLevel), None]
    return sorted(found, key=lambda key: (NATURES.index(key[0]), levels.index(key[1])))


def _name(key: Key) -> str:
    return f"company.nature_{key[0]}" if key[1] is None else f"company.fiscal_{key[1]}"


def _money(
    state: CompanyState,
    found: dict[tuple[str, Key], tuple[int, str | None]],
    fund: str,
    key: Key,
    unit: MoneyUnit,
) -> Cell:
    fen, reason = found.get((fund, key), (0, None))
    cell = state.cells(unit).money(fen)
    return cell if reason is None else replace(cell, hover=f"{cell.hover} {state.say(reason)}", tone="near")


def _make_fund(state: CompanyState, row: Row, unit: MoneyUnit) -> tuple[Cell, ...]:
    cells = state.cells(unit)
    roots = tuple(number for number in map(number_of, row["gross_roots"]) if number is not None)
    return (
        cells.text(row["name"], link=state.fund_link(row["fund"])),
        cells.day(day_of(row, "first_paid")),
        *(cells.money(row[key]) for key in MONEY[:3]),
        cells.money(row["fair_value"], tone="broken" if row["is_written_off"] else ""),
        cells.ratio(number_of(row["moic"]), "multiple.no_cost"),
        cells.rate(number_of(row["gross_rate"]), f"rate.{row['gross_status']}", roots),
        _leading(state, row),
        _mark(state, row),
        _state(state, row),
    )


def _sum(state: CompanyState, unit: MoneyUnit) -> tuple[Cell, ...]:
    """The foot: amounts, and the firm's own figures, which open their passports."""
    cells, scope = state.cells(unit), state.slice.scope.label
    blank = cells.text("")
    figures = [state.figure(code) for code in ("PF11", "PF10")]
    return (
        cells.text(state.say("company.total_line")),
        blank,
        *(cells.money(state.sums[key]) for key in MONEY),
        *(cells.figure(FigureKey(one.code, one.basis, scope), one.value, one.reason) for one in figures),
        *(blank,) * 3,
    )


def _leading(state: CompanyState, row: Row) -> Cell:
    """Whether the firm counts as leading where the fund serves; a share where parks differ."""
    cells, weight = state.cells(MoneyUnit.YI), row["leading_ppm"]
    if weight in (0, WHOLE):
        return cells.text(state.say("company.yes" if weight else "company.no"), tone="" if weight else "soft")
    return cells.text(format_percent(weight / WHOLE, 0), hover=state.say("company.leading_partly"))


def _mark(state: CompanyState, row: Row) -> Cell:
    """The day of the last approved mark; without one the remaining cost stands."""
    cells = state.cells(MoneyUnit.YI)
    if row["mark_day"] is None:
        return cells.text(state.say("company.at_cost"), tone="soft", hover=state.say("company.at_cost_hint"))
    return replace(cells.day(day_of(row, "mark_day")), tone="near" if row["is_stale"] else "")


def _state(state: CompanyState, row: Row) -> Cell:
    cells = state.cells(MoneyUnit.YI)
    for key, tone in (("is_written_off", "broken"), ("is_exited", "soft"), ("is_stale", "near")):
        if row[key]:
            return cells.text(state.say(f"company.{key}"), tone=tone)
    return cells.text(state.say("company.is_held"))
