"""How much of an investor the state holds, through its owners and theirs: what a name does not tell."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.readings.lasting_answers import keep_on_facts
from funds.kinds import Nature
from funds.queries.attribution import WHOLE
from funds.queries.facts import Facts
from valuation import Composition, look_through

STATE, SOCIAL, UNKNOWN = range(3)
STATE_NATURES = frozenset({Nature.FISCAL, Nature.STATE_OWNED})
OVER_WHOLE = "owners.over_whole"
CLOSED_LOOP = "owners.closed_loop"
BEHIND = "owners.behind_unsolved"


@dataclass(frozen=True)
class StateShare:
    """What of a party the state holds, and what nobody stated, in millionths; or why it cannot be said."""

    state_ppm: int | None
    unknown_ppm: int | None
    reason: str | None = None


@keep_on_facts
def state_shares(facts: Facts) -> Mapping[int, StateShare]:
    """The state's share in every party that has owners stated on the day, through any layers.

    An owner whose own nature is confirmed as fiscal or state-owned is the state; any other owner is looked
    through where its owners are stated, else it is social if confirmed so and unknown if not. Owners who
    together hold more than the whole, and parties that hold each other entirely, are a reason and no share.
    """
    return work_out_shares(facts)


def work_out_shares(facts: Facts) -> dict[int, StateShare]:
    """The same from the facts alone."""
    owned = sorted({row.owned_id for row in facts.capital.ownership})
    if not owned:
        return {}
    place = {party: at for at, party in enumerate(owned)}
    external = np.zeros((len(owned), 3), dtype=np.int64)
    held = np.zeros((len(owned), len(owned)), dtype=np.int64)
    for row in facts.capital.ownership:
        at, kind = place[row.owned_id], _kind_of(facts, row.owner_id)
        if kind is not STATE and row.owner_id in place:
            held[place[row.owner_id], at] += row.share_ppm
        else:
            external[at, kind] += row.share_ppm
    stated = external.sum(axis=1) + held.sum(axis=0)
    external[:, UNKNOWN] += np.maximum(WHOLE - stated, 0)
    over = stated > WHOLE
    external[over] = -1  # what is above the whole is no composition, nor is what lies behind it
    return _answers(owned, over.tolist(), look_through([str(party) for party in owned], external, held))


def _kind_of(facts: Facts, party: int) -> int:
    fact = facts.natures.get(party)
    if fact is None:
        return UNKNOWN
    return STATE if fact.nature in STATE_NATURES else SOCIAL


def _answers(owned: list[int], over: list[bool], found: Composition) -> dict[int, StateShare]:
    loops = {
        int(name)
        for finding in found.findings
        if finding.code == "look_through.closed_loop"
        for name in finding.names
    }
    answers = {}
    for at, party in enumerate(owned):
        if found.solved[at]:
            parts = np.rint(found.shares[at] * WHOLE).astype(np.int64).tolist()
            answers[party] = StateShare(parts[STATE], parts[UNKNOWN])
        else:
            reason = OVER_WHOLE if over[at] else CLOSED_LOOP if party in loops else BEHIND
            answers[party] = StateShare(None, None, reason)
    return answers
