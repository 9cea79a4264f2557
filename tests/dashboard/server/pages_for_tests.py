"""Pages that only tests have: one that shows and changes a canary, one that fails in each way."""

from typing import Any

from dash import ALL, MATCH, Input, Output, State, dcc, html, set_props
from dash.development.base_component import Component

from dashboard.auth.callbacks import GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.page import Page
from funds.errors import BookUnusable, Conflict, LedgerError, NotAllowed, NotFound, RulesBroken
from funds.permissions import Action
from funds.problems import fatal

CANARY = "CANARY-7f3a"
SET_POLICY = "canary-policy.children"
FAILING = "failing.children"
ERRORS: dict[str, Exception] = {
    "conflict": Conflict("request.malformed"),
    "not_found": NotFound("http.404"),
    "not_allowed": NotAllowed("http.403"),
    "rules": RulesBroken([fatal("password.too_short", "form:password", shortest=10)]),
    "unusable": BookUnusable("system.database"),
    "crash": KeyError("a secret value"),
    "ledger": LedgerError("http.500"),
}


def lay_out(context: PageContext) -> Component:
    return html.Div(
        [html.H1(CANARY, className="page-title"), dcc.Input(id="ask"), html.Div(id="canary-policy")]
    )


def register(app: GuardedApp) -> None:
    @app.callback(
        Output("canary-policy", "children"),
        Input("ask", "value"),
        State("role", "data"),
        needs=Action.SET_POLICY,
    )
    def answer(visit: Visit, asked: str | None, role: str | None) -> str:
        return f"{CANARY} {asked} {role} {visit.person.login}"

    @app.callback(
        Output({"type": "row", "at": MATCH}, "children"),
        Input({"type": "button", "at": MATCH}, "n_clicks"),
        State({"type": "mark", "at": ALL}, "value"),
        needs=Action.READ,
    )
    def open_row(_visit: Visit, clicks: int | None, marks: list[str]) -> str:
        return f"{clicks} {len(marks)}"

    @app.callback(Input("silent", "n_clicks"), needs=Action.READ)
    def keep_silent(_visit: Visit, clicks: int | None) -> None:
        set_props("heard", {"children": clicks})

    @app.callback(Output("failing", "children"), Input("how", "value"), needs=Action.READ)
    def fail(_visit: Visit, how: str) -> str:
        raise ERRORS[how]

    @app.callback(
        Output("kinds", "children"),
        Input("numbers", "value"),
        Input("share", "value"),
        Input("flag", "value"),
        Input("record", "data"),
        Input("whatever", "data"),
        needs=Action.READ,
    )
    def take(
        _visit: Visit, numbers: list[int], share: float, flag: bool, record: dict[str, Any], whatever: Any
    ) -> str:
        return f"{sum(numbers)} {share:.2f} {flag:d} {sorted(record)} {whatever}"


def lay_out_failing(context: PageContext) -> Component:
    raise ERRORS[context.query["how"]]


TEST_PAGES = (
    Page("/", "page.home", Action.READ, lay_out, register, group="frame.nav"),
    Page("/policy/{code}", "page.home", Action.SET_POLICY, lay_out, group="frame.nav"),
    Page("/failing", "page.home", Action.READ, lay_out_failing, is_in_nav=False),
)
