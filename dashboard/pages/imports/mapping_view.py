"""How the tables of a file of any layout are drawn: their first rows, and line by line what their columns become."""

from collections.abc import Iterator, Mapping, Sequence

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.forms.column_mapping import Use, place_of
from dashboard.pages.attributes import aria
from dashboard.pages.imports.found_tables import KeptTable
from dashboard.pages.imports.import_desk import DraftDesk
from dashboard.pages.imports.mapping_store import StoredMapping
from dashboard.words import say_problem
from dashboard.words.numbers import format_count
from funds.intake.columns import Column, Kind
from funds.intake.foreign.mapping import Feed, PartMapping, TableMapping
from funds.intake.foreign.parts import PARTS
from funds.intake.sheets import SHEET_BY_TITLE
from funds.problems import Problem

ACT, COLUMN, WORDS, USE, PART, MORE = (
    f"import-map-{name}" for name in ("act", "column", "words", "use", "part", "more")
)
MOST_TABLES = 20
MOST_COLUMNS = 200
NEXT = "next"
Faults = Mapping[str, str]


def draw_mapping(
    desk: DraftDesk, stored: StoredMapping, problems: Sequence[Problem] = ()
) -> list[Component | None]:
    """Every table of the file, and the button that goes on."""
    faults = {one.where.removeprefix("form:"): say_problem(one, desk.context.language) for one in problems}
    tables = zip(stored.tables, stored.said.mappings, stored.said.uses, strict=True)
    cards = [_draw_table(desk, at, *table, faults) for at, table in enumerate(tables) if at < MOST_TABLES]
    more = len(stored.tables) - MOST_TABLES
    note = desk.say("import_mapping.more_tables", count=format_count(more), drawn=format_count(MOST_TABLES))
    return [
        html.P(desk.say("import_mapping.note"), className="card-note"),
        *cards,
        html.P(note, className="card-note") if more > 0 else None,
        _draw_next(desk, faults),
    ]


def _draw_next(desk: DraftDesk, faults: Faults) -> Component:
    wrong = len(faults)
    told = faults.get(NEXT) or (desk.say("import_mapping.faults", count=format_count(wrong)) if wrong else "")
    return html.Section(
        [
            html.P(told, className="form-told form-fault", role="alert") if told else None,
            html.Div(
                [
                    _draw_button(desk, NEXT, is_quiet=False),
                    html.Span(desk.say("import_mapping.next_note"), className="card-note"),
                ],
                className="acts",
            ),
        ],
        className="card import-acts",
    )


def _draw_table(
    desk: DraftDesk, at: int, table: KeptTable, mapping: TableMapping, use: Use, faults: Faults
) -> Component:
    """One table: where it is, its first rows, what it is used for, and the sheets that it feeds."""
    title = desk.say(
        "import_mapping.table_title", number=at + 1, where=table.where, rows=format_count(table.rows)
    )
    words = [table.heading]
    if table.unit and table.unit not in table.heading:
        words.append(desk.say("import_mapping.unit", unit=table.unit))
    if table.is_turned:
        words.append(desk.say("import_mapping.turned"))
    uses = dmc.RadioGroup(
        dmc.Group([dmc.Radio(label=desk.say(f"import_mapping.use_{one}"), value=one.value) for one in Use]),
        id={"type": USE, "at": str(at)},
        value=use.value,
        size="sm",
        **aria(label=desk.say("import_mapping.use_of", number=at + 1)),
    )
    return html.Section(
        [
            html.H2(title, className="card-title"),
            html.P(" · ".join(word for word in words if word), className="card-note"),
            _draw_preview(desk, at, table),
            uses,
            *(_draw_part(desk, at, table, mapping, part, faults) for part in mapping.parts),
            _draw_add(desk, at, mapping),
        ],
        className="card map-table",
    )


def _draw_preview(desk: DraftDesk, at: int, table: KeptTable) -> Component:
    head = [
        html.Th([html.Span(column.letter, className="map-letter"), f" {column.title}"], scope="col")
        for column in table.columns[:MOST_COLUMNS]
    ]
    rows = [html.Tr([html.Td(text) for text in row[:MOST_COLUMNS]]) for row in table.preview]
    return html.Div(
        html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="table map-preview"),
        className="table-scroll",
        tabIndex=0,
        role="region",
        **aria(label=desk.say("import_mapping.preview_of", number=at + 1)),
    )


