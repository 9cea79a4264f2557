"""Rules of single rows: values that must fit each other, and codes with a shape of their own."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from funds.kinds import EntryKind, ExitKind, FeeKind, ScopeKind
from funds.models import (
    BookRow,
    CallNotice,
    Claim,
    CompanyFigure,
    DealFact,
    Entry,
    Exit,
    FundFact,
    FundTerm,
    Membership,
    ParkFigure,
    PartyOwnership,
    Policy,
    RoundFact,
    SegmentEdge,
)
from funds.queries.costs import NO_COST
from funds.rules.park_figures import check_measure
from funds.rules.posts import POSTS
from funds.rules.values import Fault, check_values

PERIOD = re.compile(r"[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?")
QUARTER = re.compile(r"[0-9]{4}-Q[1-4]")
PARK_INDICATORS = frozenset(f"S{number:02d}" for number in range(2, 21))
CLAIM_DEFINITIONS = frozenset(
    [f"LV00{letter}" for letter in "abcd"] + [f"LV{number:02d}" for number in range(1, 14)]
)
INFLOWS = frozenset({EntryKind.PAID_IN, EntryKind.STAKE_RECEIPT, EntryKind.PROCEEDS, EntryKind.OTHER_INCOME})
# Sales of which a part may stay behind; a liquidation takes out all that is left.
SALES = frozenset({ExitKind.IPO_SALE, ExitKind.MERGER, ExitKind.BUYBACK, ExitKind.TRANSFER})
MAY_BRING_NOTHING = frozenset({ExitKind.TRANSFER, ExitKind.LIQUIDATION, ExitKind.WRITE_OFF})

Values = Mapping[str, Any]


def check_row(model: type[BookRow], values: Values, on: date) -> Iterator[Fault]:
    """Every rule that the row breaks by itself."""
    yield from check_values(model, values, on)
    yield from _check_days(values, "from_date", "to_date", apart=True)
    if model in _CHECKS:
        yield from _CHECKS[model](values)


def _check_days(values: Values, *columns: str, apart: bool = False) -> Iterator[Fault]:
    given = [(column, values[column]) for column in columns if values.get(column) is not None]
    for (_, earlier), (column, later) in pairwise(given):
        if earlier > later or (apart and earlier == later):
            yield Fault("day.out_of_order", column, {"day": later, "earlier": earlier})


def _check_fund(values: Values) -> Iterator[Fault]:
    yield from _check_days(values, "established", "invest_end", "exit_end", "extension_end")


def _check_notice(values: Values) -> Iterator[Fault]:
    yield from _check_days(values, "noticed_on", "due_on")


def _check_deal(values: Values) -> Iterator[Fault]:
    if values["decided_on"] is not None and values["decided_on"] > values["paid_on"]:
        yield Fault("deal.paid_before_decision", "decided_on", {"paid": values["paid_on"]})


def _check_round(values: Values) -> Iterator[Fault]:
    if (values["secondary_fen"] or 0) > values["total_fen"]:
        yield Fault("round.secondary_over_total", "secondary_fen")


def _check_ownership(values: Values) -> Iterator[Fault]:
    if values["owner_id"] == values["owned_id"]:
        yield Fault("ownership.self", "owned_id")


def _check_segment_edge(values: Values) -> Iterator[Fault]:
    if values["source_id"] == values["target_id"]:
        yield Fault("segment_edge.self", "target_id")


def _check_policy(values: Values) -> Iterator[Fault]:
    if (values["value_e6"] is None) == (values["words"] is None):
        yield Fault("policy.value_or_words", "value_e6")


def _check_term(values: Values) -> Iterator[Fault]:
    if (values["value_e6"] is None) == (values["words"] is None):
        yield Fault("term.value_or_words", "value_e6")


def _check_claim(values: Values) -> Iterator[Fault]:
    if not QUARTER.fullmatch(values["quarter"]):
        yield Fault("quarter.format", "quarter", {"text": values["quarter"]})
    if values["definition"] not in CLAIM_DEFINITIONS:
        yield Fault("claim.definition_unknown", "definition", {"text": values["definition"]})


def _check_period(values: Values) -> Iterator[Fault]:
    if not PERIOD.fullmatch(values["period"]):
        yield Fault("period.format", "period", {"text": values["period"]})


def _check_park_figure(values: Values) -> Iterator[Fault]:
    yield from _check_period(values)
    if values["indicator"] not in PARK_INDICATORS:
        yield Fault("indicator.unknown", "indicator", {"text": values["indicator"]})
    yield from check_measure(values)


def _check_entry(values: Values) -> Iterator[Fault]:
    if values["amount_fen"] == 0 or (values["amount_fen"] > 0) != (values["kind"] in INFLOWS):
        yield Fault("ledger.wrong_sign", "amount_fen")
    if (values["kind"] is EntryKind.OTHER_INCOME) != (values["detail"] == FeeKind.OTHER_INCOME):
        yield Fault("ledger.wrong_sign", "detail")


def _check_exit(values: Values) -> Iterator[Fault]:
    kind, amount = values["kind"], values["amount_fen"]
    says_cost = values["cost_out_fen"] is not None or values["transferred_ppm"] is not None
    if kind is ExitKind.WRITE_OFF and amount != 0:
        yield Fault("exit.write_off_amount", "amount_fen")
    if amount == 0 and kind not in MAY_BRING_NOTHING:
        yield Fault("amount.not_positive", "amount_fen", {"amount": "0"})
    if kind in NO_COST and says_cost:
        column = "transferred_ppm" if values["cost_out_fen"] is None else "cost_out_fen"
        yield Fault("exit.cost_not_moved", column)
    if kind in SALES and not says_cost:
        yield Fault("exit.no_cost", "cost_out_fen")


def _check_membership(values: Values) -> Iterator[Fault]:
    if values["role"] in POSTS and values["scope_kind"] is not ScopeKind.CITY:
        yield Fault("posts.city_only", "scope_kind")


_CHECKS: Mapping[type[BookRow], Callable[[Values], Iterator[Fault]]] = {
    FundFact: _check_fund,
    CallNotice: _check_notice,
    DealFact: _check_deal,
    RoundFact: _check_round,
    PartyOwnership: _check_ownership,
    SegmentEdge: _check_segment_edge,
    Policy: _check_policy,
    FundTerm: _check_term,
    Claim: _check_claim,
    CompanyFigure: _check_period,
    ParkFigure: _check_park_figure,
    Entry: _check_entry,
    Exit: _check_exit,
    Membership: _check_membership,
}
