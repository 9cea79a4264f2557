"""The kinds of thing that the book knows, as text values that its CHECK constraints repeat."""

from enum import StrEnum


class Nature(StrEnum):
    """Whose money it is; what is not yet confirmed by the commission is no nature but 待定."""

    FISCAL = "fiscal"
    STATE_OWNED = "state_owned"
    SOCIAL = "social"


class GovernmentLevel(StrEnum):
    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    DISTRICT = "district"
    PARK = "park"


class IndustryCategory(StrEnum):
    KEY = "key"
    FRONTIER = "frontier"
    OTHER = "other"


class SegmentPosition(StrEnum):
    UPSTREAM = "upstream"
    MIDSTREAM = "midstream"
    DOWNSTREAM = "downstream"


class VehicleType(StrEnum):
    CITY_MOTHER = "city_mother"
    INDUSTRY_MOTHER = "industry_mother"
    SUB_FUND = "sub_fund"
    PARK_FUND = "park_fund"
    SPECIAL_FUND = "special_fund"
    DIRECT_FUND = "direct_fund"
    SOE_FUND = "soe_fund"


class FundClass(StrEnum):
    INDUSTRIAL = "industrial"
    VENTURE = "venture"


class FundStatus(StrEnum):
    PREPARING = "preparing"
    RAISING = "raising"
    INVESTING = "investing"
    HARVESTING = "harvesting"
    EXTENDED = "extended"
    LIQUIDATING = "liquidating"
    CLOSED = "closed"
    ABANDONED = "abandoned"
    FISCAL_EXIT = "fiscal_exit"


class ParkRelation(StrEnum):
    """How a fund belongs to a park: 设立 established, 出资 funded, 落地 located."""

    ESTABLISHED = "established"
    FUNDED = "funded"
    LOCATED = "located"


class CommitmentChange(StrEnum):
    NEW = "new"
    INCREASE = "increase"
    DECREASE = "decrease"
    TRANSFER = "transfer"
    CANCEL = "cancel"


class EntryKind(StrEnum):
    """Movements of a fund's cash; `stake_*` are the mother's side of a child's `paid_in` and `distribution`."""

    PAID_IN = "paid_in"
    DISTRIBUTION = "distribution"
    STAKE_PAYMENT = "stake_payment"
    STAKE_RECEIPT = "stake_receipt"
    INVESTMENT = "investment"
    PROCEEDS = "proceeds"
    FEE = "fee"
    OTHER_INCOME = "other_income"


class DistributionKind(StrEnum):
    PRINCIPAL = "principal"
    GAIN = "gain"
    INTEREST = "interest"


class FeeKind(StrEnum):
    MANAGEMENT = "management"
    CUSTODY = "custody"
    PARTNERSHIP = "partnership"
    CARRY = "carry"
    TAX = "tax"
    OTHER_INCOME = "other_income"


class ExitKind(StrEnum):
    IPO_SALE = "ipo_sale"
    MERGER = "merger"
    BUYBACK = "buyback"
    TRANSFER = "transfer"
    LIQUIDATION = "liquidation"
    DIVIDEND = "dividend"
    INTEREST = "interest"
    WRITE_OFF = "write_off"


class ShareOrigin(StrEnum):
    """New shares bring a firm money; old shares (老股) only change hands."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class ProjectState(StrEnum):
    """立项 → 投决 → 交割 → 投后 → 退出, in this order."""

    INITIATED = "initiated"
    DECIDED = "decided"
    CLOSED = "closed"
    MANAGED = "managed"
    EXITED = "exited"


class MarkMethod(StrEnum):
    RECENT_ROUND = "recent_round"
    MULTIPLES = "multiples"
    INDUSTRY_METRIC = "industry_metric"
    DISCOUNTED_CASH_FLOW = "discounted_cash_flow"
    NET_ASSETS = "net_assets"
    OTHER = "other"


class NavSource(StrEnum):
    MANAGER_REPORT = "manager_report"
    AUDIT = "audit"


class BalanceItem(StrEnum):
    BANK_DEPOSIT = "bank_deposit"
    ACCRUED_MANAGEMENT_FEE = "accrued_management_fee"
    ACCRUED_CARRY = "accrued_carry"
    OTHER_RECEIVABLE = "other_receivable"
    OTHER_PAYABLE = "other_payable"


class Basis(StrEnum):
    COMMITTED = "committed"
    PAID_IN = "paid_in"


class Confirmation(StrEnum):
    """Whether policy text was checked against its source (待核实 = unchecked)."""

    CONFIRMED = "confirmed"
    UNCHECKED = "unchecked"


class BookKind(StrEnum):
    """A demo book offers one-click identities; no other book ever does."""

    OWN = "own"
    DEMO = "demo"


class Role(StrEnum):
    FUND_MANAGER = "fund_manager"
    FUND_REVIEWER = "fund_reviewer"
    PARK_OFFICIAL = "park_official"
    COMMISSION_ANALYST = "commission_analyst"
    COMMISSION_SIGNATORY = "commission_signatory"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    AUDITOR = "auditor"


class ScopeKind(StrEnum):
    CITY = "city"
    PARK = "park"
    FUND = "fund"


class ProposalOutcome(StrEnum):
    """How a proposal ended; whoever made it withdraws it, somebody else approves or refuses it."""

    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class PeriodEvent(StrEnum):
    """What happens to a quarter of a fund."""

    LOCK = "lock"
    UNLOCK = "unlock"


class AttachmentSubject(StrEnum):
    """What a document belongs to, by the table that the thing stands in."""

    FUND = "fund"
    PARK = "park"
    COMPANY = "company"
    ROUND = "round"
    DEAL = "deal"
    HOLDING = "holding"
    MARK = "mark"
    EXIT = "exit"
    COMMITMENT = "commitment"
    CALL_NOTICE = "call_notice"
    ENTRY = "entry"
    NATURE = "party_nature"
    LOCAL_INVESTMENT = "local_investment"
    AUDIT_ITEM = "audit_item"


class DocumentKind(StrEnum):
    AGREEMENT = "agreement"
    VOUCHER = "voucher"
    VALUATION = "valuation"
    RESOLUTION = "resolution"
    RECOGNITION = "recognition"
    REPORT = "report"
    OTHER = "other"


class PaperRole(StrEnum):
    """经办 prepared it, 签批 signed it."""

    PREPARED = "prepared"
    SIGNED = "signed"


class AuditStep(StrEnum):
    PASSED = "passed"
    DOUBTED = "doubted"
    ANSWERED = "answered"
    CLOSED = "closed"
