"""The verbs that change the book: each takes drafts and writes them all, or says everything that is wrong."""

from collections.abc import Callable, Mapping
from typing import Any

from funds import drafts
from funds.recording.audits import record_findings, record_samples
from funds.recording.collection import record_control_totals, record_filings, record_reminders
from funds.recording.commitments import record_call_notices, record_commitments
from funds.recording.contributions import record_contributions, record_distributions
from funds.recording.conversions import record_conversions
from funds.recording.deals import record_deal
from funds.recording.documents import record_attachments, withdraw_attachments
from funds.recording.edits import record_edit
from funds.recording.exits import record_exits
from funds.recording.fees import record_fees
from funds.recording.holding_transfers import record_holding_transfers
from funds.recording.industries import record_crosswalks, record_industries
from funds.recording.investments import record_investments
from funds.recording.natures import record_natures
from funds.recording.papers import prepare_papers, sign_papers
from funds.recording.park_figures import record_park_figures
from funds.recording.parties import (
    record_companies,
    record_company_figures,
    record_ownerships,
    record_parties,
)
from funds.recording.people import record_memberships, record_people, reinstate_person, retire_person
from funds.recording.places import record_park_industries, record_parks
from funds.recording.policies import record_definitions, record_national_industries, record_policies
from funds.recording.projects import record_project_stages
from funds.recording.proposals import (
    approve_proposals,
    record_proposals,
    refuse_proposals,
    withdraw_proposals,
)
from funds.recording.rounds import record_round_investors, record_rounds
from funds.recording.segments import record_segment_edges, record_segments, withdraw_segment_edges
from funds.recording.sieve import Recorded
from funds.recording.suspicions import leave_suspicions
from funds.recording.tags import record_company_tags
from funds.recording.tenures import end_memberships
from funds.recording.values import (
    record_balances,
    record_claims,
    record_index_levels,
    record_local_investments,
    record_marks,
    record_navs,
    record_reported_figures,
)
from funds.recording.vehicles import record_fund_parks, record_fund_terms, record_funds
from funds.recording.whole import check_whole

# `Any` stands for the sequence of drafts of the class that the verb is listed under.
Verb = Callable[[Any, Any], Recorded]

VERBS: Mapping[type[drafts.Draft], Verb] = {
    drafts.IndustryDraft: record_industries,
    drafts.ParkDraft: record_parks,
    drafts.ParkIndustryDraft: record_park_industries,
    drafts.SegmentDraft: record_segments,
    drafts.SegmentEdgeDraft: record_segment_edges,
    drafts.PartyDraft: record_parties,
    drafts.CompanyDraft: record_companies,
    drafts.NatureDraft: record_natures,
    drafts.OwnershipDraft: record_ownerships,
    drafts.FundDraft: record_funds,
    drafts.FundParkDraft: record_fund_parks,
    drafts.FundTermDraft: record_fund_terms,
    drafts.CommitmentDraft: record_commitments,
    drafts.CallNoticeDraft: record_call_notices,
    drafts.ContributionDraft: record_contributions,
    drafts.DistributionDraft: record_distributions,
    drafts.CompanyTagDraft: record_company_tags,
    drafts.RoundDraft: record_rounds,
    drafts.RoundInvestorDraft: record_round_investors,
    drafts.InvestmentDraft: record_investments,
    drafts.ProjectStageDraft: record_project_stages,
    drafts.ExitDraft: record_exits,
    drafts.FeeDraft: record_fees,
    drafts.BalanceDraft: record_balances,
    drafts.MarkDraft: record_marks,
    drafts.NavDraft: record_navs,
    drafts.CompanyFigureDraft: record_company_figures,
    drafts.ParkFigureDraft: record_park_figures,
    drafts.IndexLevelDraft: record_index_levels,
    drafts.ReportedFigureDraft: record_reported_figures,
    drafts.ClaimDraft: record_claims,
    drafts.LocalInvestmentDraft: record_local_investments,
    drafts.PolicyDraft: record_policies,
    drafts.DefinitionDraft: record_definitions,
    drafts.NationalIndustryDraft: record_national_industries,
    drafts.CrosswalkDraft: record_crosswalks,
    drafts.PersonDraft: record_people,
    drafts.MembershipDraft: record_memberships,
}

__all__ = [
    "VERBS",
    "Recorded",
    "Verb",
    "approve_proposals",
    "check_whole",
    "end_memberships",
    "leave_suspicions",
    "prepare_papers",
    "record_attachments",
    "record_balances",
    "record_call_notices",
    "record_claims",
    "record_commitments",
    "record_companies",
    "record_company_figures",
    "record_company_tags",
    "record_contributions",
    "record_control_totals",
    "record_conversions",
    "record_crosswalks",
    "record_deal",
    "record_definitions",
    "record_distributions",
    "record_edit",
    "record_exits",
    "record_fees",
    "record_filings",
    "record_findings",
    "record_fund_parks",
    "record_fund_terms",
    "record_funds",
    "record_holding_transfers",
    "record_index_levels",
    "record_industries",
    "record_investments",
    "record_local_investments",
    "record_marks",
    "record_memberships",
    "record_national_industries",
    "record_natures",
    "record_navs",
    "record_ownerships",
    "record_park_figures",
    "record_park_industries",
    "record_parks",
    "record_parties",
    "record_people",
    "record_policies",
    "record_project_stages",
    "record_proposals",
    "record_reminders",
    "record_reported_figures",
    "record_round_investors",
    "record_rounds",
    "record_samples",
    "record_segment_edges",
    "record_segments",
    "refuse_proposals",
    "reinstate_person",
    "retire_person",
    "sign_papers",
    "withdraw_attachments",
    "withdraw_proposals",
    "withdraw_segment_edges",
]
