"""The park's money in figures: committed to what it is worth, what it earned, and what it brought in."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.figure_cards import CardSet, strip
from dashboard.pages.figure_text import write_value
from dashboard.pages.parks.park_state import ParkState
from dashboard.readings.answers import Figure
from dashboard.words.numbers import MoneyUnit, choose_unit
from funds.kinds import Basis


def draw_figures(state: ParkState) -> Component:
    """认缴 → 实缴 → 已投 → 净值, TVPI and IRR."""
    reading, say = state.reading, state.say
    amounts = [reading.figure(code).value for code in ("PF01", "PF02", "PF04")]
    unit = choose_unit(amount for amount in amounts if isinstance(amount, int))
    cards = CardSet(state.context.visit, state.scope, unit, "park")
    deployed, rate = reading.figure("PF16"), reading.figure("PF09")
    money = [
        cards.card(reading.figure("PF01"), _count_funds(state)),
        cards.card(reading.figure("PF02"), say("park.of_committed", share=_share(reading.figure("PF05")))),
        cards.card(
            deployed,
            say("park.of_paid", share=_share(deployed)),
            name=say("park.invested"),
            amount=deployed.numerator or 0,
        ),
        cards.card(reading.figure("PF04")),
        cards.card(reading.figure("PF08")),
        cards.card(rate, say("park.a_year") if rate.value is not None else ""),
    ]
    return strip(money, 6)


def draw_leverage(state: ParkState) -> Component:
    """The social money beside each fiscal yuan, and its share."""
    cards = CardSet(state.context.visit, state.scope, MoneyUnit.YI, "leverage")
    pairs = [cards.pair([state.reading.figure(code, basis) for basis in Basis]) for code in ("LV04", "LV05")]
    return html.Section(
        [
            html.H2(state.say("park.leverage"), className="card-title"),
            html.P(state.say(f"park.leverage_{state.soe}"), className="card-note"),
            *pairs,
        ],
        className="card park-leverage",
    )


def _count_funds(state: ParkState) -> str:
    count = len(state.slice.members)
    return state.say("park.fund_count", count=count) if count else state.say("park.no_funds")


def _share(figure: Figure) -> str:
    return write_value("PF05", figure.value, MoneyUnit.YI)
