"""The page of what waits for oneself: first what is one's own to do, then what to keep in mind, the latest first."""

from collections.abc import Callable, Iterator, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import BadAddress, PageContext
from dashboard.pages.inbox.inbox_desk import PATH, InboxDesk, count_acts, open_inbox
from dashboard.pages.inbox.inbox_item import ACTS, REMINDERS, Item, Kind
from dashboard.pages.page import Page
from dashboard.pages.shown_table import draw_table_card
from dashboard.pages.states import empty_state
from dashboard.tables.shown import Column, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, format_count
from funds.permissions import Action

KIND = "kind"
COLUMNS = ("what", "whose", "late", "due", "since")


def lay_out(context: PageContext) -> Component:
    """All groups, or the one in the address."""
    chosen = _read_kind(context)
    with open_inbox(context) as desk:
        return html.Div(
            [
                html.H1(context.say("page.inbox"), className="page-title"),
                html.P(write_finding(desk), className="headline"),
                _draw_tabs(desk, chosen),
                *_draw_groups(desk, chosen),
            ],
            className="overview proposals inbox",
        )


def write_finding(desk: InboxDesk) -> str:
    """How much is one's own to do, how much of it is late, and what else there is to keep in mind."""
    acts = [one for kind in ACTS for one in desk.groups.get(kind, ())]
    reminders = sum(len(desk.groups.get(kind, ())) for kind in REMINDERS)
    clauses = [desk.say("inbox.says_acts" if acts else "inbox.says_no_acts", count=format_count(len(acts)))]
    late = desk.count_late(ACTS)
    if late:
        days = max(one.late_days(desk.today) for one in acts)
        clauses.append(desk.say("inbox.says_late", count=format_count(late), days=format_count(days)))
    if reminders:
        clauses.append(desk.say("inbox.says_reminders", count=format_count(reminders)))
    return desk.say("inbox.join").join(clauses) + desk.say("inbox.stop")


def make_table(desk: InboxDesk, kind: Kind) -> ShownTable:
    """One group as a table, the latest first."""
    items = desk.groups.get(kind, ())
    columns = tuple(Column(key, desk.say(f"inbox.{key}"), is_number=key == "late") for key in COLUMNS)
    late, count = desk.count_late([kind]), format_count(len(items))
    name = desk.say(f"inbox.kind_{kind}")
    code = "inbox.group_late" if late else "inbox.group"
    title = desk.say(code, kind=name, count=count, late=format_count(late))
    cells = CellMaker(desk.context.visit, MoneyUnit.WAN)
    rows = tuple(_make_row(desk, cells, one) for one in items)
    return ShownTable(kind.value, title, columns, rows, desk.say(f"inbox.note_{kind}"))


def _make_row(desk: InboxDesk, cells: CellMaker, one: Item) -> Row:
    late = one.late_days(desk.today)
    day = cells.count(late) if late else cells.absent("inbox.no_due" if one.due is None else "inbox.not_late")
    return (
        cells.text(desk.write_what(one), link=desk.link(one), tone="wrap"),
        cells.text(desk.write_whose(one), tone="wrap"),
        day,
        cells.day(one.due),
        cells.day(one.since),
    )


def _draw_groups(desk: InboxDesk, chosen: Kind | None) -> Iterator[Component]:
    shown = [kind for kind in desk.groups if chosen in (None, kind)]
    if not shown:
        empty = empty_state(desk.context.visit, "inbox.empty_title", "inbox.empty_text")
        yield html.Section(empty, className="card")
        return
    for kinds, title in ((ACTS, "inbox.acts"), (REMINDERS, "inbox.reminders")):
        listed = [kind for kind in shown if kind in kinds]
        if listed:
            yield html.H2(desk.say(title), className="section-title")
        for kind in listed:
            yield draw_table_card(desk.context, make_table(desk, kind))


def _draw_tabs(desk: InboxDesk, chosen: Kind | None) -> Component | None:
    """Every group that has something, and the chosen one even where it has nothing."""
    if not desk.groups and chosen is None:
        return None
    kinds: Sequence[Kind] = [kind for kind in Kind if kind in desk.groups or kind is chosen]
    tabs = [_draw_tab(desk, None, len(desk.items), is_chosen=chosen is None)]
    tabs += [
        _draw_tab(desk, kind, len(desk.groups.get(kind, ())), is_chosen=kind is chosen) for kind in kinds
    ]
    return html.Nav(tabs, className="list-choice", **aria(label=desk.say("inbox.groups")))


def _draw_tab(desk: InboxDesk, kind: Kind | None, count: int, *, is_chosen: bool) -> Component:
    name = desk.say("inbox.all" if kind is None else f"inbox.kind_{kind}")
    words = desk.say("inbox.tab", kind=name, count=format_count(count))
    if is_chosen:
        return html.Span(words, className="list-name chosen", **aria(current="page"))
    address = desk.context.link(PATH, **{KIND: None if kind is None else kind.value})
    tab: Component = dcc.Link(words, href=address, className="list-name")
    return tab


def _read_kind(context: PageContext) -> Kind | None:
    text = context.query.get(KIND)
    if text is None:
        return None
    try:
        return Kind(text)
    except ValueError as fault:
        raise BadAddress("inbox.bad_kind", text=text[:20]) from fault


def _maker(kind: Kind) -> Callable[[PageContext], ShownTable]:
    def make(context: PageContext) -> ShownTable:
        with open_inbox(context) as desk:
            return make_table(desk, kind)

    return make


PAGE = Page(
    PATH,
    "page.inbox",
    Action.READ,
    lay_out,
    group="work.group",
    tables={kind.value: _maker(kind) for kind in Kind},
    count=count_acts,
)
