"""Whose nature is in doubt: unconfirmed, contradicted by its owners, or state-owned with money from the budget."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.readings.lasting_answers import keep_on_facts
from dashboard.readings.money.capital import CapitalClass
from dashboard.readings.money.owners import StateShare, state_shares
from funds.kinds import Nature
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice

THRESHOLD = "nature.state_held_share"


class DoubtKind(StrEnum):
    """Why a nature is doubted."""

    UNDETERMINED = "undetermined"
    STATE_HELD = "state_held"
    FISCAL_INJECTION = "fiscal_injection"


@dataclass(frozen=True)
class NatureDoubt:
    """What an investor's money counts as now, and what else it might be."""

    kind: DoubtKind
    now: CapitalClass
    otherwise: tuple[CapitalClass, ...]
    owners: StateShare | None


ANYTHING = (CapitalClass.FISCAL, CapitalClass.STATE_OWNED, CapitalClass.SOCIAL)


@keep_on_facts
def nature_doubts(facts: Facts) -> Mapping[int, NatureDoubt]:
    """The doubts about parties with a confirmed nature; whoever has none is in doubt without being listed here."""
    return dict(_find(facts))


def doubt_of(slice_: LedgerSlice, party: int, kind: CapitalClass) -> NatureDoubt | None:
    """The doubt about a party's money, if there is one."""
    if kind is CapitalClass.UNDETERMINED:
        owners = state_shares(slice_.facts).get(party)
        return NatureDoubt(DoubtKind.UNDETERMINED, kind, ANYTHING, owners)
    return nature_doubts(slice_.facts).get(party)


def state_held_line(facts: Facts) -> int | None:
    """The state's share in millionths from which an investor counts as held by it, as policy has it."""
    policy = facts.policies.get(THRESHOLD)
    if policy is None or policy.value_e6 is None:
        return None
    return policy.value_e6 // 100 if policy.unit == "%" else policy.value_e6


def _find(facts: Facts) -> list[tuple[int, NatureDoubt]]:
    shares, line = state_shares(facts), state_held_line(facts)
    found = []
    for party, fact in facts.natures.items():
        owners = shares.get(party)
        held = None if owners is None else owners.state_ppm
        if fact.nature is Nature.SOCIAL and line is not None and held is not None and held >= line:
            now, otherwise = CapitalClass.SOCIAL, (CapitalClass.STATE_OWNED,)
            found.append((party, NatureDoubt(DoubtKind.STATE_HELD, now, otherwise, owners)))
        elif fact.nature is Nature.STATE_OWNED and fact.is_fiscal_injection:
            now, otherwise = CapitalClass.STATE_OWNED, (CapitalClass.FISCAL,)
            found.append((party, NatureDoubt(DoubtKind.FISCAL_INJECTION, now, otherwise, owners)))
    return found
