"""Every table of the book, and which of them are book tables and which operational."""

from sqlalchemy import Table

from funds.models.base import Base, BookRow, Operational, Replaceable, table_of
from funds.models.deals import Deal, DealFact, Exit, Holding, ProjectStage, Round, RoundFact, RoundInvestor
from funds.models.documents import Attachment, Document, ImportBatch
from funds.models.form_drafts import FormDraft
from funds.models.import_drafts import ImportDraft, ImportLayout
from funds.models.jobs import Job, JobWorker, MadePaper
from funds.models.ledger import CallNotice, Commitment, CommitmentMovement, Entry
from funds.models.operational import Invitation, RecoveryCode, SecondFactor, Secret, SignIn, WebSession
from funds.models.parties import (
    Company,
    CompanyFact,
    CompanyFigure,
    CompanyTag,
    Party,
    PartyFact,
    PartyNature,
    PartyOwnership,
)
from funds.models.people import Membership, Person, PersonFact
from funds.models.periods import ControlTotal, Period, QuarterFiling, Reminder, Restatement
from funds.models.places import (
    Industry,
    IndustryCrosswalk,
    IndustryFact,
    NationalIndustry,
    Park,
    ParkFact,
    ParkFigure,
    ParkIndustry,
    Segment,
    SegmentCrosswalk,
    SegmentEdge,
    SegmentFact,
)
from funds.models.policies import Definition, Policy
from funds.models.proposals import Proposal, ProposalEnd, ProposalSubject
from funds.models.signing import AuditFinding, AuditItem, AuditSample, Signature, SignedPaper
from funds.models.spine import BookIdentity, Revision, Seal, SealLeaf
from funds.models.tokens import ApiRequest, ApiToken
from funds.models.values import Balance, Claim, FundNav, IndexLevel, LocalInvestment, Mark, ReportedFigure
from funds.models.vehicles import Fund, FundFact, FundField, FundPark, FundTerm

__all__ = [
    "ApiRequest",
    "ApiToken",
    "Attachment",
    "AuditFinding",
    "AuditItem",
    "AuditSample",
    "Balance",
    "Base",
    "BookIdentity",
    "BookRow",
    "CallNotice",
    "Claim",
    "Commitment",
    "CommitmentMovement",
    "Company",
    "CompanyFact",
    "CompanyFigure",
    "CompanyTag",
    "ControlTotal",
    "Deal",
    "DealFact",
    "Definition",
    "Document",
    "Entry",
    "Exit",
    "FormDraft",
    "Fund",
    "FundFact",
    "FundField",
    "FundNav",
    "FundPark",
    "FundTerm",
    "Holding",
    "ImportBatch",
    "ImportDraft",
    "ImportLayout",
    "IndexLevel",
    "Industry",
    "IndustryCrosswalk",
    "IndustryFact",
    "Invitation",
    "Job",
    "JobWorker",
    "LocalInvestment",
    "MadePaper",
    "Mark",
    "Membership",
    "NationalIndustry",
    "Operational",
    "Park",
    "ParkFact",
    "ParkFigure",
    "ParkIndustry",
    "Party",
    "PartyFact",
    "PartyNature",
    "PartyOwnership",
    "Period",
    "Person",
    "PersonFact",
    "Policy",
    "ProjectStage",
    "Proposal",
    "ProposalEnd",
    "ProposalSubject",
    "QuarterFiling",
    "RecoveryCode",
    "Reminder",
    "Replaceable",
    "ReportedFigure",
    "Restatement",
    "Revision",
    "Round",
    "RoundFact",
    "RoundInvestor",
    "Seal",
    "SealLeaf",
    "SecondFactor",
    "Secret",
    "Segment",
    "SegmentCrosswalk",
    "SegmentEdge",
    "SegmentFact",
    "SignIn",
    "Signature",
    "SignedPaper",
    "WebSession",
    "book_tables",
    "row_tables",
    "spine_tables",
    "table_of",
]


def row_tables() -> list[Table]:
    """Book tables whose rows a revision writes and its seal covers, referenced tables first."""
    wanted = {mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, BookRow)}
    return [table for table in Base.metadata.sorted_tables if table in wanted]


def spine_tables() -> list[Table]:
    """The spine itself: revisions, seals and their leaves."""
    return [Base.metadata.tables[model.__tablename__] for model in (Revision, SealLeaf, Seal)]


def book_tables() -> list[Table]:
    """Every append-only table."""
    return [*spine_tables(), *row_tables()]
