"""Records rounds of firms and everybody who put money into them."""

from collections.abc import Sequence

from funds.book import Change
from funds.drafts import RoundDraft, RoundInvestorDraft
from funds.models import Round, RoundFact, RoundInvestor
from funds.permissions import Action
from funds.queries.codes import known_rounds
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.identities import found_by_code
from funds.recording.lookups import look_up_companies, look_up_parties, look_up_rounds
from funds.recording.sieve import Recorded, Sieve
from funds.recording.stakeholders import require_new

ROUND = Noun(RoundFact, ("round_id",), "total_fen", {"round_id": "code"})
ROUND_INVESTOR = Noun(RoundInvestor, ("round_id", "investor_id", "share_origin"), "amount_fen")


def record_rounds(change: Change, drafts: Sequence[RoundDraft]) -> Recorded:
    """Rounds with their totals; 老股 and loans stand beside."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_BUSINESS)
    companies = look_up_companies(sieve, "company")
    known = known_rounds(change.connection, change.version, (draft.code for draft in drafts))
    ids = found_by_code(sieve, Round, known)
    lines = [
        Line(
            draft,
            {
                "round_id": ids[draft.code],
                "company_id": companies[draft.company].id,
                "name": draft.name,
                "closed_on": draft.closed_on,
                "total_fen": draft.total_fen,
                "secondary_fen": draft.secondary_fen,
                "post_money_fen": draft.post_money_fen,
                "loan_fen": draft.loan_fen,
            },
        )
        for draft in sieve.drafts
    ]
    plan = plan_facts(sieve, ROUND, lines)
    fresh = ((line.draft.code, line.values) for line, _ in plan.fresh)
    require_new(change, sieve.rights, RoundFact, fresh)
    return keep_facts(sieve, plan)


def record_round_investors(change: Change, drafts: Sequence[RoundInvestorDraft]) -> Recorded:
    """Every investor of a round, funds of the book among them."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_BUSINESS)
    rounds = look_up_rounds(sieve, "round")
    parties = look_up_parties(sieve, "investor")
    lines = [
        Line(
            draft,
            {
                "round_id": rounds[draft.round].id,
                "investor_id": parties[draft.investor].id,
                "amount_fen": draft.amount_fen,
                "share_origin": draft.share_origin,
            },
        )
        for draft in sieve.drafts
    ]
    plan = plan_facts(sieve, ROUND_INVESTOR, lines)
    fresh = ((line.draft.round, line.values) for line, _ in plan.fresh)
    require_new(change, sieve.rights, RoundInvestor, fresh)
    return keep_facts(sieve, plan)
