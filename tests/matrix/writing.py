"""The verbs as doors: every kind of draft for the own and the other side, and who may hand it in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from funds import drafts
from funds.book import Book, Change, Findings
from funds.drafts import Draft
from funds.errors import LedgerError, NotAllowed
from funds.kinds import ScopeKind
from funds.models import (
    Balance,
    BookRow,
    CallNotice,
    Claim,
    CommitmentMovement,
    CompanyFact,
    CompanyFigure,
    CompanyTag,
    DealFact,
    Definition,
    Entry,
    Exit,
    FundFact,
    FundNav,
    FundPark,
    FundTerm,
    IndexLevel,
    IndustryCrosswalk,
    IndustryFact,
    LocalInvestment,
    Mark,
    Membership,
    NationalIndustry,
    ParkFact,
    ParkFigure,
    ParkIndustry,
    PartyFact,
    PartyNature,
    PartyOwnership,
    PersonFact,
    Policy,
    ProjectStage,
    ReportedFigure,
    RoundFact,
    RoundInvestor,
    SegmentEdge,
    SegmentFact,
)
from funds.permissions import Action
from funds.recording import VERBS
from funds.recording.guards import CITY_WIDE, REFERENCE
from funds.recording.stakeholders import SHARED
from tests.builders import (
    company_figure,
    fund,
    fund_park,
    investment,
    ownership,
    park_figure,
    round_investor,
    whole_city,
)
from tests.matrix.cells import OWNERS
from tests.matrix.city import OTHER_FUND, OTHER_PARK, OWN_FUND, OWN_PARK, SHARED_FUND
from tests.matrix.identities import Identity

# What a draft becomes in the book; a kind without an entry has no place in the matrix.
MODELS: Mapping[type[Draft], type[BookRow]] = {
    drafts.IndustryDraft: IndustryFact,
    drafts.ParkDraft: ParkFact,
    drafts.ParkIndustryDraft: ParkIndustry,
    drafts.SegmentDraft: SegmentFact,
    drafts.SegmentEdgeDraft: SegmentEdge,
    drafts.PartyDraft: PartyFact,
    drafts.CompanyDraft: CompanyFact,
    drafts.NatureDraft: PartyNature,
    drafts.OwnershipDraft: PartyOwnership,
    drafts.FundDraft: FundFact,
    drafts.FundParkDraft: FundPark,
    drafts.FundTermDraft: FundTerm,
    drafts.CommitmentDraft: CommitmentMovement,
    drafts.CallNoticeDraft: CallNotice,
    drafts.ContributionDraft: Entry,
    drafts.DistributionDraft: Entry,
    drafts.CompanyTagDraft: CompanyTag,
    drafts.RoundDraft: RoundFact,
    drafts.RoundInvestorDraft: RoundInvestor,
    drafts.InvestmentDraft: DealFact,
    drafts.ProjectStageDraft: ProjectStage,
    drafts.ExitDraft: Exit,
    drafts.FeeDraft: Entry,
    drafts.BalanceDraft: Balance,
    drafts.MarkDraft: Mark,
    drafts.NavDraft: FundNav,
    drafts.CompanyFigureDraft: CompanyFigure,
    drafts.ParkFigureDraft: ParkFigure,
    drafts.IndexLevelDraft: IndexLevel,
    drafts.ReportedFigureDraft: ReportedFigure,
    drafts.ClaimDraft: Claim,
    drafts.LocalInvestmentDraft: LocalInvestment,
    drafts.PolicyDraft: Policy,
    drafts.DefinitionDraft: Definition,
    drafts.NationalIndustryDraft: NationalIndustry,
    drafts.CrosswalkDraft: IndustryCrosswalk,
    drafts.PersonDraft: PersonFact,
    drafts.MembershipDraft: Membership,
}
NEW_FUND = "F77"
# What is new and everybody's to bring has its first draft; these add to what concerns the other fund.
OTHERS: Mapping[type[Draft], tuple[Draft, ...]] = {
    drafts.NatureDraft: (),  # evidence waits beside what is confirmed
    drafts.OwnershipDraft: (ownership("LP2", "LP9", 5),),
    drafts.RoundDraft: (),  # a round that is there says the same or is refused as changed
    drafts.RoundInvestorDraft: (round_investor("R2", "LP2", 1),),
    drafts.CompanyFigureDraft: (company_figure("C2", "就业"),),
}
FUNDS = (OWN_FUND, OTHER_FUND, SHARED_FUND)


@dataclass(frozen=True)
class Ask:
    """One draft, with the funds and the park (None = the city) that it is for."""

    name: str
    draft: Draft
    funds: tuple[str, ...] = ()
    parks: tuple[str | None, ...] = ()

    def is_for(self, identity: Identity) -> bool:
        """What the tables of rights say to this person."""
        model = MODELS[type(self.draft)]
        if model in CITY_WIDE:
            return identity.holds(CITY_WIDE[model]) and identity.scope is ScopeKind.CITY
        if model in REFERENCE:
            return identity.holds(Action.RECORD_REFERENCE)
        needed = Action.RECORD_PARK_FIGURES if model is ParkFigure else Action.RECORD_BUSINESS
        if self.funds == (NEW_FUND,):
            return identity.holds(needed) and identity.scope is not ScopeKind.FUND
        return (
            identity.holds(needed)
            and all(identity.covers_fund(code, OWNERS) for code in self.funds)
            and all(_covers_park(identity, code) for code in self.parks)
        )


def list_asks() -> list[Ask]:
    """A draft of every kind; where it is for a fund or a park, once for each."""
    first: dict[type[Draft], Draft] = {}
    for draft in whole_city():
        first.setdefault(type(draft), draft)
    return [ask for draft in first.values() for ask in _vary(draft)]


def try_all(book: Book, identity: Identity, asks: Sequence[Ask]) -> dict[str, bool]:
    """Which of them the verbs take from somebody; nothing is written."""
    try:
        with book.change(identity.login, "matrix", dry_run=True) as change:
            return {ask.name: _is_taken(change, ask) for ask in asks}
    except NotAllowed:  # who is retired is nobody's author
        return {ask.name: False for ask in asks}


def _is_taken(change: Change, ask: Ask) -> bool:
    """Whether the right was there; what the rules say to the draft then is another matter."""
    change.findings = Findings()
    point = change.connection.begin_nested()
    try:
        VERBS[type(ask.draft)](change, [ask.draft])
    except NotAllowed:
        return False
    except LedgerError:
        return True
    finally:
        point.rollback()
        change._next.clear()
    return True


def _vary(draft: Draft) -> Iterator[Ask]:
    kind = type(draft).__name__.removesuffix("Draft")
    if isinstance(draft, drafts.FundDraft):
        yield from (Ask(f"{kind} {code}", replace(draft, code=code), (code,)) for code in FUNDS)
        yield Ask(f"{kind} new", fund(NEW_FUND), (NEW_FUND,))
    elif isinstance(draft, drafts.FundParkDraft):
        for code, park in ((OWN_FUND, OWN_PARK), (OTHER_FUND, OTHER_PARK), (OWN_FUND, OTHER_PARK)):
            yield Ask(f"{kind} {code} {park}", fund_park(code, park), (code,), (park,))
        yield Ask(
            f"{kind} {OTHER_FUND} {OWN_PARK}", fund_park(OTHER_FUND, OWN_PARK), (OTHER_FUND,), (OWN_PARK,)
        )
    elif isinstance(draft, drafts.ParkFigureDraft):
        for place in (OWN_PARK, OTHER_PARK, None):
            yield Ask(f"{kind} {place}", park_figure(place), (), (place,))
    elif MODELS[type(draft)] in CITY_WIDE or MODELS[type(draft)] in REFERENCE:
        yield Ask(kind, draft)
    elif MODELS[type(draft)] in SHARED:
        yield Ask(kind, draft)
        yield from (Ask(f"{kind} {OTHER_FUND}", other, (OTHER_FUND,)) for other in OTHERS[type(draft)])
    else:
        yield from (Ask(f"{kind} {code}", replace(draft, fund=code), (code,)) for code in FUNDS)  # type: ignore[call-arg]
    if isinstance(draft, drafts.InvestmentDraft):
        joining = investment(OWN_FUND, "C2", 5, round="R2")
        yield Ask(f"{kind} into a round of {OTHER_FUND}", joining, (OWN_FUND, OTHER_FUND))


def _covers_park(identity: Identity, code: str | None) -> bool:
    return identity.scope is ScopeKind.CITY or (identity.scope is ScopeKind.PARK and identity.code == code)
