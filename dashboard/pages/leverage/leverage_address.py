"""What the address of the leverage page says: scope, basis, layer, whose fiscal yuan counts, and how deep."""

from enum import StrEnum

from dashboard.pages.city.soe_choice import read_soe
from dashboard.pages.context import BadAddress, PageContext
from dashboard.readings.money.leverage_options import LeverageOptions
from funds.kinds import Basis, GovernmentLevel

PATH = "/leverage"
SCOPE, BASIS, LAYER, LEVEL, LOOK, LEAGUE = "scope", "basis", "layer", "level", "look", "league"
THROUGH = "through"


class Layer(StrEnum):
    """Money in the funds, or what of it reached firms."""

    FUND = "fund"
    PROJECT = "project"


class League(StrEnum):
    """Who is compared."""

    FUND = "fund"
    MANAGER = "manager"
    PARK = "park"
    INDUSTRY = "industry"


def read_basis(context: PageContext) -> Basis:
    """Committed or paid in; paid in where the address says nothing."""
    text = context.query.get(BASIS, Basis.PAID_IN.value)
    try:
        return Basis(text)
    except ValueError as fault:
        raise BadAddress("leverage_page.bad_basis", text=text[:20]) from fault


def read_layer(context: PageContext) -> Layer:
    """Funds or firms; funds where the address says nothing."""
    text = context.query.get(LAYER, Layer.FUND.value)
    try:
        return Layer(text)
    except ValueError as fault:
        raise BadAddress("leverage_page.bad_layer", text=text[:20]) from fault


def read_league(context: PageContext) -> League:
    """Who is compared; funds where the address says nothing."""
    text = context.query.get(LEAGUE, League.FUND.value)
    try:
        return League(text)
    except ValueError as fault:
        raise BadAddress("leverage_page.bad_league", text=text[:20]) from fault


def read_options(context: PageContext, basis: Basis | None = None) -> LeverageOptions:
    """What the ratios count, as the address says; it has a word for depth of its own, so that other pages keep theirs."""
    return LeverageOptions(basis, read_soe(context), _read_level(context), _read_look(context))


def _read_level(context: PageContext) -> GovernmentLevel | None:
    text = context.query.get(LEVEL)
    if text is None:
        return None
    try:
        return GovernmentLevel(text)
    except ValueError as fault:
        raise BadAddress("leverage_page.bad_level", text=text[:20]) from fault


def _read_look(context: PageContext) -> bool:
    text = context.query.get(LOOK)
    if text not in (None, THROUGH):
        raise BadAddress("leverage_page.bad_look", text=text[:20])
    return text == THROUGH
