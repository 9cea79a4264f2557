"""LV10 and LV11: money that stands beside ours in firms' rounds, and banks' loans after them; association, no cause."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from dashboard.readings.answers import Figure, absent, ratio
from dashboard.readings.money.capital import CapitalClass
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.shared_rounds import CLASSES, RoundMoney, ScopeRounds, gather_rounds
from dashboard.readings.row_names import RowNames, name_rows
from funds.queries.ledger_slice import LedgerSlice

SAME, LATER = "same_round", "later_round"


def project_figures(slice_: LedgerSlice, options: LeverageOptions) -> Iterator[Figure]:
    """Both figures on both bases: social new money, and loans, ÷ our new money in those firms.

    From the new money of each round all traced fiscal and state-owned money is taken off, ours by its
    looked-through part, and what nobody confirmed. Later rounds are divided by all of our new money, so that
    firms without one count as well.
    """
    rounds = gather_rounds(slice_)
    ours, entries = sum(one.own for one in rounds.same), _entries(slice_, rounds.same)
    for name, counted in ((SAME, rounds.same), (LATER, rounds.later)):
        reason = _refusal(slice_, name, rounds)
        if reason is not None:
            yield absent("LV10", name, reason)
            yield absent("LV11", name, reason)
            continue
        social = sum(_social(one, options) for one in counted)
        loans = sum(one.cut(one.loan) for one in counted)
        figure = ratio("LV10", name, social, ours, "leverage.no_round_money", entries)
        yield replace(figure, parts=_parts(counted, social, ours))
        lent = ratio("LV11", name, loans, ours, "leverage.no_round_money", entries)
        yield replace(lent, parts=(("loans", loans), ("own_new_money", ours)))


def project_rows(slice_: LedgerSlice, options: LeverageOptions) -> Iterator[Mapping[str, object]]:
    """One row for each round that counts, by firm and day, and a row of what fits no round."""
    rounds = gather_rounds(slice_)
    for name, counted in ((SAME, rounds.same), (LATER, rounds.later)):
        if _refusal(slice_, name, rounds) is None:
            for one in counted:
                yield _row(slice_, name, one, options)
    if rounds.old_shares:
        yield {"table": "project_round", "basis": "old_shares", "own": rounds.old_shares, "social": 0}


def _refusal(slice_: LedgerSlice, name: str, rounds: ScopeRounds) -> str | None:
    if name == SAME:
        return None
    if not slice_.readable.is_city:
        return "leverage.rounds_of_others"
    return "leverage.no_later_months" if rounds.months is None else None


def _social(one: RoundMoney, options: LeverageOptions) -> int:
    return sum(one.of(kind) for kind in CLASSES if options.is_social(kind))


def _parts(counted: Iterable[RoundMoney], social: int, ours: int) -> tuple[tuple[str, int], ...]:
    rounds = list(counted)
    by_class = {kind: sum(one.of(kind) for one in rounds) for kind in CLASSES}
    return (
        ("new_money", sum(by_class.values())),
        ("fiscal", by_class[CapitalClass.FISCAL]),
        ("state_owned", by_class[CapitalClass.STATE_OWNED]),
        ("undetermined", by_class[CapitalClass.UNDETERMINED]),
        ("social", social),
        ("own_new_money", ours),
    )


def _entries(slice_: LedgerSlice, counted: Iterable[RoundMoney]) -> RowNames:
    """The payments of the scope's funds into the firms of some rounds."""
    firms = {one.facts.company_id for one in counted}
    held = slice_.ledger.holdings
    holdings = held.id[np.isin(held.company, np.fromiter(firms, dtype=np.int64))]
    lines = slice_.uncut_entries.where("holding", holdings.tolist())
    return name_rows("entry", lines.id[lines.deal >= 0])


def _row(slice_: LedgerSlice, name: str, one: RoundMoney, options: LeverageOptions) -> Mapping[str, object]:
    firm = slice_.facts.companies.get(one.facts.company_id)
    return {
        "table": "project_round",
        "basis": name,
        "company": None if firm is None else firm.code,
        "name": None if firm is None else firm.name,
        "round": one.facts.code,
        "day": one.facts.closed_on.isoformat(),
        "own": one.own if name == SAME else 0,
        "new_money": sum(one.of(kind) for kind in CLASSES),
        "fiscal": one.of(CapitalClass.FISCAL),
        "state_owned": one.of(CapitalClass.STATE_OWNED),
        "social": _social(one, options),
        "undetermined": one.of(CapitalClass.UNDETERMINED),
        "loans": one.cut(one.loan),
    }
