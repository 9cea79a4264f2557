"""What somebody wants to record, as frozen values; each door makes drafts and hands them to a verb."""

from funds.drafts.deals import (
    DealPackage,
    ExitDraft,
    InvestmentDraft,
    ProjectStageDraft,
    RoundDraft,
    RoundInvestorDraft,
)
from funds.drafts.ledger import (
    CallNoticeDraft,
    CommitmentDraft,
    ContributionDraft,
    DistributionDraft,
    FeeDraft,
    MovementDraft,
)
from funds.drafts.parties import (
    CompanyDraft,
    CompanyFigureDraft,
    CompanyTagDraft,
    NatureDraft,
    OwnershipDraft,
    PartyDraft,
)
from funds.drafts.people import MembershipDraft, PersonDraft
from funds.drafts.place import Draft, Place
from funds.drafts.places import (
    IndustryDraft,
    ParkDraft,
    ParkFigureDraft,
    ParkIndustryDraft,
    SegmentDraft,
    SegmentEdgeDraft,
)
from funds.drafts.policies import CrosswalkDraft, DefinitionDraft, NationalIndustryDraft, PolicyDraft
from funds.drafts.values import (
    BalanceDraft,
    ClaimDraft,
    IndexLevelDraft,
    LocalInvestmentDraft,
    MarkDraft,
    NavDraft,
    ReportedFigureDraft,
)
from funds.drafts.vehicles import FundDraft, FundParkDraft, FundTermDraft

__all__ = [
    "BalanceDraft",
    "CallNoticeDraft",
    "ClaimDraft",
    "CommitmentDraft",
    "CompanyDraft",
    "CompanyFigureDraft",
    "CompanyTagDraft",
    "ContributionDraft",
    "CrosswalkDraft",
    "DealPackage",
    "DefinitionDraft",
    "DistributionDraft",
    "Draft",
    "ExitDraft",
    "FeeDraft",
    "FundDraft",
    "FundParkDraft",
    "FundTermDraft",
    "IndexLevelDraft",
    "IndustryDraft",
    "InvestmentDraft",
    "LocalInvestmentDraft",
    "MarkDraft",
    "MembershipDraft",
    "MovementDraft",
    "NationalIndustryDraft",
    "NatureDraft",
    "NavDraft",
    "OwnershipDraft",
    "ParkDraft",
    "ParkFigureDraft",
    "ParkIndustryDraft",
    "PartyDraft",
    "PersonDraft",
    "Place",
    "PolicyDraft",
    "ProjectStageDraft",
    "ReportedFigureDraft",
    "RoundDraft",
    "RoundInvestorDraft",
    "SegmentDraft",
    "SegmentEdgeDraft",
]
