"""What a ledger would be with some drafts recorded: extra rows beside those of the book; nothing is written or locked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from funds.drafts import (
    CommitmentDraft,
    CompanyDraft,
    CompanyTagDraft,
    ContributionDraft,
    Draft,
    InvestmentDraft,
    LocalInvestmentDraft,
    PartyDraft,
    RoundDraft,
    RoundInvestorDraft,
)
from funds.errors import NotFound
from funds.kinds import CommitmentChange
from funds.queries.facts import NamedThing
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.what_if_capital import CapitalRows
from funds.queries.what_if_firms import FirmRows
from funds.queries.what_if_money import MoneyRows

LOWERING = frozenset({CommitmentChange.DECREASE, CommitmentChange.CANCEL, CommitmentChange.TRANSFER})
# Ids no book reaches: as new rows they come after all that stand there, as a recorded row would.
FIRST_ID = 2**62


def suppose(slice_: LedgerSlice, drafts: Iterable[Draft]) -> LedgerSlice:
    """The slice as it would be once the drafts were recorded, as far as they had happened by its day.

    Drafts that others rest on come first. What the book holds already stays as it is: a firm with tags keeps
    them. A draft of another kind is refused, for it would be left out without a word.
    """
    supposed = _Supposed(slice_)
    for draft in drafts:
        supposed.add(draft)
    return supposed.finish()


class _Supposed:
    def __init__(self, slice_: LedgerSlice) -> None:
        self.slice = slice_
        self._last = FIRST_ID
        facts = slice_.facts
        self.parties = {one.code: one.id for one in facts.parties.values()}
        self.parties |= {one.code: one.party_id for one in facts.funds.values()}
        self.names = dict(facts.parties)
        self.funds = {one.code: one for one in facts.funds.values()}
        self.money = MoneyRows(slice_, self.new_id)
        self.capital = CapitalRows(facts.capital, slice_.as_of, self.new_id)
        self.firms = FirmRows(facts, slice_.as_of, self.new_id)
        self._ways: Mapping[type[Draft], Callable[[Any], None]] = {
            PartyDraft: self._add_party,
            CompanyDraft: self._add_company,
            CompanyTagDraft: self._add_tag,
            RoundDraft: self._add_round,
            RoundInvestorDraft: self._add_part,
            InvestmentDraft: self._add_investment,
            ContributionDraft: self._add_contribution,
            CommitmentDraft: self._add_commitment,
            LocalInvestmentDraft: self._add_local_investment,
        }

    def new_id(self) -> int:
        """The next temporary id."""
        self._last += 1
        return self._last

    def add(self, draft: Draft) -> None:
        """One draft's rows."""
        way = self._ways.get(type(draft))
        if way is None:
            raise TypeError(f"{type(draft).__name__} cannot be supposed")
        way(draft)

    def finish(self) -> LedgerSlice:
        """The slice with everything that was added; what was worked out from the book alone is left behind."""
        facts = replace(
            self.slice.facts,
            parties=self.names,
            companies=self.firms.companies,
            tags=self.firms.tags,
            capital=self.capital.finish(),
        )
        return replace(self.slice, facts=facts, ledger=self.money.finish(), shelf={})

    def _has_happened(self, day: date) -> bool:
        return day <= self.slice.as_of

    def _add_party(self, draft: PartyDraft) -> None:
        if draft.code not in self.parties:
            party = self.parties[draft.code] = self.new_id()
            self.names[party] = NamedThing(party, draft.code, draft.name)

    def _add_company(self, draft: CompanyDraft) -> None:
        self._add_party(PartyDraft(code=draft.code, name=draft.name))
        self.firms.add(draft, self.parties[draft.code])

    def _add_tag(self, draft: CompanyTagDraft) -> None:
        self.firms.add_tag(draft)

    def _add_round(self, draft: RoundDraft) -> None:
        self.capital.add_round(draft, self.firms.find(draft.company).id)

    def _add_part(self, draft: RoundInvestorDraft) -> None:
        self.capital.add_part(draft, self._party(draft.investor))

    def _add_investment(self, draft: InvestmentDraft) -> None:
        if not self._has_happened(draft.paid_on):
            return
        firm = self.firms.find(draft.company)
        round_id = None if draft.round is None else self.capital.round_id(draft.round)
        self.money.pay_firm(draft, self._fund(draft.fund), firm, round_id)

    def _add_contribution(self, draft: ContributionDraft) -> None:
        if not self._has_happened(draft.received_on):
            return
        investor, fund = self._party(draft.investor), self.funds[self._fund_code(draft.fund)]
        mother = self.slice.fund_of_party.get(investor)
        self.money.pay_in(draft, fund, investor, mother)

    def _add_commitment(self, draft: CommitmentDraft) -> None:
        if not self._has_happened(draft.signed_on):
            return
        fund, amount = self._fund(draft.fund), draft.amount_fen
        lowers = draft.kind in LOWERING
        row = self.money.promise(
            fund, self._party(draft.investor), -amount if lowers else amount, draft.signed_on
        )
        if draft.kind in (CommitmentChange.DECREASE, CommitmentChange.CANCEL):
            self.capital.cancel(row)
        if draft.transferee is not None:
            self.money.promise(fund, self._party(draft.transferee), amount, draft.signed_on)

    def _add_local_investment(self, draft: LocalInvestmentDraft) -> None:
        if self._has_happened(draft.recognised_on):
            self.capital.recognise(draft, self._fund(draft.fund), self.firms.find(draft.company).id)

    def _party(self, code: str) -> int:
        if code not in self.parties:
            raise NotFound("code.unknown", code=code)
        return self.parties[code]

    def _fund_code(self, code: str) -> str:
        if code not in self.funds:
            raise NotFound("code.unknown", code=code)
        return code

    def _fund(self, code: str) -> int:
        return self.funds[self._fund_code(code)].id


def in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of any kinds so that none comes before what it rests on."""
    order = (
        PartyDraft,
        CompanyDraft,
        CompanyTagDraft,
        CommitmentDraft,
        ContributionDraft,
        RoundDraft,
        RoundInvestorDraft,
        InvestmentDraft,
        LocalInvestmentDraft,
    )
    return sorted(drafts, key=lambda draft: order.index(type(draft)) if type(draft) in order else len(order))
