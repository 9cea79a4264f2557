"""How a workbook on its way is drawn: how far it is, what is wrong, what would change, and what can be done."""

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.attributes import aria
from dashboard.pages.imports.draft_store import AT_WORK, STARTABLE, State
from dashboard.pages.imports.draft_tables import (
    make_changes,
    make_controls,
    make_problems,
    word_changes,
)
from dashboard.pages.imports.import_desk import FILES, KILO, PATH, SEVERITY, SHEET, DraftDesk, sheet_of
from dashboard.pages.imports.mapping_store import REOPENED, find_mapping
from dashboard.pages.imports.mapping_view import draw_mapping
from dashboard.pages.imports.meetings_view import draw_meetings
from dashboard.pages.imports.stages import count_stages
from dashboard.pages.job_progress import draw_progress
from dashboard.pages.shown_table import draw_table_card
from dashboard.words.numbers import format_count
from funds.problems import Problem

ACT = "import-act"


def draw_draft(
    desk: DraftDesk, told: Component | None = None, faults: Sequence[Problem] = ()
) -> list[Component | None]:
    """Everything about the workbook; `told` is what came of the last act, `faults` what a mapping still lacks."""
    draft, outcome = desk.draft, desk.draft.outcome
    parts: list[Component | None] = [
        html.P(dcc.Link(desk.say("imports.back"), href=desk.context.link(PATH)), className="scope-links"),
        html.H1(draft.name, className="page-title"),
        html.P(word_state(desk), className="headline", role="status"),
        told,
        _draw_progress(desk),
        _draw_stages(desk) if outcome is not None else None,
    ]
    if draft.state is State.MAPPING:
        visit = desk.context.visit
        stored = find_mapping(visit.book, visit.person.person_id, draft.id)
        parts.extend(draw_mapping(desk, stored, faults))
    if outcome is not None and outcome.problems:
        parts.append(_draw_problems(desk))
    if outcome is not None and outcome.controls:
        parts.append(draw_table_card(desk.context, make_controls(desk)))
    if outcome is not None and outcome.sheets:
        parts.append(draw_table_card(desk.context, make_changes(desk)))
    if outcome is not None and outcome.meetings and draft.state is State.CHECKED and not outcome.grave:
        parts.append(draw_meetings(desk))
    return [*parts, _draw_acts(desk)]


def word_state(desk: DraftDesk) -> str:
    """Where it stands, in one sentence."""
    draft, outcome = desk.draft, desk.draft.outcome
    is_reading = draft.state is State.READING and desk.job is not None
    rows = format_count(desk.job.done if is_reading and desk.job is not None else draft.rows_read)
    if draft.state is not State.CHECKED or outcome is None:
        notice = desk.say(outcome.notice, **outcome.params) if outcome is not None and outcome.notice else ""
        version = "" if draft.version is None else format_count(draft.version)
        if draft.state is State.DONE and draft.version is None:
            return desk.say("imports.already_rows", rows=rows)
        new = "" if outcome is None else format_count(outcome.new)
        return desk.say(f"imports.state_{draft.state}", rows=rows, version=version, notice=notice, new=new)
    if outcome.already:
        batch = desk.batch
        return (
            desk.say("imports.already_rows", rows=rows)
            if batch is None
            else desk.say("imports.already_batch", batch=format_count(batch))
        )
    notice = desk.say(outcome.notice) if outcome.notice else ""
    if outcome.grave:
        return notice + desk.say("imports.state_problems", count=format_count(outcome.grave))
    return notice + word_changes(desk)


def draw_commit(desk: DraftDesk) -> list[Component | None]:
    """The button that records, or why it cannot be pressed yet."""
    draft, outcome = desk.draft, desk.draft.outcome
    if draft.state is not State.CHECKED or outcome is None or outcome.grave or outcome.already:
        return []
    waiting = draft.undecided
    note = "imports.decide_first" if waiting else "imports.commit_note"
    button = _draw_button(desk, "commit", is_quiet=False, disabled=not draft.is_ready)
    return [button, html.Span(desk.say(note, count=format_count(waiting)), className="card-note")]


