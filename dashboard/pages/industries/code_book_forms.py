"""The forms in which the code book is kept: an industry, a segment, a line of the graph, a national code."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.context import PageContext
from dashboard.pages.industries.industry_state import IndustryState
from dashboard.readings.industries.chain_map import EDGE, NODE
from dashboard.readings.industries.industry_view import EDITION, NATIONAL
from funds.kinds import IndustryCategory, SegmentPosition

EDGE_BUTTON, CODE_BUTTON = "edge-withdraw", "code-confirm"
Choices = Sequence[tuple[str, str]]


def draw_industry_form(context: PageContext, state: IndustryState | None) -> Component:
    """The fields of an industry: empty for a new one, else those of the edition in force."""
    say = context.say
    row = next((one for one in state.table(EDITION) if one["is_standing"]), None) if state else None
    day = context.visit.book.today().isoformat()
    categories = [(one.value, say(f"industry.category_{one.value}")) for one in IndustryCategory]
    code = _text(context, "industry-code", "industry.code")
    fields = [
        html.Div(code, hidden=state is not None),
        _text(context, "industry-name", "industry.name", row["label"] if row else ""),
        _text(
            context,
            "industry-parent",
            "industry.parent",
            (row["parent"] if row else None) or "",
            "industry.parent_note",
        ),
        _select("industry-category", say("industry.category"), categories, row["category"] if row else None),
        _text(
            context,
            "industry-aliases",
            "industry.aliases",
            (row["aliases"] if row else None) or "",
            "industry.aliases_note",
        ),
        _day(
            context,
            "industry-from",
            "industry.from",
            row["from"] if row else day,
            "industry.from_note" if row else "",
        ),
        _day(context, "industry-to", "industry.to", row["to"] if row else None),
        _text(context, "industry-basis", "industry.basis", (row["paper"] if row else None) or ""),
        dcc.Store(id="industry-row", data=row["row"] if row else None),
        _button(say("industry.save" if row else "industry.add"), "industry-save"),
    ]
    return _fold(say("industry.edit" if row else "industry.new"), fields)


def draw_segment_form(state: IndustryState) -> Component:
    """A segment by its code: a known one is put right, any other is new."""
    say, context = state.say, state.context
    own = [row for row in state.table(NODE) if row["chain"] == state.industry.code]
    names = [(row["segment"], f"{row['segment']} {row['name']}") for row in own]
    positions = [(one.value, say(f"chains.position_{one.value}")) for one in SegmentPosition]
    fields = [
        _text(context, "segment-code", "industry.segment_code", "", "industry.segment_note"),
        _text(context, "segment-name", "industry.segment_name"),
        _select("segment-position", say("chains.position"), positions, None),
        _select("segment-parent", say("chains.parent"), names, None),
        _button(say("industry.save_segment"), "segment-save"),
    ]
    return _fold(say("industry.edit_segment"), fields)


def draw_edge_form(state: IndustryState) -> Component:
    """A new line, and the lines there are, each with the button that takes it back."""
    say, facts = state.say, state.slice.facts
    codes = {one.id: one.code for one in facts.industries.values()}
    places = [
        (f"{codes[one.industry_id]}/{one.code}", f"{one.code} {one.name}")
        for one in facts.segments.values()
        if one.industry_id in codes
    ]
    ids = {(edge.source_id, edge.target_id): edge.id for edge in facts.chains.edges}
    known = {(codes.get(one.industry_id), one.code): one.id for one in facts.segments.values()}
    lines = []
    for row in state.table(EDGE):
        source = known[row["source_industry"], row["source_segment"]]
        edge = ids[source, known[row["target_industry"], row["target_segment"]]]
        words = say("industry.edge", source=row["source_name"], target=row["target_name"])
        lines.append(_line(words, say("industry.withdraw"), {"type": EDGE_BUTTON, "row": str(edge)}))
    fields = [
        _select("edge-source", say("industry.source"), places, None),
        _select("edge-target", say("industry.target"), places, None),
        _text(state.context, "edge-basis", "industry.basis"),
        _button(say("industry.add_edge"), "edge-add"),
        html.Ul(lines, className="code-lines") if lines else None,
    ]
    return _fold(say("industry.edit_edges"), fields)


def draw_code_form(state: IndustryState) -> Component:
    """A new national code, and those that nobody has checked yet, each with the button that says so."""
    say = state.say
    own = [row for row in state.table(NODE) if row["chain"] == state.industry.code]
    segments = [(row["segment"], f"{row['segment']} {row['name']}") for row in own]
    lines = [
        _line(
            f"{row['national_code']} {row['national_name']} → {row['segment_name'] or state.industry.name}",
            say("industry.confirm"),
            {"type": CODE_BUTTON, "table": row["kept_in"], "row": str(row["row"])},
        )
        for row in state.table(NATIONAL)
        if row["match_unchecked"]
    ]
    fields = [
        _text(state.context, "code-national", "industry.national_code"),
        _select("code-segment", say("industry.code_segment"), segments, None),
        dmc.Checkbox(id="code-partial", label=say("industry.partial"), checked=False),
        _text(state.context, "code-basis", "industry.basis"),
        _button(say("industry.add_code"), "code-add"),
        html.Ul(lines, className="code-lines") if lines else None,
    ]
    return _fold(say("industry.edit_codes"), fields)


def draw_reason(context: PageContext) -> Component:
    """Why the change is made: every one needs it."""
    return _text(context, "code-reason", "industry.reason", "", "industry.reason_note")


def _text(context: PageContext, name: str, label: str, value: str = "", note: str = "") -> Component:
    field: Component = dmc.TextInput(
        id=name,
        label=context.say(label),
        value=value,
        description=context.say(note) if note else None,
        autoComplete="off",
    )
    return field


def _day(context: PageContext, name: str, label: str, value: str | None, note: str = "") -> Component:
    field: Component = dmc.DateInput(
        id=name,
        label=context.say(label),
        value=value,
        valueFormat="YYYY-MM-DD",
        clearable=True,
        description=context.say(note) if note else None,
    )
    return field


def _select(name: str, label: str, choices: Choices, value: str | None) -> Component:
    field: Component = dmc.Select(
        id=name,
        label=label,
        data=[{"value": key, "label": words} for key, words in choices],
        value=value,
        searchable=True,
        clearable=True,
    )
    return field


def _button(words: str, name: str) -> Component:
    return html.Button(words, id=name, type="button", className="button")


def _line(words: str, act: str, name: dict[str, str]) -> Component:
    button = html.Button(act, id=name, type="button", className="button quiet")
    return html.Li([html.Span(words), button])


def _fold(title: str, fields: Sequence[Component | None]) -> Component:
    return html.Details(
        [html.Summary(title), html.Div([one for one in fields if one is not None], className="fields")],
        className="asked code-form",
    )
