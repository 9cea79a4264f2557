"""What other programs send to be recorded, field by field, and the drafts that it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import Field

from dashboard.api.values import Amount, Code, Day, Flag, Name, Reason, Sent, Share, Words, read_yuan
from funds import drafts
from funds.drafts import Draft, Place
from funds.faults import ValueFault
from funds.kinds import DistributionKind, MarkMethod, NavSource, ShareOrigin
from funds.problems import Problem, fatal

FEN = "_fen"
MOST_LINES = 500


@dataclass(frozen=True)
class BodyPlace(Place):
    """An item of a list in a body: `sheet` is the list's name, `columns` the fields that are called otherwise."""

    def of(self, name: str) -> str:
        """A JSON pointer to a field."""
        return f"/{self.sheet}/{self.row}/{self.columns.get(name, name)}"

    @property
    def origin(self) -> str | None:
        """What a row of the book remembers of its place."""
        return f"/{self.sheet}/{self.row}"


class Line(Sent):
    """One item to be recorded; its amounts are 元 here and fen in the draft."""

    draft_type: ClassVar[type[Draft]]

    def draft(self, place: Place) -> Draft:
        """The draft that it becomes; a fault where an amount is too large."""
        values: dict[str, Any] = {}
        for name in type(self).model_fields:
            value = getattr(self, name)
            is_money = name in MONEY_FIELDS
            values[f"{name}{FEN}" if is_money else name] = (
                read_yuan(value) if is_money and value is not None else value
            )
        return self.draft_type(**values, place=place)


class RoundLine(Line):
    """A round of a firm with its total; old shares and loans stand beside."""

    draft_type = drafts.RoundDraft
    code: Code
    company: Code
    name: Name
    closed_on: Day
    total: Amount
    secondary: Amount | None = None
    post_money: Amount | None = None
    loan: Amount | None = None


class RoundInvestorLine(Line):
    """What one investor put into a round."""

    draft_type = drafts.RoundInvestorDraft
    round: Code
    investor: Code
    amount: Amount
    share_origin: ShareOrigin


class InvestmentLine(Line):
    """A payment of a fund to a firm, in a round or outside of one."""

    draft_type = drafts.InvestmentDraft
    fund: Code
    company: Code
    amount: Amount
    paid_on: Day
    round: Code | None = None
    decided_on: Day | None = None
    instrument: Code | None = None
    stake_ppm: Share | None = None
    business_no: Code | None = None


class CallLine(Line):
    """A notice that calls on an investor's commitment."""

    draft_type = drafts.CallNoticeDraft
    notice_no: Code
    fund: Code
    investor: Code
    amount: Amount
    noticed_on: Day
    due_on: Day


class ContributionLine(Line):
    """Money paid in."""

    draft_type = drafts.ContributionDraft
    fund: Code
    investor: Code
    amount: Amount
    received_on: Day
    notice_no: Code | None = None
    is_inside_commitment: Flag = True
    business_no: Code | None = None


class DistributionLine(Line):
    """Money, or holdings at value, given back to an investor."""

    draft_type = drafts.DistributionDraft
    fund: Code
    investor: Code
    amount: Amount
    paid_on: Day
    kind: DistributionKind
    is_recallable: Flag = False
    is_in_kind: Flag = False
    business_no: Code | None = None


class MarkLine(Line):
    """The fair value of a whole holding on a day."""

    draft_type = drafts.MarkDraft
    fund: Code
    company: Code
    valued_on: Day
    fair_value: Amount
    method: MarkMethod
    evidence: Words | None = None


class NavLine(Line):
    """The net asset value of a fund, or of one investor's capital account."""

    draft_type = drafts.NavDraft
    fund: Code
    valued_on: Day
    nav: Amount
    investor: Code | None = None
    source: NavSource | None = None


MONEY_FIELDS = frozenset({"amount", "total", "secondary", "post_money", "loan", "fair_value", "nav"})
_RENAMED: Mapping[str, str] = {f"{name}{FEN}": name for name in MONEY_FIELDS}


class Body(Sent):
    """A reason, and lists of items that are recorded together in one revision."""

    reason: Reason


class DealsBody(Body):
    """Deals: new rounds with their investors, and our payments into them."""

    rounds: list[RoundLine] = Field(default=[], max_length=MOST_LINES)
    round_investors: list[RoundInvestorLine] = Field(default=[], max_length=MOST_LINES)
    investments: list[InvestmentLine] = Field(min_length=1, max_length=MOST_LINES)


class CallsBody(Body):
    """Notices of calls."""

    calls: list[CallLine] = Field(min_length=1, max_length=MOST_LINES)


class ContributionsBody(Body):
    """Money paid in."""

    contributions: list[ContributionLine] = Field(min_length=1, max_length=MOST_LINES)


class DistributionsBody(Body):
    """Money given back."""

    distributions: list[DistributionLine] = Field(min_length=1, max_length=MOST_LINES)


class MarksBody(Body):
    """Fair values."""

    marks: list[MarkLine] = Field(min_length=1, max_length=MOST_LINES)


class NavsBody(Body):
    """Net asset values."""

    navs: list[NavLine] = Field(min_length=1, max_length=MOST_LINES)


def make_drafts(body: Body) -> tuple[dict[str, list[Draft]], list[Problem]]:
    """The drafts of each list that is not empty, in the order in which they are recorded, and what cannot be read."""
    found: dict[str, list[Draft]] = {}
    problems: list[Problem] = []
    for name in type(body).model_fields:
        lines = getattr(body, name) if name != "reason" else []
        for number, line in enumerate(lines):
            try:
                found.setdefault(name, []).append(line.draft(BodyPlace(name, number, _RENAMED)))
            except ValueFault as fault:
                problems.append(fatal(fault.code, f"/{name}/{number}", **fault.params))
    return found, problems
