"""Rounds, recognised local investment and cancelled promises that are supposed beside those of the book."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from funds.drafts import LocalInvestmentDraft, RoundDraft, RoundInvestorDraft
from funds.queries.capital_facts import CapitalFacts, LocalInvestmentFacts, RoundFacts, RoundPart


class CapitalRows:
    """What is said of the money, with what is supposed; a round that closes later only lends its id to payments."""

    def __init__(self, facts: CapitalFacts, as_of: date, new_id: Callable[[], int]) -> None:
        self._facts, self._as_of, self._new_id = facts, as_of, new_id
        self._rounds = dict(facts.rounds)
        self._ids = {one.code: one.id for one in facts.rounds.values()}
        self._local = list(facts.local_investments)
        self._cancelled = set(facts.cancelled)

    def round_id(self, code: str) -> int:
        """The id of a round; one that nothing is known of by the day gets one of its own."""
        if code not in self._ids:
            self._ids[code] = self._new_id()
        return self._ids[code]

    def add_round(self, draft: RoundDraft, company_id: int) -> None:
        """A round, unless the book has it or it closes after the day."""
        if draft.code in self._ids or draft.closed_on > self._as_of:
            return
        one = RoundFacts(
            id=self.round_id(draft.code),
            code=draft.code,
            company_id=company_id,
            name=draft.name,
            closed_on=draft.closed_on,
            total=draft.total_fen,
            secondary=draft.secondary_fen,
            post_money=draft.post_money_fen,
            loan=draft.loan_fen,
            parts=(),
        )
        self._rounds[one.id] = one

    def add_part(self, draft: RoundInvestorDraft, investor: int) -> None:
        """An investor of a round, unless the list names it already."""
        one = self._rounds.get(self.round_id(draft.round))
        if one is None or any((p.investor_id, p.origin) == (investor, draft.share_origin) for p in one.parts):
            return
        part = RoundPart(self._new_id(), investor, draft.amount_fen, draft.share_origin)
        self._rounds[one.id] = replace(one, parts=(*one.parts, part))

    def recognise(self, draft: LocalInvestmentDraft, fund_id: int, company_id: int) -> None:
        """An amount recognised as local investment."""
        row = LocalInvestmentFacts(
            self._new_id(), fund_id, company_id, draft.amount_fen, draft.recognised_on, draft.basis
        )
        self._local.append(row)

    def cancel(self, row: int) -> None:
        """A change of a commitment that takes back a promise."""
        self._cancelled.add(row)

    def finish(self) -> CapitalFacts:
        """All of it, in the order in which it would be read from the book."""
        rounds = sorted(self._rounds.values(), key=lambda one: (one.closed_on, one.id))
        return replace(
            self._facts,
            rounds={one.id: one for one in rounds},
            local_investments=tuple(sorted(self._local, key=lambda one: (one.recognised_on, one.id))),
            cancelled=frozenset(self._cancelled),
        )
