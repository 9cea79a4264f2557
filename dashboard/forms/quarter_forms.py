"""The forms of a quarter: a control total of a mother, and what comes late to a locked quarter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.forms.typed import FormReader, TypedForm
from funds.drafts import (
    BalanceDraft,
    ContributionDraft,
    DistributionDraft,
    Draft,
    FeeDraft,
    MarkDraft,
    NavDraft,
)
from funds.drafts.periods import ControlTotalDraft, LateDraft
from funds.drafts.proposals import write_drafts
from funds.kinds import BalanceItem, DistributionKind, FeeKind, MarkMethod

TOTAL_FIELDS = ("child", "called", "distributed")
LATE_FIELDS = ("kind", "day", "amount", "other", "evidence", "reason")


@dataclass(frozen=True)
class LateKind:
    """A kind of row that the form brings: whether it names an investor or a firm, and how it is made."""

    other: str | None
    make: Callable[[str, FormReader], Draft]


def _contribution(fund: str, reader: FormReader) -> Draft:
    return ContributionDraft(
        fund=fund,
        investor=reader.needed_text("other"),
        amount_fen=reader.needed_money("amount"),
        received_on=reader.needed_day("day"),
    )


def _distribution(fund: str, reader: FormReader) -> Draft:
    return DistributionDraft(
        fund=fund,
        investor=reader.needed_text("other"),
        amount_fen=reader.needed_money("amount"),
        paid_on=reader.needed_day("day"),
        kind=DistributionKind.PRINCIPAL,
    )


def _fee(kind: FeeKind) -> Callable[[str, FormReader], Draft]:
    return lambda fund, reader: FeeDraft(
        fund=fund, kind=kind, amount_fen=reader.needed_money("amount"), paid_on=reader.needed_day("day")
    )


def _balance(fund: str, reader: FormReader) -> Draft:
    return BalanceDraft(
        fund=fund,
        filed_on=reader.needed_day("day"),
        item=BalanceItem.BANK_DEPOSIT,
        amount_fen=reader.needed_money("amount"),
    )


def _nav(fund: str, reader: FormReader) -> Draft:
    return NavDraft(fund=fund, valued_on=reader.needed_day("day"), nav_fen=reader.needed_money("amount"))


def _mark(fund: str, reader: FormReader) -> Draft:
    return MarkDraft(
        fund=fund,
        company=reader.needed_text("other"),
        valued_on=reader.needed_day("day"),
        fair_value_fen=reader.needed_money("amount"),
        method=MarkMethod.OTHER,
        evidence=reader.text("evidence"),
    )


LATE_KINDS: Mapping[str, LateKind] = {
    "contribution": LateKind("investor", _contribution),
    "distribution": LateKind("investor", _distribution),
    "fee": LateKind(None, _fee(FeeKind.MANAGEMENT)),
    "income": LateKind(None, _fee(FeeKind.OTHER_INCOME)),
    "balance": LateKind(None, _balance),
    "nav": LateKind(None, _nav),
    "mark": LateKind("company", _mark),
}


def read_control_total(mother: str, quarter: str, texts: Mapping[str, str]) -> ControlTotalDraft:
    """What a mother counted with one child; an empty amount is none."""
    reader = FormReader(TypedForm(texts))
    draft = ControlTotalDraft(
        fund=mother,
        child=reader.needed_text("child"),
        quarter=quarter,
        called_fen=reader.money("called") or 0,
        distributed_fen=reader.money("distributed") or 0,
    )
    reader.finish()
    return draft


def read_late_form(fund: str, quarter: str, texts: Mapping[str, str]) -> LateDraft:
    """The row that comes late, as its verb takes it; everything that is missing is told at once."""
    reader = FormReader(TypedForm(texts))
    named = reader.needed_text("kind")
    kind = LATE_KINDS.get(named)
    if kind is None:
        reader.report("form:kind", "form.no_such_choice", text=named[:20])
    made = (kind or LATE_KINDS["nav"]).make(fund, reader)
    reason = reader.needed_text("reason")
    reader.finish()
    noun = type(made).__name__.removesuffix("Draft")
    return LateDraft(fund=fund, quarter=quarter, noun=noun, payload=write_drafts([made]), reason=reason)
