"""What AL01–AL06 can stand on: cost, value, payments of a period or count, of which day, and looked through or not."""

from dataclasses import dataclass
from datetime import date

COST, FAIR_VALUE, FLOW_YTD, FLOW_PERIOD, COUNT = "cost", "fair_value", "flow_ytd", "flow_period", "count"
# Looked through, a basis ends like this.
THROUGH = "_through"
# Each basis as it is called when the leading industries are those of the decision's day.
AT_DECISION = {
    COST: "cost_at_decision",
    FAIR_VALUE: "fair_value_at_decision",
    FLOW_YTD: "flow_at_decision",
    FLOW_PERIOD: "flow_period_at_decision",
    COUNT: "count_at_decision",
}
# The four shares in which money serves its leading industry: code, basis at as-of, basis at the decision.
MEASURES = (
    ("AL01", COST, AT_DECISION[COST]),
    ("AL02", FAIR_VALUE, AT_DECISION[FAIR_VALUE]),
    ("AL03", FLOW_YTD, AT_DECISION[FLOW_YTD]),
    ("AL04", COUNT, AT_DECISION[COUNT]),
)
# Beside them: what of it lies in the park, and what of the commitment it is.
NARROWER = (("AL05", COST, AT_DECISION[COST]), ("AL06", COST, AT_DECISION[COST]))
# How the scope's money is spread: code, basis.
MIXES = (("AL10", "fund_pairs"), ("AL11", "hhi_firms"))


@dataclass(frozen=True)
class Period:
    """The days of a flow, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


def periods(as_of: date, since: date | None) -> dict[str, Period]:
    """The calendar year up to as-of, and the period from a chosen day, by their bases."""
    found = {FLOW_YTD: Period(date(as_of.year, 1, 1), as_of)}
    return found if since is None else found | {FLOW_PERIOD: Period(since, as_of)}


def name_basis(basis: str, *, is_decided: bool, is_through: bool) -> str:
    """A basis with the day and the way of counting."""
    named = AT_DECISION[basis] if is_decided else basis
    return f"{named}{THROUGH}" if is_through else named


def is_looked_through(basis: str) -> bool:
    """Whether a basis is of what is looked through."""
    return basis.endswith(THROUGH)
