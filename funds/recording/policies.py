"""Records policy rows, versions of definitions, and the national classification."""

from collections.abc import Sequence

from funds.book import Change
from funds.drafts import DefinitionDraft, NationalIndustryDraft, PolicyDraft
from funds.models import Definition, NationalIndustry, Policy
from funds.permissions import Action
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.instead import propose_instead
from funds.recording.second_person import must_propose
from funds.recording.sieve import Recorded, Sieve

KIND = "policy"
POLICY = Noun(Policy, ("code", "pack", "from_date"))
DEFINITION = Noun(Definition, ("code", "version"))
NATIONAL_INDUSTRY = Noun(NationalIndustry, ("code", "edition"))


def record_policies(change: Change, drafts: Sequence[PolicyDraft]) -> Recorded:
    """Thresholds, targets, weights and choices, each with its document."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.SET_POLICY)
    lines = [
        Line(
            draft,
            {
                "pack": draft.pack,
                "code": draft.code,
                "name": draft.name,
                "value_e6": draft.value_e6,
                "words": draft.words,
                "unit": draft.unit,
                "from_date": draft.from_date,
                "to_date": draft.to_date,
                "document": draft.document,
                "clause": draft.clause,
                "confirmation": draft.confirmation,
            },
        )
        for draft in drafts
    ]
    plan = plan_facts(sieve, POLICY, lines)
    if must_propose(change, KIND, may_confirm=True):
        return propose_instead(sieve, plan, KIND, "code")
    return keep_facts(sieve, plan)


def record_definitions(change: Change, drafts: Sequence[DefinitionDraft]) -> Recorded:
    """Which version of each figure's definition holds from when."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.SET_POLICY)
    lines = [
        Line(
            draft,
            {
                "code": draft.code,
                "version": draft.version,
                "digest": draft.digest,
                "from_date": draft.from_date,
            },
        )
        for draft in drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, DEFINITION, lines))


def record_national_industries(change: Change, drafts: Sequence[NationalIndustryDraft]) -> Recorded:
    """Codes of an edition of the national industry classification."""
    sieve = Sieve(change, drafts)
    sieve.rights.require(Action.RECORD_CODE_BOOK)
    lines = [
        Line(
            draft,
            {
                "edition": draft.edition,
                "code": draft.code,
                "level": draft.level,
                "parent_code": draft.parent_code,
                "name": draft.name,
            },
        )
        for draft in drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, NATIONAL_INDUSTRY, lines))
