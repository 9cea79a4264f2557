"""What a passport shows, from top to bottom."""

from collections.abc import Iterable, Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.help import DefinitionPage, load_definition
from dashboard.pages.context import PageContext
from dashboard.pages.figure_text import MONEY, explain_figure, name_basis, write_figure
from dashboard.pages.parks.park_switches import name_mode, read_mode
from dashboard.pages.passports.passport_filed import draw_filed
from dashboard.pages.passports.passport_rate import draw_index, draw_rate
from dashboard.pages.trail.trail_link import draw_history_link
from dashboard.readings.answers import Figure
from dashboard.readings.industries.six_ones_evidence import FILED_CODES, read_filed_evidence
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.provenance import Evidence, Provenance
from dashboard.readings.returns.index_account import list_levels
from dashboard.readings.single import SingleFigure
from dashboard.words.numbers import (
    MoneyUnit,
    choose_unit,
    format_count,
    format_date,
    format_money,
    format_yuan,
)
from funds.queries.facts import NamedThing
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ScopeName

VERSION = "\ue000version\ue000"
"""Stands where the version is told; nothing that people type is written like it."""


def draw_sheet(
    context: PageContext,
    slice_: LedgerSlice,
    single: SingleFigure,
    provenance: Provenance,
    options: LeverageOptions,
) -> Component:
    """The whole sheet of one figure."""
    figure = single.figure
    page = load_definition(figure.code, context.language)
    unit = choose_unit([int(figure.value)] if figure.code in MONEY and figure.value is not None else [])
    if figure.numerator is not None and not _is_counted(figure):
        unit = choose_unit([figure.numerator, figure.denominator])
    link = dcc.Link(context.say("passport.definition_page"), href=context.link(f"/definitions/{figure.code}"))
    return html.Div(
        [
            html.H2(
                [page.title, " ", html.Span(figure.code, className="figure-code")], className="passport-name"
            ),
            _draw_value(context, figure, unit),
            _draw_working(context, slice_, single, unit),
            dcc.Markdown(page.section("formula").text, className="prose", dangerously_allow_html=False),
            *_draw_pitfalls(figure, page),
            _draw_facts(context, slice_, single, page.version, options),
            html.P(link),
            _draw_rows(context, slice_, figure, provenance),
        ],
        className="passport-sheet",
    )


def _is_counted(figure: Figure) -> bool:
    """Whether it divides numbers of things, not amounts."""
    return figure.basis.startswith("count")


def _draw_value(context: PageContext, figure: Figure, unit: MoneyUnit) -> Component:
    suffix = f" {context.say(unit.code)}" if figure.code in MONEY and figure.value is not None else ""
    exact = explain_figure(context.visit, figure)
    return html.Div(
        [
            html.Div(write_figure(figure, unit) + suffix, className="passport-value"),
            html.Div(exact, className="passport-exact"),
        ]
    )


def _draw_working(
    context: PageContext, slice_: LedgerSlice, single: SingleFigure, unit: MoneyUnit
) -> Component:
    """How the number came about: a rate's flows and roots, the index it stands beside, what was divided."""
    figure = single.figure
    if single.working is not None:
        return draw_rate(context, single.working)
    if single.index is not None:
        index = draw_index(context, single.index, list_levels(slice_))
        return html.Div([index, _draw_quotient(context, figure, unit)])
    return _draw_quotient(context, figure, unit)


def _draw_quotient(context: PageContext, figure: Figure, unit: MoneyUnit) -> Component:
    """The formula with its numbers: numerator ÷ denominator in the unit and to the fen."""
    if figure.numerator is None or figure.denominator is None:
        return html.Div(_draw_parts(context, figure))
    if _is_counted(figure):
        return html.P(f"{figure.numerator} ÷ {figure.denominator}", className="passport-working")
    parts = (figure.numerator, figure.denominator)
    name = context.say(unit.code)
    short = " ÷ ".join(f"{format_money(part, unit)} {name}" for part in parts)
    exact = " ÷ ".join(f"{format_yuan(part)} {context.say('unit.yuan')}" for part in parts)
    result = write_figure(figure, unit)
    return html.Div(
        [
            html.P(f"{short} = {result}", className="passport-working"),
            html.P(exact, className="passport-exact"),
            *_draw_parts(context, figure),
        ]
    )


def _draw_pitfalls(figure: Figure, page: DefinitionPage) -> list[Component]:
    """Where a leverage misleads: no multiple stands without it."""
    if not figure.code.startswith("LV"):
        return []
    pitfalls = page.section("pitfalls")
    text = dcc.Markdown(pitfalls.text, className="prose", dangerously_allow_html=False)
    return [html.H3(pitfalls.heading, className="card-title"), text]


