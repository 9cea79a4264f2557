"""Records whose money a party holds, which only the commission confirms."""

from collections.abc import Sequence

from funds.book import Change
from funds.drafts import NatureDraft
from funds.models import PartyNature
from funds.permissions import Action
from funds.recording.facts import Line, Noun, keep_facts
from funds.recording.lookups import look_up_parties
from funds.recording.second_person import may_vouch
from funds.recording.sieve import Recorded, Sieve
from funds.recording.vetting import plan_vetted

KIND = "nature"
CONFIRMED_BY = "confirmed_by_id"
NATURE = Noun(PartyNature, ("party_id", "from_date"))


def record_natures(change: Change, drafts: Sequence[NatureDraft]) -> Recorded:
    """The nature of parties' money: confirmed by whoever may confirm, otherwise 待定."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_BUSINESS)
    vouches = may_vouch(change, KIND, may_confirm=sieve.rights.may(Action.CONFIRM_NATURE))
    parties = look_up_parties(sieve, "party")
    lines = [
        Line(
            draft,
            {
                "party_id": parties[draft.party].id,
                "nature": draft.nature,
                "level": draft.level,
                "sub_type": draft.sub_type,
                "is_fiscal_injection": draft.is_fiscal_injection,
                "from_date": draft.from_date,
                "evidence": draft.evidence,
                CONFIRMED_BY: change.person_id if vouches else None,
            },
            frozenset({CONFIRMED_BY}),
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_vetted(sieve, NATURE, CONFIRMED_BY, lines))
