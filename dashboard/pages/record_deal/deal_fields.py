"""The fields of a deal's form, step by step: the firm, the round, the fund's part."""

from collections.abc import Mapping, Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.forms.deal import FIRM, NEW, PART, REASON
from dashboard.forms.deal_round import LINES, NONE, ROUND, line_fields
from dashboard.pages.attributes import aria
from dashboard.pages.record_deal.deal_desk import DealDesk
from dashboard.pages.record_deal.deal_firm import list_rounds
from funds.kinds import ShareOrigin
from funds.queries.company_names import FirmName
from funds.queries.company_papers import RoundPaper

FORM = "deal"
# Goes out once; the browser gives it to each line.
INVESTORS = f"{FORM}-investors"
FIELDS: tuple[str, ...] = (*FIRM, *ROUND, *line_fields(), *PART, REASON)
NEEDED = frozenset({"fund", "amount", "paid_on", "round"})
NOTED = frozenset(
    {"company", "new_credit", "new_code", "new_industry", "closed_on", "secondary", "pre_money"}
)
NOTED |= {"loan", "amount", "stake", "decided_on", "business_no", "initiated_on", "landing", REASON}
LONG = frozenset({"buyback", "anti_dilution", "landing", REASON})
OPEN_LINES = 4
Choices = Sequence[tuple[str, str]]


def field_id(name: str) -> str:
    """What a field is called in the page."""
    return f"{FORM}-{name}"


def draw_firm_fields(desk: DealDesk, standing: Mapping[str, str]) -> list[Component]:
    """① A firm of the register, or a new one."""
    facts = desk.slice.facts
    parks = [(one.code, one.name) for one in sorted(facts.parks.values(), key=lambda one: one.code)]
    industries = [(one.code, one.name) for one in sorted(facts.industries.values(), key=lambda one: one.code)]
    new = [
        *(_text(desk, name) for name in ("new_name", "new_credit", "new_code")),
        _select(desk, "new_park", parks),
        _select(desk, "new_industry", industries),
    ]
    firms = [(firm.code, _name_firm(desk, firm)) for firm in desk.firms]
    return [
        _select(desk, "company", firms, standing.get("company")),
        html.Details(
            [html.Summary(desk.say("record_deal.new_firm")), html.Div(new, className="deal-grid")],
            className="deal-more",
        ),
    ]


def draw_round_fields(desk: DealDesk, standing: Mapping[str, str]) -> list[Component]:
    """② The round, with its investors where it is new."""
    rounds = offer_rounds(desk, standing.get("company"))
    names = ROUND[1:]
    heads = ("who", "other", "part", "origin")
    table = html.Table(
        [
            html.Thead(
                html.Tr([html.Th(desk.say(f"record_deal.line_{head}"), scope="col") for head in heads])
            ),
            html.Tbody([_draw_line(desk, number) for number in range(1, OPEN_LINES + 1)]),
        ],
        className="table deal-lines",
    )
    more = html.Table(
        html.Tbody([_draw_line(desk, number) for number in range(OPEN_LINES + 1, LINES + 1)]),
        className="table deal-lines",
    )
    return [
        dcc.Store(id=INVESTORS, data=as_data(desk.investors)),
        _select(desk, "round", rounds),
        html.Div([_text(desk, name) for name in names], className="deal-grid"),
        html.H3(desk.say("record_deal.lines"), className="deal-subtitle"),
        html.P(desk.say("record_deal.lines_note"), className="card-note"),
        html.Div(table, className="table-scroll"),
        html.Details(
            [html.Summary(desk.say("record_deal.more_lines")), html.Div(more, className="table-scroll")],
            className="deal-more",
        ),
        html.P(id=f"{FORM}-difference", className="deal-difference", role="status"),
    ]