def _draw_progress(desk: DraftDesk) -> Component | None:
    if desk.draft.state not in AT_WORK:
        return None
    return html.Div(draw_progress(desk.context, desk.job, word_state(desk)), className="card")


def _draw_stages(desk: DraftDesk) -> Component:
    """The stages in order, each with the number of problems that stop it."""
    outcome = desk.draft.outcome
    counted = count_stages(outcome.problems if outcome is not None else ())
    items = []
    for stage, count in counted.items():
        words = (
            desk.say("imports.stage_bad", count=format_count(count))
            if count
            else desk.say("imports.stage_good")
        )
        items.append(
            html.Li(
                [html.Span(desk.say(f"imports.stage_{stage}"), className="stage-name"), html.Span(words)],
                className="stage bad" if count else "stage good",
            )
        )
    return html.Ol(items, className="import-stages", **aria(label=desk.say("imports.stages")))


def _draw_problems(desk: DraftDesk) -> Component:
    sheets = sorted({sheet_of(problem) for problem in desk.problems if sheet_of(problem)})
    by_sheet = _draw_filter(desk, SHEET, {sheet: sheet for sheet in sheets})
    words = {name: desk.say(f"imports.severity_{name}") for name in ("fatal", "warning")}
    annotated = html.A(
        desk.say("imports.annotated"),
        href=f"{FILES}/annotated/{desk.draft.id}",
        className="button quiet",
        download="",
        id="import-annotated",
    )
    head = html.Div([by_sheet, _draw_filter(desk, SEVERITY, words), annotated], className="import-filters")
    return html.Div([head, draw_table_card(desk.context, make_problems(desk))], className="import-problems")


def _draw_filter(desk: DraftDesk, name: str, choices: Mapping[str, str]) -> Component:
    chosen = desk.context.query.get(name)
    pairs = [(None, desk.say(f"imports.all_{name}")), *choices.items()]
    links = [
        html.Span(
            dcc.Link(
                words,
                href=desk.context.here(**{name: value}),
                className="list-name chosen" if value == chosen else "list-name",
            ),
            **(aria(current="true") if value == chosen else {}),
        )
        for value, words in pairs
    ]
    return html.Nav(links, className="list-choice", **aria(label=desk.say(f"imports.by_{name}")))


def _draw_acts(desk: DraftDesk) -> Component:
    """What can be done with it as it stands."""
    state = desk.draft.state
    acts: list[Component] = []
    if desk.job is not None and desk.job.is_stoppable:
        acts.append(_draw_button(desk, "stop"))
    if state in STARTABLE:
        acts.append(_draw_button(desk, "again"))
    if desk.draft.is_mapped and state in REOPENED:
        acts.append(_draw_button(desk, "map"))
    if state not in AT_WORK:
        acts.append(_draw_button(desk, "forget"))
    size = format_count(-(-desk.draft.size // KILO))
    original = html.A(
        desk.say("imports.original", size=size),
        href=f"{FILES}/original/{desk.draft.id}",
        className="export",
        download="",
    )
    done = None
    if state is State.DONE and desk.draft.version is not None:
        done = dcc.Link(
            desk.say("imports.to_trail"),
            href=desk.context.link(f"/trail/{desk.draft.version}"),
            className="button quiet",
        )
    return html.Section(
        [
            html.Div(draw_commit(desk), id="import-commit", className="acts"),
            html.Div([*acts, done, original], className="acts"),
        ],
        className="card import-acts",
    )


def _draw_button(desk: DraftDesk, act: str, *, is_quiet: bool = True, disabled: bool = False) -> Component:
    return html.Button(
        desk.say(f"imports.act_{act}"),
        id={"type": ACT, "act": act},
        type="button",
        className="button quiet" if is_quiet else "button",
        disabled=disabled,
    )
