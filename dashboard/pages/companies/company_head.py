"""The head of a firm's page: name, standing, what the register says, one sentence of findings, and the figures."""

from collections.abc import Iterator

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.companies.company_state import PATH, CompanyState
from dashboard.pages.figure_cards import strip
from dashboard.pages.figure_text import write_value
from dashboard.pages.record_deal.deal_link import draw_company_link
from dashboard.pages.trail.trail_link import draw_history_link
from dashboard.pages.upkeep.edit_link import draw_edit_link
from dashboard.words.numbers import MoneyUnit, format_count, format_money, format_percent, format_yuan

FISCAL = "fiscal"


def draw_head(state: CompanyState) -> Component:
    """Title line, facts, headline."""
    company = state.company
    title = [
        html.H1(company.name, className="page-title"),
        html.Span(company.code, className="company-code"),
        html.Span(state.say(f"company.stands_{stand(state)}"), className="fund-status"),
    ]
    links = [
        dcc.Link(state.say("company.all"), href=state.context.link(PATH)),
        draw_history_link(state.context, "company", company.id),
        draw_edit_link(state.context, "company", company.code),
        draw_company_link(state.context, company),
    ]
    return html.Header(
        [
            html.Div(
                [html.Div(title, className="fund-title"), html.P(links, className="scope-links")],
                className="fund-line",
            ),
            html.Dl(list(_draw_facts(state)), className="fund-facts"),
            html.P(write_headline(state), className="headline"),
        ],
        className="fund-head",
    )


def stand(state: CompanyState) -> str:
    """Held, exited, written off, or never invested in — by the funds in sight."""
    sums = state.sums
    if not state.is_held:
        return "never"
    if sums["still_holding"]:
        return "held"
    return "written_off" if sums["written_off"] else "exited"


def write_headline(state: CompanyState) -> str:
    """Who put in how much, whose money that was, and what became of it; what is not known is left out."""
    return state.join(_write_clauses(state)) + state.say("company.stop")


def draw_figures(state: CompanyState) -> Component | None:
    """累计投入 → 在投成本 → 回款 → 公允价值, and the two figures; nothing where no fund in sight paid in."""
    if not state.is_held:
        return None
    cards = state.cards("company")
    plain = [_draw_plain(state, key) for key in ("invested", "cost", "proceeds", "fair_value")]
    (rate,) = state.rows("company_rate")
    on_mark = rate["last_mark_bps"] not in (None, "0")
    told = "company.rate_on_mark" if on_mark else "company.gross_of_fees"
    shown = [
        cards.card(state.figure("PF11"), state.say("company.gross_of_fees")),
        cards.card(state.figure("PF10"), state.say(told, points=rate["last_mark_bps"])),
    ]
    return html.Section([strip([*plain, *shown], 6), *_warn(state)])


def _warn(state: CompanyState) -> Iterator[Component]:
    """A rate with several roots is told with all of them."""
    (rate,) = state.rows("company_rate")
    if rate["status"] == "multiple_roots":
        roots = state.list(write_value("PF10", root, MoneyUnit.YI) for root in rate["roots"])
        text = state.say("company.several_roots", count=format_count(len(rate["roots"])), roots=roots)
        yield html.P(text, className="fund-caution")


def _write_clauses(state: CompanyState) -> Iterator[str]:
    rounds = state.rows("company_round")
    if rounds:
        codes = {row["code"] for row in state.rows("company_investor")}
        total = sum(row["round_total"] for row in rounds)
        code = "company.says_rounds" if codes else "company.says_rounds_unlisted"
        counts = {"rounds": format_count(len(rounds)), "investors": format_count(len(codes))}
        yield state.say(code, amount=state.amount(total), **counts)
    if not state.is_held:
        yield state.say("company.says_never" if state.slice.readable.is_city else "company.says_not_yours")
        return
    sums = state.sums
    own = {"funds": format_count(sums["funds"]), "amount": state.amount(sums["invested"])}
    yield state.say("company.says_funds" if state.slice.readable.is_city else "company.says_own_funds", **own)
    yield from _write_sources(state)
    multiple, rate = state.figure("PF11"), state.figure("PF10")
    if not sums["still_holding"]:
        word = "company.says_written_off" if sums["written_off"] else "company.says_exited"
        yield state.say(word, amount=state.amount(sums["proceeds"]))
    else:
        yield state.say("company.says_value", amount=state.amount(sums["fair_value"]))
    if multiple.value is not None:
        yield state.say("company.says_multiple", multiple=write_value("PF11", multiple.value, MoneyUnit.YI))
    if rate.value is not None:
        yield state.say("company.says_rate", rate=write_value("PF10", rate.value, MoneyUnit.YI))


def _write_sources(state: CompanyState) -> Iterator[str]:
    """How much of it was fiscal money, and what nobody has confirmed."""
    rows, whole = state.rows("company_source"), state.sums["invested"]
    if not whole:
        return
    fiscal = sum(row["amount"] for row in rows if row["nature"] == FISCAL)
    share = format_percent(fiscal / whole)
    yield state.say("company.says_fiscal", amount=state.amount(fiscal), share=share)
    unknown = sum(row["amount"] for row in rows if row["nature"] in ("undetermined", None))
    if unknown:
        yield state.say("company.says_unknown", amount=state.amount(unknown))


def _draw_plain(state: CompanyState, key: str) -> Component:
    """An amount that is no figure of its own: it has no passport, its rows stand in the tables below."""
    fen = state.sums[key]
    return html.Div(
        [
            html.Div(state.say(f"company.{key}"), className="figure-name"),
            html.Div(
                [
                    html.Span(
                        format_money(fen, state.unit),
                        className="figure-plain",
                        title=f"{format_yuan(fen)} {state.say('unit.yuan')}",
                    ),
                    html.Span(state.say(state.unit.code), className="figure-unit"),
                ],
                className="figure-line",
            ),
            html.Div(state.say(f"company.{key}_note"), className="figure-note"),
        ],
        className="figure-card",
    )


def _draw_facts(state: CompanyState) -> Iterator[Component]:
    row = state.register
    industries = {one.code: one.name for one in state.slice.facts.industries.values()}
    if row["park"]:
        park = dcc.Link(state.park_name(row["park"]), href=state.context.link(f"/parks/{row['park']}"))
        yield _fact(
            state, "company.park", park if _may_open(state, row["park"]) else state.park_name(row["park"])
        )
    else:
        yield _fact(state, "company.park", state.say("company.no_park"))
    national = " ".join(filter(None, (row["gb_code"], row["gb_name"])))
    told = (
        ("company.industry", industries.get(row["industry"], "")),
        ("company.national", national),
        ("company.credit_code", row["uscc"]),
        ("company.produces_in", row["produces_in"]),
        ("company.ownership", row["owner_type"]),
        ("company.established", state.day(row["founded"]) if row["founded"] else ""),
        ("company.size_tags", state.list(row["size_labels"])),
    )
    for code, text in told:
        if text:
            yield _fact(state, code, text)


def _may_open(state: CompanyState, park: str) -> bool:
    """Whether the park's page is open to the person."""
    readable = state.slice.readable
    ids = {one.id for one in state.slice.facts.parks.values() if one.code == park}
    return readable.is_city or bool(ids & readable.park_ids)


def _fact(state: CompanyState, code: str, value: str | Component) -> Component:
    return html.Div([html.Dt(state.say(code)), html.Dd(value)], className="fund-fact")
