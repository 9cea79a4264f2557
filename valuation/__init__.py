"""Valuation works out what was written down: arrays and dates in, numbers and reasons out."""

from valuation.alignment import (
    Alignment,
    alignment,
    coverage,
    has_fund,
    look_through_alignment,
    weigh,
)
from valuation.attribution import Claims, attribute, share_claims
from valuation.batch import xirr_many
from valuation.bridge import ClaimBridge, Movements, NavBridge, Stock, explain_claim, nav_bridge
from valuation.concentration import (
    Concentration,
    Likeness,
    Overlap,
    concentration,
    likeness,
    overlap,
)
from valuation.irr import period_return, xirr, xnpv
from valuation.j_curve import JCurve, JPoint, j_curve
from valuation.look_through import Composition, Finding, look_through
from valuation.market import (
    DirectAlpha,
    LongNickels,
    PmePlus,
    direct_alpha,
    ks_pme,
    long_nickels,
    pme_plus,
)
from valuation.multiples import (
    Deployment,
    LossRatio,
    Multiples,
    deployment,
    loss_ratio,
    moic,
    multiples,
)
from valuation.periodic import irr_periodic, mirr, npv_periodic
from valuation.polish import polish_rate
from valuation.pooling import pooled
from valuation.rate import HIGHEST_RATE, LOWEST_RATE, Measure, Rate, Status
from valuation.rates import Rates
from valuation.waterfall import TIERS, Terms, Waterfall, waterfall

__all__ = [
    "HIGHEST_RATE",
    "LOWEST_RATE",
    "TIERS",
    "Alignment",
    "ClaimBridge",
    "Claims",
    "Composition",
    "Concentration",
    "Deployment",
    "DirectAlpha",
    "Finding",
    "JCurve",
    "JPoint",
    "Likeness",
    "LongNickels",
    "LossRatio",
    "Measure",
    "Movements",
    "Multiples",
    "NavBridge",
    "Overlap",
    "PmePlus",
    "Rate",
    "Rates",
    "Status",
    "Stock",
    "Terms",
    "Waterfall",
    "alignment",
    "attribute",
    "concentration",
    "coverage",
    "deployment",
    "direct_alpha",
    "explain_claim",
    "has_fund",
    "irr_periodic",
    "j_curve",
    "ks_pme",
    "likeness",
    "long_nickels",
    "look_through",
    "look_through_alignment",
    "loss_ratio",
    "mirr",
    "moic",
    "multiples",
    "nav_bridge",
    "npv_periodic",
    "overlap",
    "period_return",
    "pme_plus",
    "polish_rate",
    "pooled",
    "share_claims",
    "waterfall",
    "weigh",
    "xirr",
    "xirr_many",
    "xnpv",
]
