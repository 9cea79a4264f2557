"""The state of the chain: the last version and its hash, and what its last verification found."""

from time import perf_counter

import dash_mantine_components as dmc
from dash import Input, Output, html
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.trail.trail_desk import write_city_time
from dashboard.words import say_problem
from dashboard.words.numbers import format_count
from funds.book import write_time
from funds.permissions import Action
from funds.queries.trail_chain import ChainCheck, check_chain, last_check

STATE, BUTTON, BAR = "trail-chain-state", "trail-verify", "trail-verify-bar"
SHORT, LISTED = 12, 20


def draw_chain_card(visit: Visit) -> Component:
    """The card: the head, what is known of it, and the way to find out anew."""
    head = visit.book.head()
    lead = visit.say("trail.chain_head", version=format_count(head.version))
    state = html.Div(draw_chain_state(visit), id=STATE, role="status")
    bar = html.Div(
        [html.Div(className="trail-bar"), html.Span(visit.say("trail.verifying"))],
        id=BAR,
        className="trail-wait",
        hidden=True,
    )
    return html.Section(
        [
            html.Div(
                [
                    html.H2(visit.say("trail.chain"), className="card-title"),
                    html.P(
                        [f"{lead} ", html.Code(shorten_hash(head.hash), title=head.hash)],
                        className="trail-head",
                    ),
                    state,
                    bar,
                ]
            ),
            dmc.Button(visit.say("trail.verify"), id=BUTTON, size="sm", variant="default"),
        ],
        className="card trail-chain",
    )


def register_chain(app: GuardedApp) -> None:
    """The button verifies every row; meanwhile it cannot be pressed again."""

    @app.callback(
        Output(STATE, "children"),
        Input(BUTTON, "n_clicks"),
        needs=Action.READ_TRAIL,
        prevent_initial_call=True,
        running=[(Output(BUTTON, "disabled"), True, False), (Output(BAR, "hidden"), False, True)],
    )
    def verify(visit: Visit, clicks: int | None) -> list[Component]:
        if clicks:
            check_chain(visit.book, perf_counter)
        return draw_chain_state(visit)


def draw_chain_state(visit: Visit) -> list[Component]:
    """What the last verification found, and what has been added since."""
    check = last_check(visit.book)
    if check is None:
        return [html.P(visit.say("trail.unverified"), className="card-note")]
    later = visit.book.head().version - check.head.version
    notes = [_write_check(visit, check)]
    if later > 0:
        notes.append(visit.say("trail.later", count=format_count(later)))
    if check.problems:
        text = visit.say("trail.found_faults", count=format_count(len(check.problems)))
        return [
            html.P(text, className="trail-state tone-broken"),
            _draw_note(notes),
            *_list_problems(visit, check),
        ]
    return [html.P(visit.say("trail.sound"), className="trail-state tone-good"), _draw_note(notes)]


def shorten_hash(text: str) -> str:
    """The beginning of a hash; the rest is on hover."""
    return f"{text[:SHORT]}…"


def _write_check(visit: Visit, check: ChainCheck) -> str:
    when = write_city_time(write_time(check.checked_at), to_the_second=True)
    code = "trail.checked_anchored" if check.is_anchored else "trail.checked"
    seconds = f"{check.seconds:.1f}"
    return visit.say(code, when=when, version=format_count(check.head.version), seconds=seconds)


def _draw_note(notes: list[str]) -> Component:
    return html.P(" ".join(notes), className="card-note")


def _list_problems(visit: Visit, check: ChainCheck) -> list[Component]:
    """Which rows were touched, for whoever answers for the whole trail."""
    if not visit.rights.may(Action.READ_TRAIL):
        return [html.P(visit.say("trail.faults_elsewhere"), className="card-note")]
    told = [html.Li(say_problem(problem, visit.language)) for problem in check.problems[:LISTED]]
    more = len(check.problems) - len(told)
    rest = (
        [html.P(visit.say("trail.more_faults", count=format_count(more)), className="card-note")]
        if more
        else []
    )
    return [html.Ul(told, className="trail-faults"), *rest]
