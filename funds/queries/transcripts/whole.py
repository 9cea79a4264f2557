"""All sheets of the template from the book: movements first, for they say whom else to name."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from funds import drafts
from funds.drafts import Draft
from funds.queries.transcripts import bodies, ledger, places, values
from funds.queries.transcripts.extent import Extent, Source, read_codes

# In this order; what comes later writes out only whom the earlier ones pointed at.
_MAKERS: tuple[tuple[type[Draft], Callable[[Source], Iterator[Draft]]], ...] = (
    (drafts.CommitmentDraft, ledger.draft_commitments),
    (drafts.CallNoticeDraft, ledger.draft_notices),
    (drafts.ContributionDraft, ledger.draft_contributions),
    (drafts.DistributionDraft, ledger.draft_distributions),
    (drafts.FeeDraft, ledger.draft_fees),
    (drafts.InvestmentDraft, ledger.draft_investments),
    (drafts.ExitDraft, ledger.draft_exits),
    (drafts.BalanceDraft, values.draft_balances),
    (drafts.MarkDraft, values.draft_marks),
    (drafts.NavDraft, values.draft_navs),
    (drafts.ClaimDraft, values.draft_claims),
    (drafts.LocalInvestmentDraft, values.draft_local_investments),
    (drafts.FundDraft, bodies.draft_funds),
    (drafts.FundParkDraft, bodies.draft_fund_parks),
    (drafts.FundTermDraft, bodies.draft_fund_terms),
    (drafts.NatureDraft, bodies.draft_natures),
    (drafts.OwnershipDraft, bodies.draft_ownerships),
    (drafts.RoundDraft, bodies.draft_rounds),
    (drafts.RoundInvestorDraft, bodies.draft_round_investors),
    (drafts.CompanyDraft, bodies.draft_companies),
    (drafts.CompanyTagDraft, bodies.draft_company_tags),
    (drafts.CompanyFigureDraft, values.draft_company_figures),
    (drafts.PartyDraft, bodies.draft_parties),
    (drafts.ParkFigureDraft, values.draft_park_figures),
    (drafts.ParkIndustryDraft, places.draft_park_industries),
    (drafts.IndustryDraft, places.draft_industries),
    (drafts.SegmentDraft, places.draft_segments),
    (drafts.SegmentEdgeDraft, places.draft_segment_edges),
    (drafts.CrosswalkDraft, places.draft_crosswalks),
    (drafts.ParkDraft, places.draft_parks),
    (drafts.IndexLevelDraft, values.draft_index_levels),
    (drafts.ReportedFigureDraft, values.draft_reported_figures),
)


def transcribe(connection: Connection, version: int, extent: Extent) -> Mapping[type[Draft], Sequence[Draft]]:
    """The drafts of every kind that stands as known at a version, within an extent."""
    source = Source(connection, version, extent, read_codes(connection))
    return {kind: made for kind, make in _MAKERS if (made := list(make(source)))}
