"""The register of firms: the whole city's by name and code, with what the funds that may be seen did with each."""

from collections.abc import Sequence
from dataclasses import replace

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.companies.company_filters import (
    CompanyFilter,
    draw_form,
    keep_found,
    read_filter,
    register_filters,
)
from dashboard.pages.companies.company_state import PATH
from dashboard.pages.context import PageContext
from dashboard.pages.funds.fund_cells import FundCells
from dashboard.pages.funds.readable_funds import slice_readable
from dashboard.pages.page import Page
from dashboard.pages.scope_choice import offer_scopes
from dashboard.pages.shown_table import draw_table_card, is_asked_for, sort_as_asked
from dashboard.pages.states import draw_state
from dashboard.pages.trail.trail_desk import draw_sheets, read_sheet
from dashboard.readings.portfolio.company_list import ListedCompany, Standing, list_companies
from dashboard.tables.shown import Cell, Column, FigureKey, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count, format_date
from funds.permissions import Action
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import company_scope

NAME = "companies"
SIZE = 50
MONEY = ("invested", "cost", "proceeds", "fair_value")
TONES = {Standing.WRITTEN_OFF: "broken", Standing.EXITED: "soft", Standing.NEVER: "soft"}


def lay_out(context: PageContext) -> Component:
    """The form and the firms that fit; an empty register says how firms come into it."""
    slice_ = open_slice(context)
    title = html.H1(context.say("page.companies"), className="page-title")
    if slice_ is None or not slice_.facts.companies:
        state = draw_state("empty", context.say("company.list_empty"), context.say("company.list_empty_text"))
        return html.Div([title, state])
    sought, listed = read_filter(context), list_companies(slice_)
    found = keep_found(context, slice_, sought, listed)
    parts = [
        title,
        html.P(write_headline(context, slice_, listed), className="headline"),
        draw_form(context, slice_),
    ]
    if found:
        sheets = draw_sheets(context, len(found), SIZE)
        parts.append(draw_table_card(context, make_table(context, slice_, found), below=sheets))
    else:
        parts.append(_draw_nothing(context))
    return html.Div(parts, className="overview company-list fund-list")


def make_companies_table(context: PageContext) -> ShownTable:
    """The firms that are shown, for export."""
    slice_ = open_slice(context)
    if slice_ is None:
        return ShownTable(NAME, context.say("page.companies"), _list_columns(context, MoneyUnit.YI), ())
    found = keep_found(context, slice_, read_filter(context), list_companies(slice_))
    return make_table(context, slice_, found)


def make_table(context: PageContext, slice_: LedgerSlice, found: Sequence[ListedCompany]) -> ShownTable:
    """One page of the firms that fit, in the order that the address asks for of all of them."""
    unit = choose_unit(getattr(one, key) for one in found for key in MONEY)
    cells = FundCells(context.visit, unit)
    known = slice_.facts.definitions
    note = "company.list_note" if slice_.readable.is_city else "company.list_note_own"
    blank = ShownTable(
        NAME,
        _write_finding(context, read_filter(context), found),
        _list_columns(context, unit),
        (),
        context.say(
            note, unit=context.say(unit.code), day=format_date(slice_.as_of, context.language), most=SIZE
        ),
        definitions=(("PF11", known["PF11"]),) if "PF11" in known else (),
    )
    sheet = min(read_sheet(context), max(1, -(-len(found) // SIZE)))
    shown = slice((sheet - 1) * SIZE, sheet * SIZE)

    def make_rows(firms: Sequence[ListedCompany]) -> tuple[Row, ...]:
        return tuple(_make_row(context, cells, one) for one in firms)

    if not is_asked_for(context, blank):
        return replace(blank, rows=make_rows(found[shown]))  # the others need not be written to be left out
    whole = replace(blank, rows=make_rows(found))
    return replace(whole, rows=sort_as_asked(context, whole).rows[shown])


def open_slice(context: PageContext) -> LedgerSlice | None:
    """The funds that the person may see; the register is there for a park without any fund as well."""
    slice_ = slice_readable(context)
    scopes = offer_scopes(context)
    if slice_ is not None or not scopes:
        return slice_
    visit = context.visit
    return slice_ledger(visit.book, visit.person.login, scopes[0], context.as_of, context.as_known)


def write_headline(context: PageContext, slice_: LedgerSlice, listed: Sequence[ListedCompany]) -> str:
    """How many firms the register holds, and how many of them the funds in sight hold, left or wrote off."""
    counts = {one: sum(firm.standing is one for firm in listed) for one in Standing}
    code = "company.list_headline" if slice_.readable.is_city else "company.list_headline_own"
    told = {f"{one}": format_count(count) for one, count in counts.items()}
    return context.say(code, count=format_count(len(listed)), **told)


def _write_finding(context: PageContext, sought: CompanyFilter, found: Sequence[ListedCompany]) -> str:
    """How many fit, and how many of these are held."""
    held = sum(one.standing is Standing.HELD for one in found)
    code = "company.list_all" if sought.is_empty else "company.list_found"
    return context.say(code, count=format_count(len(found)), held=format_count(held))


def _list_columns(context: PageContext, unit: MoneyUnit) -> tuple[Column, ...]:
    say, name = context.say, context.say(unit.code)
    titles = {key: say("company.with_unit", name=say(f"company.{key}"), unit=name) for key in MONEY}
    return (
        Column("name", say("company.firm")),
        Column("code", say("company.code")),
        Column("industry", say("company.industry")),
        Column("park", say("company.park")),
        Column("standing", say("company.state")),
        Column("funds", say("company.funds"), is_number=True),
        *(Column(key, titles[key], is_number=True) for key in MONEY),
        Column("PF11", "MOIC", is_number=True, hint=say("figure.PF11")),
    )


def _make_row(context: PageContext, cells: FundCells, one: ListedCompany) -> Row:
    """A firm that no fund in sight paid into has no amounts, and says so rather than 0."""
    company = one.company
    never = one.standing is Standing.NEVER
    blank = cells.absent("company.never_paid")
    amounts = (blank if never else cells.money(getattr(one, key)) for key in MONEY)
    return (
        cells.text(company.name, link=context.link(f"{PATH}/{company.code}")),
        cells.text(company.code),
        cells.text(one.industry.name, tone="wrap") if one.industry else cells.absent("company.no_tag"),
        cells.text(one.park.name, tone="wrap")
        if one.park
        else cells.text(context.say("company.no_park"), tone="soft"),
        cells.text(context.say(f"company.stands_{one.standing}"), tone=TONES.get(one.standing, "")),
        blank if never else cells.count(one.funds),
        *amounts,
        blank if never else _multiple(cells, one),
    )


def _multiple(cells: FundCells, one: ListedCompany) -> Cell:
    key = FigureKey("PF11", "fair_value", company_scope(one.company.code).label)
    return cells.figure(key, one.moic, "multiple.no_cost")


def _draw_nothing(context: PageContext) -> Component:
    """No firm fits."""
    clear = dcc.Link(context.say("company.clear"), href=context.link(PATH), className="button")
    return draw_state("empty", context.say("company.no_match"), context.say("company.no_match_text"), clear)


PAGE = Page(
    PATH, "page.companies", Action.READ, lay_out, register_filters, tables={NAME: make_companies_table}
)
