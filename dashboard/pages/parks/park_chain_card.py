"""The chains of the park's leading industries on its page."""

from dash.development.base_component import Component

from dashboard.pages.industries.chain_card import draw_chains
from dashboard.pages.industries.chain_state import ChainState
from dashboard.pages.industries.chain_tables import (
    make_candidates_table,
    make_chain_table,
    make_leaders_table,
)
from dashboard.pages.parks.park_state import ParkState
from dashboard.tables.shown import ShownTable


def draw_chain_map(state: ParkState) -> Component:
    """The measures, the graphs, the chain leaders and who could fill the gaps."""
    return draw_chains(_chains_of(state))


def make_park_chain_table(state: ParkState) -> ShownTable:
    """The segments."""
    return make_chain_table(_chains_of(state))


def make_park_leaders_table(state: ParkState) -> ShownTable:
    """The chain leaders."""
    return make_leaders_table(_chains_of(state))


def make_park_candidates_table(state: ParkState) -> ShownTable:
    """The firms that could fill the gaps."""
    return make_candidates_table(_chains_of(state))


def _chains_of(state: ParkState) -> ChainState:
    return ChainState(state.context, state.slice, state.reading)