def _draw_part(
    desk: DraftDesk, at: int, table: KeptTable, mapping: TableMapping, part: PartMapping, faults: Faults
) -> Component:
    """A sheet of the template with a line for each of its columns that something feeds or must feed."""
    drawn = [
        column
        for column in SHEET_BY_TITLE[part.sheet].columns
        if column.required or column.title in part.feeds
    ]
    keys = ("template_column", "from_column", "or_words", "why")
    head = [html.Th(desk.say(f"import_mapping.{key}"), scope="col") for key in keys]
    choices = [
        {"value": str(place), "label": f"{column.letter} {column.title}".strip()}
        for place, column in enumerate(table.columns[:MOST_COLUMNS])
    ]
    lines = []
    for column in drawn:
        place, feed = place_of(at, part.sheet, column.title), part.feeds.get(column.title, Feed())
        why = mapping.why.get(f"{part.sheet}.{column.title}", "") if feed != Feed() else ""
        cells = [
            html.Th(_draw_title(desk, column), scope="row"),
            html.Td(_draw_source(desk, column, place, feed, choices, faults.get(place))),
            html.Td(_draw_words(desk, column, place, feed)),
            html.Td(_draw_why(desk, column, feed, why)),
        ]
        lines.append(html.Tr(cells))
    return html.Fieldset(
        [
            html.Legend(desk.say("import_mapping.part", sheet=part.sheet)),
            html.Div(
                html.Table([html.Thead(html.Tr(head)), html.Tbody(lines)], className="table map-lines"),
                className="table-scroll",
                tabIndex=0,
                role="region",
                **aria(label=desk.say("import_mapping.part", sheet=part.sheet)),
            ),
            _draw_more(desk, at, part, [column.title for column in drawn]),
        ],
        className="map-part",
    )


def _draw_title(desk: DraftDesk, column: Column) -> list[Component | str]:
    if not column.required:
        return [column.title]
    return [column.title, html.Span(" *", title=desk.say("import_mapping.required"), className="map-star")]


def _draw_source(
    desk: DraftDesk,
    column: Column,
    place: str,
    feed: Feed,
    choices: Sequence[Mapping[str, str]],
    fault: str | None,
) -> Component:
    select: Component = dmc.Select(
        id={"type": COLUMN, "at": place},
        data=list(choices),
        value=None if feed.column is None else str(feed.column),
        placeholder=desk.say("import_mapping.no_column"),
        searchable=True,
        clearable=True,
        nothingFoundMessage=desk.say("switcher.nothing"),
        size="sm",
        error=fault,
        **aria(label=desk.say("import_mapping.source_of", column=column.title)),
    )
    return select


def _draw_words(desk: DraftDesk, column: Column, place: str, feed: Feed) -> Component:
    hint = "、".join(list(column.choices)[:4]) if column.kind is Kind.CHOICE else ""
    typed: Component = dmc.TextInput(
        id={"type": WORDS, "at": place},
        value=feed.words,
        placeholder=hint or None,
        debounce=True,
        size="sm",
        **aria(label=desk.say("import_mapping.words_of", column=column.title)),
    )
    return typed


def _draw_why(desk: DraftDesk, column: Column, feed: Feed, why: str) -> Component | None:
    if feed == Feed():
        missing = desk.say("import_mapping.not_fed")
        return html.Span(missing, className="map-why missing") if column.required else None
    return html.Span(desk.say(why), className="map-why") if why else None


def _draw_more(desk: DraftDesk, at: int, part: PartMapping, drawn: Sequence[str]) -> Component:
    """The way to the sheet's other columns, and out of the sheet."""
    place = place_of(at, part.sheet)
    left = [column.title for column in SHEET_BY_TITLE[part.sheet].columns if column.title not in drawn]
    return html.Div(
        [*_draw_choice(desk, MORE, place, left, part.sheet), _draw_button(desk, "drop", place, part.sheet)],
        className="acts",
    )


def _draw_add(desk: DraftDesk, at: int, mapping: TableMapping) -> Component:
    fed = {part.sheet for part in mapping.parts}
    left = [part.sheet for part in PARTS if part.sheet not in fed]
    return html.Div(list(_draw_choice(desk, PART, str(at), left, str(at + 1))), className="acts")


def _draw_choice(desk: DraftDesk, kind: str, at: str, left: Sequence[str], name: str) -> Iterator[Component]:
    """Something more to choose, and the button that adds it."""
    if not left:
        return
    act = kind.rpartition("-")[2]
    yield dmc.Select(
        id={"type": kind, "at": at},
        data=list(left),
        placeholder=desk.say(f"import_mapping.choose_{act}"),
        searchable=True,
        clearable=True,
        nothingFoundMessage=desk.say("switcher.nothing"),
        size="sm",
        w=220,
        **aria(label=desk.say(f"import_mapping.choose_{act}_of", name=name)),
    )
    yield _draw_button(desk, act, at, name)


def _draw_button(
    desk: DraftDesk, act: str, at: str = "", name: str = "", *, is_quiet: bool = True
) -> Component:
    return html.Button(
        desk.say(f"import_mapping.act_{act}", name=name),
        id={"type": ACT, "act": act, "at": at},
        type="button",
        className="button quiet" if is_quiet else "button",
    )
