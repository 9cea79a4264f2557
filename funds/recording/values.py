"""Records what is estimated, filed, claimed or published: marks, net asset values, balances and the like."""

from collections.abc import Mapping, Sequence

from funds.book import Change
from funds.drafts import (
    BalanceDraft,
    ClaimDraft,
    IndexLevelDraft,
    LocalInvestmentDraft,
    MarkDraft,
    NavDraft,
    ReportedFigureDraft,
)
from funds.kinds import ScopeKind
from funds.models import Balance, Claim, FundNav, IndexLevel, LocalInvestment, Mark, ReportedFigure
from funds.permissions import Action, Scope
from funds.queries.codes import KnownBody
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.lookups import NOBODY, id_of, look_up_companies, look_up_holdings, look_up_parties
from funds.recording.movements import open_funds
from funds.recording.second_person import may_vouch
from funds.recording.sieve import Recorded, Sieve
from funds.recording.vetting import plan_vetted

MARK_KIND, NAV_KIND = "mark", "nav"
APPROVED_BY = "approved_by_id"
UNSAID = frozenset({APPROVED_BY})
MARK = Noun(Mark, ("holding_id", "valued_on"), "fair_value_fen", {"holding_id": "company"})
NAV = Noun(FundNav, ("fund_id", "valued_on", "investor_id", "source"), "nav_fen")
BALANCE = Noun(Balance, ("fund_id", "filed_on", "item"), "amount_fen")
CLAIM = Noun(Claim, ("fund_id", "quarter", "definition", "basis"), "social_fen")
LOCAL_INVESTMENT = Noun(LocalInvestment, ("fund_id", "company_id", "recognised_on"), "amount_fen")
INDEX_LEVEL = Noun(IndexLevel, ("index_code", "quoted_on"))
REPORTED_FIGURE = Noun(ReportedFigure, ("subject", "statement", "stated_on", "source"))


def record_marks(change: Change, drafts: Sequence[MarkDraft]) -> Recorded:
    """Fair values of whole holdings: approved by whoever may approve, otherwise 待复核."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    companies = look_up_companies(sieve, "company")
    holdings = look_up_holdings(sieve, funds, companies)
    vouchers = _read_vouchers(sieve, funds, MARK_KIND)
    lines = [
        Line(
            draft,
            {
                "holding_id": holdings.get((funds[draft.fund].id, companies[draft.company].id), NOBODY),
                "valued_on": draft.valued_on,
                "fair_value_fen": draft.fair_value_fen,
                "method": draft.method,
                "evidence": draft.evidence,
                APPROVED_BY: vouchers[draft.fund],
            },
            UNSAID,
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_vetted(sieve, MARK, APPROVED_BY, lines))


def record_navs(change: Change, drafts: Sequence[NavDraft]) -> Recorded:
    """Reported net asset values of funds, or of one investor's capital account."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    parties = look_up_parties(sieve, "investor")
    for draft in sieve.sound():
        if draft.investor is not None and parties[draft.investor].id == funds[draft.fund].party_id:
            sieve.report(draft, "investor", "fund.own_investor", {"fund": draft.fund})
    vouchers = _read_vouchers(sieve, funds, NAV_KIND)
    lines = [
        Line(
            draft,
            {
                "fund_id": funds[draft.fund].id,
                "valued_on": draft.valued_on,
                "nav_fen": draft.nav_fen,
                "investor_id": id_of(parties, draft.investor),
                "source": draft.source,
                APPROVED_BY: vouchers[draft.fund],
            },
            UNSAID,
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_vetted(sieve, NAV, APPROVED_BY, lines))


def record_balances(change: Change, drafts: Sequence[BalanceDraft]) -> Recorded:
    """Filed balances of funds, each as a positive amount."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    lines = [
        Line(
            draft,
            {
                "fund_id": funds[draft.fund].id,
                "filed_on": draft.filed_on,
                "item": draft.item,
                "amount_fen": draft.amount_fen,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, BALANCE, lines))


def record_claims(change: Change, drafts: Sequence[ClaimDraft]) -> Recorded:
    """What managers claim as leverage for a quarter."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    lines = [
        Line(
            draft,
            {
                "fund_id": funds[draft.fund].id,
                "quarter": draft.quarter,
                "definition": draft.definition,
                "basis": draft.basis,
                "value_e6": draft.value_e6,
                "social_fen": draft.social_fen,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, CLAIM, lines))


def record_local_investments(change: Change, drafts: Sequence[LocalInvestmentDraft]) -> Recorded:
    """Recognised local investment (返投认定)."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    companies = look_up_companies(sieve, "company")
    lines = [
        Line(
            draft,
            {
                "fund_id": funds[draft.fund].id,
                "company_id": companies[draft.company].id,
                "amount_fen": draft.amount_fen,
                "recognised_on": draft.recognised_on,
                "basis": draft.basis,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, LOCAL_INVESTMENT, lines))


def record_index_levels(change: Change, drafts: Sequence[IndexLevelDraft]) -> Recorded:
    """Levels of benchmark indices."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_REFERENCE)
    lines = [
        Line(
            draft,
            {
                "index_code": draft.index_code,
                "quoted_on": draft.quoted_on,
                "level_e6": draft.level_e6,
                "is_total_return": draft.is_total_return,
            },
        )
        for draft in drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, INDEX_LEVEL, lines))


def record_reported_figures(change: Change, drafts: Sequence[ReportedFigureDraft]) -> Recorded:
    """Figures that stand only in a publication."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_REFERENCE)
    lines = [
        Line(
            draft,
            {
                "subject": draft.subject,
                "statement": draft.statement,
                "value_e6": draft.value_e6,
                "stated_on": draft.stated_on,
                "source": draft.source,
            },
        )
        for draft in drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, REPORTED_FIGURE, lines))


def _read_vouchers(
    sieve: Sieve[MarkDraft] | Sieve[NavDraft], funds: Mapping[str, KnownBody], kind: str
) -> dict[str, int | None]:
    """By fund the person whose recording approves at once, which is the one who records or nobody."""
    change = sieve.change
    vouches = may_vouch(change, kind, may_confirm=True)
    rights = {
        code: sieve.rights.may(Action.APPROVE_VALUES, Scope(ScopeKind.FUND, fund.id))
        for code, fund in funds.items()
    }
    return {code: change.person_id if vouches and may else None for code, may in rights.items()}
