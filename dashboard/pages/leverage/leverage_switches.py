"""The switches of the leverage page: basis, layer, state-owned money, depth, and whose fiscal yuan."""

from dash import html
from dash.development.base_component import Component

from dashboard.pages.choices import Choice, draw_segments
from dashboard.pages.city.soe_choice import SOE
from dashboard.pages.leverage.leverage_address import BASIS, LAYER, LEVEL, LOOK, THROUGH, Layer
from dashboard.pages.leverage.leverage_state import LeverageState
from dashboard.readings.money.capital import SoeTreatment
from funds.kinds import Basis, GovernmentLevel


def draw_switches(state: LeverageState) -> Component:
    """All that change something; each is a link, so that going back in the browser undoes it."""
    drawn = [_draw_basis(state), _draw_soe(state), _draw_level(state)]
    if not state.is_of_firms:  # where there is one layer alone, always looked through
        drawn[1:1] = [_draw_layer(state)]
        drawn[3:3] = [_draw_look(state)]
    return html.Div(drawn, className="leverage-switches")


def _draw_basis(state: LeverageState) -> Component:
    choices = [
        Choice(
            state.say(f"basis.{basis}"),
            _address(state, BASIS, None if basis is Basis.PAID_IN else basis.value),
            basis is state.basis,
        )
        for basis in Basis
    ]
    return draw_segments(state.context, state.say("leverage_page.basis"), choices)


def _draw_layer(state: LeverageState) -> Component:
    choices = [
        Choice(
            state.say(f"report.lens_{layer}"),
            _address(state, LAYER, None if layer is Layer.FUND else layer.value),
            layer is state.layer,
        )
        for layer in Layer
    ]
    return draw_segments(state.context, state.say("leverage_page.layer"), choices)


def _draw_soe(state: LeverageState) -> Component:
    choices = [
        Choice(
            state.say(f"overview.soe_{soe.value}"),
            _address(state, SOE, None if soe is SoeTreatment.APART else soe.value),
            soe is state.options.soe,
        )
        for soe in SoeTreatment
    ]
    return draw_segments(state.context, state.say("overview.soe"), choices)


def _draw_look(state: LeverageState) -> Component:
    is_through = state.options.look_through
    choices = [
        Choice(state.say("leverage_page.look_first"), _address(state, LOOK, None), not is_through),
        Choice(state.say("leverage_page.look_through"), _address(state, LOOK, THROUGH), is_through),
    ]
    return draw_segments(state.context, state.say("leverage_page.look"), choices)


def _draw_level(state: LeverageState) -> Component:
    """Every level, or one of those of which the book has fiscal money somewhere."""
    held = {fact.level for fact in state.slice.facts.natures.values() if fact.level is not None}
    offered = [level for level in GovernmentLevel if level in held or level is state.options.fiscal_level]
    choices = [
        Choice(
            state.say("leverage_page.level_all"),
            _address(state, LEVEL, None),
            state.options.fiscal_level is None,
        ),
        *(
            Choice(
                state.say(f"report.level_{level}"),
                _address(state, LEVEL, level.value),
                level is state.options.fiscal_level,
            )
            for level in offered
        ),
    ]
    return draw_segments(state.context, state.say("leverage_page.level"), choices)


def _address(state: LeverageState, name: str, value: str | None) -> str:
    return state.context.here(**{name: value})
