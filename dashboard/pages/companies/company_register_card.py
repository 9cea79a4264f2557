"""What the register says of a firm besides: its names over time, its national code with what that speaks for, owners."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.companies.company_state import CompanyState, Row, share_of
from dashboard.pages.shown_table import draw_table_card
from dashboard.tables.shown import Column, ShownTable
from dashboard.words.numbers import format_count

NAMES, CROSSWALK, OWNERS = "names", "crosswalk", "owners"


def draw_register(state: CompanyState) -> list[Component]:
    """Names and crosswalk side by side; owners only where some are on record."""
    pair = html.Div(
        [
            draw_table_card(state.context, make_names(state)),
            draw_table_card(state.context, make_crosswalk(state)),
        ],
        className="page-grid",
    )
    owners = [draw_table_card(state.context, make_owners(state))] if state.rows("company_owner") else []
    return [pair, *owners]


def make_names(state: CompanyState) -> ShownTable:
    """The names by day, the newest first, with the former names that were stated beside each."""
    rows = state.rows("company_name")
    cells = state.cells(state.unit)
    columns = (
        Column("name", state.say("company.name")),
        Column("from", state.say("company.since")),
        Column("former", state.say("company.former_names")),
    )
    made = tuple(
        (
            cells.text(row["name"], link=state.history_link("party_fact", row["ledger_row"])),
            cells.text(row["from"] or state.say("company.from_start"), tone="" if row["from"] else "soft"),
            cells.text(row["names_before"] or "", tone="wrap"),
        )
        for row in reversed(rows)
    )
    former = any(row["names_before"] for row in rows)
    several = len({row["name"] for row in rows}) > 1
    title = "company.names_changed" if several or former else "company.names_same"
    return ShownTable(NAMES, state.say(title), columns, made, state.note("company.names_note"))


def make_crosswalk(state: CompanyState) -> ShownTable:
    """The city industries that the firm's national code speaks for, the finest code first."""
    rows = state.rows("company_crosswalk")
    cells = state.cells(state.unit)
    columns = (
        Column("industry", state.say("company.city_industry")),
        Column("national", state.say("company.national")),
        Column("partial", state.say("company.partial")),
        Column("confirmed", state.say("company.confirmation")),
        Column("ground", state.say("company.ground")),
    )
    made = tuple(
        (
            cells.text(row["name"]),
            cells.text(_name_code(state, row["gb_code"])),
            cells.text(state.say("company.partly" if row["gb_is_in_part"] else "company.wholly")),
            cells.text(
                state.say("company.confirmed" if row["gb_is_checked"] else "company.unchecked"),
                tone="" if row["gb_is_checked"] else "near",
            ),
            cells.text(row["rests_on"] or "", tone="wrap"),
        )
        for row in rows
    )
    return ShownTable(CROSSWALK, write_crosswalk(state), columns, made, state.note("company.crosswalk_note"))


def make_owners(state: CompanyState) -> ShownTable:
    """The shareholders on record, the largest first."""
    rows = state.rows("company_owner")
    cells = state.cells(state.unit)
    columns = (
        Column("name", state.say("company.owner")),
        Column("share", state.say("company.owned_share"), is_number=True),
        Column("from", state.say("company.since")),
        Column("evidence", state.say("company.evidence")),
    )
    made = tuple(
        (
            cells.text(row["name"], link=state.history_link("party_ownership", row["ledger_row"])),
            cells.share(share_of(row["share_ppm"])),
            cells.text(row["from"]),
            cells.text(row["rests_on"] or "", tone="wrap"),
        )
        for row in rows
    )
    title = state.say("company.owners_finding", count=format_count(len(rows)))
    return ShownTable(OWNERS, title, columns, made, state.note("company.owners_note"))


def write_crosswalk(state: CompanyState) -> str:
    """The national code and how many industries it speaks for."""
    code, rows = state.register["gb_code"], state.rows("company_crosswalk")
    if code is None:
        return state.say("company.crosswalk_no_code")
    named = _name_code(state, code)
    if not rows:
        return state.say("company.crosswalk_none", code=named)
    names = dict.fromkeys(row["name"] for row in rows)
    return state.say("company.crosswalk_finding", code=named, industries=state.list(names))


def _name_code(state: CompanyState, code: str) -> str:
    """A national code with its name where the classification has one."""
    known: dict[str, Row] = {row["code"]: row for row in state.rows("company_national")}
    return f"{code} {known[code]['name']}" if code in known else code