def _draw_parts(context: PageContext, figure: Figure) -> list[Component]:
    """The amounts that a formula is filled in with, each by its name, short and to the fen."""
    if not figure.parts:
        return []
    unit = choose_unit(amount for _, amount in figure.parts)
    items: list[Component] = []
    for name, amount in figure.parts:
        exact = f"{format_yuan(amount)} {context.say('unit.yuan')}"
        text = f"{format_money(amount, unit)} {context.say(unit.code)}"
        items += [html.Dt(context.say(f"leverage.part_{name}")), html.Dd(text, title=exact)]
    return [html.Dl(items, className="facts")]


def _draw_facts(
    context: PageContext, slice_: LedgerSlice, single: SingleFigure, newest: int, options: LeverageOptions
) -> Component:
    """Basis, scope, day and versions."""
    figure = single.figure
    facts = [
        ("passport.basis", name_basis(context.visit, figure.basis)),
        ("passport.scope", _name_scope(context, slice_)),
        ("passport.as_of", format_date(slice_.as_of, context.language)),
        ("passport.version", context.say("passport.version_value", version=VERSION)),
        (
            "passport.definition",
            context.say("passport.definition_value", version=figure.definition_version or newest),
        ),
    ]
    if figure.code in ("LV03", "LV04", "LV05", "LV06", "LV07", "LV09", "LV10"):
        facts.append(("overview.soe", context.say(f"overview.soe_{options.soe.value}")))
        facts += _list_narrowed(context, options)
    if figure.code.startswith("AL") and figure.code != "AL12":
        facts.append(("park.mode", name_mode(context, read_mode(context))))
    items: list[Component] = []
    for name, value in facts:
        items += [html.Dt(context.say(name)), html.Dd(value)]
    return html.Dl(items, className="facts")


def _list_narrowed(context: PageContext, options: LeverageOptions) -> list[tuple[str, str]]:
    """How deep and whose fiscal yuan, where that is not the usual."""
    facts = []
    if options.look_through:
        facts.append(("leverage_page.look", context.say("leverage_page.look_through")))
    if options.fiscal_level is not None:
        facts.append(("leverage_page.level", context.say(f"report.level_{options.fiscal_level}")))
    return facts


def _name_scope(context: PageContext, slice_: LedgerSlice) -> str:
    scope, facts = slice_.scope, slice_.facts
    if scope.name is ScopeName.CITY:
        return context.visit.book.city_name
    named: Mapping[ScopeName, Mapping[int, NamedThing]] = {
        ScopeName.PARK: facts.parks,
        ScopeName.COMPANY: facts.companies,
        ScopeName.MANAGER: facts.parties,
        ScopeName.INDUSTRY: facts.industries,
    }
    things: Iterable[NamedThing] = named.get(scope.name, facts.funds).values()
    return "、".join(sorted(thing.name for thing in things if thing.code in scope.codes))


def _draw_rows(
    context: PageContext, slice_: LedgerSlice, figure: Figure, provenance: Provenance
) -> Component:
    """What was filed, for figures that rest on filings; lines of the ledger for all others."""
    if figure.code not in FILED_CODES:
        return _draw_entries(context, provenance)
    return draw_filed(context, read_filed_evidence(context.visit.book, slice_, figure.entries))


def _draw_entries(context: PageContext, provenance: Provenance) -> Component:
    say = context.say
    title = say("passport.entries", count=format_count(provenance.count))
    notes = []
    if len(provenance.rows) < provenance.seen:
        notes.append(say("passport.first", shown=len(provenance.rows)))
    if provenance.seen < provenance.count:
        notes.append(say("passport.elsewhere", count=format_count(provenance.count - provenance.seen)))
    return html.Section(
        [
            html.H3(title, className="card-title"),
            html.P(" ".join(notes), className="card-note"),
            _draw_table(context, provenance.rows) if provenance.rows else html.Div(),
        ]
    )


def _draw_table(context: PageContext, rows: Sequence[Evidence]) -> Component:
    unit = choose_unit(row.witness.amount for row in rows)
    names = ("day", "kind", "fund", "other", "amount", "source")
    amount = f"{context.say('passport.amount')} ({context.say(unit.code)})"
    head = [
        html.Th(
            amount if name == "amount" else context.say(f"passport.{name}"),
            scope="col",
            className="number" if name == "amount" else "",
        )
        for name in names
    ]
    body = [html.Tr(_draw_row(context, row, unit)) for row in rows]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="table entries")
    return html.Div(table, className="table-scroll", tabIndex=0)


def _draw_row(context: PageContext, row: Evidence, unit: MoneyUnit) -> list[Component]:
    one = row.witness
    source = " · ".join(part for part in (row.file, row.origin) if part) or "—"
    by = context.say("passport.by", person=row.person, version=row.version)
    return [
        html.Td(one.day.isoformat(), className="nowrap"),
        html.Td(context.say(f"evidence.{one.kind}")),
        html.Td(row.fund_name),
        html.Td(one.other or "—"),
        html.Td(
            format_money(one.amount, unit),
            className="number",
            title=f"{format_yuan(one.amount)} {context.say('unit.yuan')}",
        ),
        html.Td(
            [
                html.Div(source),
                html.Div(by, className="figure-note"),
                draw_history_link(context, one.table, one.row),
            ]
        ),
    ]