def draw_part_fields(desk: DealDesk, standing: Mapping[str, str]) -> list[Component]:
    """③ What the fund pays, for what, and on which terms."""
    funds = [(fund.code, fund.name) for fund in desk.funds]
    main = [
        _select(desk, "fund", funds, standing.get("fund")),
        _text(desk, "amount"),
        _select(desk, "own_origin", _origins(desk), standing.get("own_origin")),
        _text(desk, "instrument", standing.get("instrument", "")),
        *(_text(desk, name) for name in ("stake", "initiated_on", "decided_on", "decision_no", "paid_on")),
        _text(desk, "business_no"),
    ]
    terms = [_text(desk, name) for name in ("buyback", "anti_dilution", "landing")]
    return [
        html.Div(main, className="deal-grid"),
        html.H3(desk.say("record_deal.terms"), className="deal-subtitle"),
        html.Div(terms, className="deal-grid"),
    ]


def draw_reason(desk: DealDesk) -> Component:
    """Why it is recorded, in the words of the trail."""
    return _text(desk, REASON)


def offer_rounds(desk: DealDesk, company: str | None) -> list[tuple[str, str]]:
    """The rounds of a firm that may be seen, a new one, and none at all."""
    return [
        *((one.code, list_rounds(desk, one)) for one in _rounds_of(desk, company)),
        (NEW, desk.say("record_deal.round_new")),
        (NONE, desk.say("record_deal.round_none")),
    ]


def as_data(choices: Choices) -> list[dict[str, str]]:
    """Choices as the select takes them."""
    return [{"value": value, "label": label} for value, label in choices]


def _rounds_of(desk: DealDesk, company: str | None) -> Sequence[RoundPaper]:
    firm = desk.find_firm(company)
    return () if firm is None else desk.slice.open_company(firm.id).rounds


def _origins(desk: DealDesk) -> list[tuple[str, str]]:
    return [(str(one), desk.say(f"record_deal.origin_{one}")) for one in ShareOrigin]


def _draw_line(desk: DealDesk, number: int) -> Component:
    def named(name: str) -> str:
        return desk.say("record_deal.line_of", name=desk.say(f"record_deal.line_{name}"), number=number)

    return html.Tr(
        [
            html.Td(_bare_select(f"who-{number}", (), named("who"), None, desk)),
            html.Td(_bare_text(f"other-{number}", named("other"))),
            html.Td(_bare_text(f"part-{number}", named("part"))),
            html.Td(
                _bare_select(f"origin-{number}", _origins(desk), named("origin"), ShareOrigin.PRIMARY, desk)
            ),
        ]
    )


def _name_firm(desk: DealDesk, firm: FirmName) -> str:
    """Everything by which somebody may look for a firm."""
    parts = [part for part in (firm.name, firm.code, firm.credit_code) if part]
    if firm.former_names:
        parts.append(desk.say("record_deal.former", names=firm.former_names))
    return " · ".join(dict.fromkeys(parts))


def _words(desk: DealDesk, name: str) -> dict[str, object]:
    note = desk.say(f"record_deal.f_{name}_note") if name in NOTED else None
    return {
        "label": desk.say(f"record_deal.f_{name}"),
        "description": note,
        "withAsterisk": name in NEEDED,
    }


def _text(desk: DealDesk, name: str, value: str = "") -> Component:
    kind = dmc.Textarea if name in LONG else dmc.TextInput
    more = {"autosize": True, "minRows": 1} if name in LONG else {}
    made: Component = kind(id=field_id(name), value=value, debounce=True, **_words(desk, name), **more)
    return made


def _select(desk: DealDesk, name: str, choices: Choices, value: str | None = None) -> Component:
    made: Component = dmc.Select(
        id=field_id(name),
        data=as_data(choices),
        value=value,
        searchable=True,
        clearable=True,
        limit=60,
        nothingFoundMessage=desk.say("switcher.nothing"),
        **_words(desk, name),
    )
    return made


def _bare_select(name: str, choices: Choices, label: str, value: str | None, desk: DealDesk) -> Component:
    made: Component = dmc.Select(
        id=field_id(name),
        data=as_data(choices),
        value=value,
        searchable=True,
        clearable=value is None,
        limit=60,
        size="sm",
        nothingFoundMessage=desk.say("switcher.nothing"),
        **aria(label=label),
    )
    return made


def _bare_text(name: str, label: str) -> Component:
    made: Component = dmc.TextInput(
        id=field_id(name), value="", debounce=True, size="sm", **aria(label=label)
    )
    return made
