"""What the address of the leverage page says: scope, basis, layer, and whose fiscal yuan counts."""

from enum import StrEnum

from dashboard.pages.context import BadAddress, PageContext
from funds.kinds import Basis, GovernmentLevel

# `soe` and `through` are read as on other pages.
SCOPE, BASIS, LAYER, LEVEL, LEAGUE = "scope", "basis", "layer", "level", "league"


class Layer(StrEnum):
    """Money in the funds, or what of it reached firms."""

    FUND = "fund"
    PROJECT = "project"


class League(StrEnum):
    """Who is compared."""

    FUND = "fund"
    MANAGER = "manager"
    PARK = "park"


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


def read_fiscal_level(context: PageContext) -> GovernmentLevel | None:
    """Whose fiscal yuan the ratios divide by; every level's where the address says nothing."""
    text = context.query.get(LEVEL)
    if text is None:
        return None
    try:
        return GovernmentLevel(text)
    except ValueError as fault:
        raise BadAddress("leverage_page.bad_level", text=text[:20]) from fault


def read_league(context: PageContext) -> League:
    """Who is compared; funds where the address says nothing."""
    text = context.query.get(LEAGUE, League.FUND.value)
    try:
        return League(text)
    except ValueError as fault:
        raise BadAddress("leverage_page.bad_league", text=text[:20]) from fault
