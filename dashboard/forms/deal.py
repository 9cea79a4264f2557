"""The form of a deal: firm, round with everybody in it, the fund's part and its project, read to one package."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from dashboard.forms.deal_round import NEW, DealPlace, OwnPart, ReadRound, read_positive, read_round
from dashboard.forms.typed import FormReader, TypedForm
from funds.credit_code import check_credit_code
from funds.drafts import (
    CompanyDraft,
    CompanyTagDraft,
    DealPackage,
    InvestmentDraft,
    ProjectStageDraft,
)
from funds.kinds import ProjectState, ShareOrigin
from funds.measures import WHOLE_PPM

FIRM = ("company", "new_name", "new_credit", "new_code", "new_park", "new_industry")
PART = (
    *("fund", "amount", "own_origin", "instrument", "stake", "paid_on", "business_no"),
    *("decided_on", "decision_no", "initiated_on", "buyback", "anti_dilution", "landing"),
)
REASON = "reason"


@dataclass(frozen=True)
class DealForm:
    """A form without a fault: what it says, and why; `company` and `fund` are the codes that it is about."""

    package: DealPackage
    reason: str | None

    @property
    def fund(self) -> str:
        """The fund that pays."""
        return self.package.investment.fund

    @property
    def company(self) -> str:
        """The firm that is paid."""
        return self.package.investment.company


@dataclass(frozen=True)
class _Firm:
    """The firm that was chosen, or the new one with its industry."""

    code: str
    companies: tuple[CompanyDraft, ...] = ()
    industry: str | None = None


@dataclass(frozen=True)
class DealBefore:
    """What the book says already: the states on file of each fund's project in each firm."""

    stages: Mapping[tuple[str, str], frozenset[ProjectState]] = field(default_factory=dict)


def read_deal(texts: Mapping[str, str], before: DealBefore) -> DealForm:
    """The package that the texts say; everything that is wrong is told at once, field by field."""
    reader = FormReader(TypedForm(texts))
    firm = _read_firm(reader)
    fund = reader.needed_text("fund")
    amount, paid_on = read_positive(reader, "amount"), reader.needed_day("paid_on")
    decided_on, initiated_on = reader.day("decided_on"), reader.day("initiated_on")
    own = OwnPart(fund, amount, _read_origin(reader))
    found = read_round(reader, firm.code, own, paid_on)
    stake = reader.percent("stake")
    decision_no, reason = reader.text("decision_no"), reader.text(REASON)
    reader.finish()
    investment = InvestmentDraft(
        place=DealPlace.at(3, amount_fen="amount", stake_ppm="stake", received_on="paid_on"),
        fund=fund,
        company=firm.code,
        amount_fen=amount,
        paid_on=paid_on,
        decided_on=decided_on,
        round=found.code,
        stake_ppm=stake,
        instrument=reader.text("instrument"),
        business_no=reader.text("business_no"),
        buyback=reader.text("buyback"),
        anti_dilution=reader.text("anti_dilution"),
        landing=reader.text("landing"),
    )
    stages = _stages(
        investment, before, {ProjectState.INITIATED: initiated_on, ProjectState.DECIDED: decided_on}
    )
    return DealForm(_pack(investment, firm, found, _number(stages, decision_no)), reason)


def _read_firm(reader: FormReader) -> _Firm:
    """One of the register, or a new one; both at once is one too many."""
    chosen, name = reader.text("company"), reader.text("new_name")
    others = [reader.text(one) for one in ("new_credit", "new_code", "new_industry")]
    if chosen is not None:
        if name is not None or any(others):
            reader.report("form:new_name", "deal.two_firms")
        return _Firm(chosen)
    if name is None:
        reader.report("form:new_name" if any(others) else "form:company", "deal.no_firm")
        return _Firm("")
    text, code = reader.text("new_credit"), reader.text("new_code")
    credit = None if text is None else reader.value("form:new_credit", lambda: check_credit_code(text))
    if text is None and code is None:
        reader.report("form:new_credit", "deal.no_code")
    draft = CompanyDraft(
        place=DealPlace.at(
            1,
            code="new_code" if code else "new_credit",
            name="new_name",
            credit_code="new_credit",
            park="new_park",
        ),
        code=code or credit or "",
        name=name,
        credit_code=credit,
        park=reader.text("new_park"),
    )
    return _Firm(draft.code, (draft,), reader.text("new_industry"))


def _read_origin(reader: FormReader) -> ShareOrigin:
    """New shares, unless old ones were chosen."""
    text = reader.text("own_origin")
    if text is not None and text not in list(ShareOrigin):
        reader.report("form:own_origin", "form.no_such_choice", text=text[:20])
        return ShareOrigin.PRIMARY
    return ShareOrigin(text or ShareOrigin.PRIMARY)


def _stages(
    investment: InvestmentDraft, before: DealBefore, days: Mapping[ProjectState, date | None]
) -> tuple[ProjectStageDraft, ...]:
    """The states that are not on file yet."""
    known = before.stages.get((investment.fund, investment.company), frozenset())
    fields = {ProjectState.INITIATED: "initiated_on", ProjectState.DECIDED: "decided_on"}
    return tuple(
        ProjectStageDraft(
            place=DealPlace.at(4 + place, reached_on=fields[state], stage=fields[state]),
            fund=investment.fund,
            company=investment.company,
            stage=state,
            reached_on=day,
        )
        for place, (state, day) in enumerate(days.items())
        if day is not None and state not in known
    )


def _number(stages: tuple[ProjectStageDraft, ...], number: str | None) -> tuple[ProjectStageDraft, ...]:
    """The decision's number on the decision."""
    return tuple(
        replace(stage, decision_no=number) if stage.stage is ProjectState.DECIDED else stage
        for stage in stages
    )


def _pack(
    investment: InvestmentDraft, firm: _Firm, found: ReadRound, stages: tuple[ProjectStageDraft, ...]
) -> DealPackage:
    tags: tuple[CompanyTagDraft, ...] = ()
    if firm.industry is not None:
        tag = CompanyTagDraft(
            place=DealPlace.at(2, industry="new_industry"),
            company=firm.code,
            industry=firm.industry,
            weight_ppm=WHOLE_PPM,
            from_date=investment.decided_on or investment.paid_on,
            is_primary=True,
        )
        tags = (tag,)
    return DealPackage(
        investment=investment,
        parties=found.parties,
        companies=firm.companies,
        tags=tags,
        rounds=found.rounds,
        investors=found.investors,
        stages=stages,
    )


__all__ = ["FIRM", "NEW", "PART", "REASON", "DealBefore", "DealForm", "read_deal"]
