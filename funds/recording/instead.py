"""Proposes what a verb was given to record and may not record without a second person."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from funds.drafts import Draft, Place
from funds.permissions import CITY
from funds.recording.facts import Plan
from funds.recording.proposal_rows import Wait, add_proposals, digest_of, find_asked, read_reason
from funds.recording.sieve import Recorded, Sieve
from funds.recording.whole import check_whole

D = TypeVar("D", bound=Draft)


def propose_instead(sieve: Sieve[D], plan: Plan, kind: str, subject: str) -> Recorded:
    """Let the new rows of a plan wait, one proposal for each thing that the field `subject` names.

    The rows are judged as if they were written; what was proposed before counts as known.
    """
    change = sieve.change
    fresh: list[D] = [line.draft for line, _ in plan.fresh if sieve.is_sound(line.draft)]
    waits = _waits_of(kind, subject, fresh)
    asked = find_asked(change, sieve.rights, waits)
    new = [wait for wait in waits if digest_of(wait.payload) not in asked]
    rows = sum(len(wait.drafts) for wait in new)
    if new:
        sieve.report(fresh[0], subject, f"{kind}.proposed", {"rows": rows, "proposals": len(new)})
    sieve.settle()
    with change.rehearsing():
        plan.write(sieve)
        check_whole(change, sieve.drafts, {plan.noun.model.__tablename__})
    add_proposals(change, sieve.rights, new, read_reason(change))
    return sieve.conclude(rows, plan.same + len(fresh) - rows, 0)


def _waits_of(kind: str, subject: str, drafts: Sequence[D]) -> list[Wait]:
    """The drafts by what they are about, as they came, each with its row of the file."""
    of_subjects: dict[str, list[D]] = {}
    for draft in drafts:
        of_subjects.setdefault(getattr(draft, subject), []).append(draft)
    return [
        Wait(
            kind,
            about,
            tuple(replace(one, place=Place()) for one in found),
            (CITY,),
            tuple(one.place for one in found),
        )
        for about, found in of_subjects.items()
    ]
