"""The figures of a fund: its money from target to value, and its returns, each with its passport."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.pages.figure_cards import CardSet, strip
from dashboard.pages.figure_text import write_value
from dashboard.pages.funds.fund_view import FundView, Row
from dashboard.readings.answers import Figure
from dashboard.readings.portfolio.fund_life import is_young
from dashboard.words.numbers import ABSENT, MoneyUnit, format_count, format_money, format_yuan


def draw_money(view: FundView) -> Component:
    """目标规模 → 认缴 → 实缴 → 已投 → 分配 → 净资产."""
    cards, say = view.cards("money"), view.say
    invested = view.figure("PF16")
    return strip(
        [
            _draw_target(view),
            cards.card(view.figure("PF01")),
            cards.card(
                view.figure("PF02"), say("fund.share_of_committed", share=_percent(view.figure("PF05")))
            ),
            cards.card(
                invested,
                say("fund.share_of_paid_in", share=_percent(invested)),
                name=say("fund.invested"),
                amount=invested.numerator or 0,
            ),
            cards.card(
                view.figure("PF03"), say("fund.share_of_paid_in", share=_percent(view.figure("PF06")))
            ),
            cards.card(view.figure("PF04")),
        ],
        6,
    )


def draw_returns(view: FundView) -> Component:
    """Multiples and rates; under a year, or with several roots, the words that go with them."""
    cards = view.cards("returns")
    index = view.figure("PF12")
    shown = [
        cards.card(view.figure("PF08")),
        cards.card(view.figure("PF06")),
        cards.card(view.figure("PF07")),
        cards.card(view.figure("PF11"), view.say("fund.gross_of_fees")),
        cards.card(view.figure("PF09"), _note_rate(view, "net")),
        cards.card(view.figure("PF10"), _note_rate(view, "gross")),
        cards.card(index, _note_index(view)),
        cards.card(view.figure("PF15"), _note_index(view)),
    ]
    notes = [html.P(text, className="fund-caution") for text in warn_of_rates(view)]
    title = html.H2(view.say("fund.returns"), className="section-title")
    return html.Section([title, strip(shown, 4), *notes])


def draw_leverage(view: FundView) -> Component:
    """What the fund's fiscal money stands beside, committed and paid in."""
    cards: CardSet = view.cards("leverage")
    pairs = [
        cards.pair([view.figure(code, basis) for basis in ("committed", "paid_in")])
        for code in ("LV04", "LV05")
    ]
    return html.Div(pairs, className="fund-leverage")


def warn_of_rates(view: FundView) -> Iterator[str]:
    """Rates with several roots, a fund that policy calls young."""
    for row in view.rows("rate"):
        if row["status"] == "multiple_roots":
            roots = "、".join(_rate(root) for root in row["roots"])
            total = write_value("PF08", view.figure("PF08").value, MoneyUnit.YI)
            yield view.say(
                "fund.several_roots",
                name=view.say("figure.PF09" if row["side"] == "net" else "figure.PF10"),
                count=format_count(len(row["roots"])),
                roots=roots,
                total=total,
            )
    if is_young(view.slice, view.fund) and view.figure("PF09").value is not None:
        yield view.say("fund.young")


def _draw_target(view: FundView) -> Component:
    """The target is a fact of the register and no figure: it has no passport."""
    target, unit = view.fund.target_size_fen, view.unit
    exact = ABSENT if target is None else f"{format_yuan(target)} {view.say('unit.yuan')}"
    return html.Div(
        [
            html.Div(view.say("fund.target"), className="figure-name"),
            html.Div(
                [
                    html.Span(format_money(target, unit), className="figure-plain", title=exact),
                    html.Span("" if target is None else view.say(unit.code), className="figure-unit"),
                ],
                className="figure-line",
            ),
            html.Div(
                view.say("fund.registered" if target is not None else "fund.no_target"),
                className="figure-note",
            ),
        ],
        className="figure-card",
    )


def _percent(figure: Figure) -> str:
    return write_value("PF05", figure.value, MoneyUnit.YI)


def _rate(text: str | None) -> str:
    return write_value("PF09", text, MoneyUnit.YI)


def _note_rate(view: FundView, side: str) -> str:
    """Under a year the return of the period; else how the rate was found and what rests on the last mark."""
    period, rate = _side(view, "period", side), _side(view, "rate", side)
    if period is not None and period["under_a_year"] and period["period_return"] is not None:
        return view.say("fund.period", rate=_rate(period["period_return"]), days=format_count(period["days"]))
    if rate is not None and rate["last_mark_bps"] is not None:
        return view.say("fund.rate_on_mark", points=rate["last_mark_bps"])
    return view.say("fund.rate_ok")


def _note_index(view: FundView) -> str:
    """Against which index; a price index is called one."""
    rows = view.rows("market")
    if not rows:
        return ""
    code = "fund.against" if rows[0]["is_total_return"] else "fund.against_price"
    return view.say(code, index=rows[0]["index"])


def _side(view: FundView, table: str, side: str) -> Row | None:
    return next((row for row in view.rows(table) if row["side"] == side), None)
