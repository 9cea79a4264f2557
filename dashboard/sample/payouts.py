"""Money and shares given back to investors, in proportion to what they paid in, capital first."""

from collections.abc import Mapping
from datetime import date

from dashboard.sample.amounts import WAN, down_to_wan, split_exactly
from dashboard.sample.charges import Charge
from dashboard.sample.history import History, Payout
from funds.kinds import DistributionKind, FeeKind

CARRY_PER_CENT = 20


class Payer:
    """Shares out what a fund gives back; every share-out adds up to the fen."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.paid_in: dict[str, int] = {}
        self.capital_back: dict[str, int] = {}
        self.given = 0

    def note_paid(self, investor: str, amount: int) -> None:
        """An investor paid in under its commitment."""
        self.paid_in[investor] = self.paid_in.get(investor, 0) + amount

    def take_carry(self, amount: int, day: date) -> int:
        """The manager's part of what goes beyond all that was paid in; what is left for the investors."""
        beyond = min(self.given + amount - sum(self.paid_in.values()), amount)
        carry = down_to_wan(max(beyond, 0) * CARRY_PER_CENT // 100)
        if carry:
            self.history.charges.append(Charge(FeeKind.CARRY, day, carry))
            self.history.cash.append((day, -carry))
        return carry

    def give(self, amount: int, day: date, is_recallable: bool) -> None:
        """Capital back first, then gain."""
        self._share_out(amount, day, self.paid_in, is_recallable, is_in_kind=False)
        self.history.cash.append((day, -amount))

    def give_interest(self, amount: int, day: date) -> None:
        """Interest of the account, which is neither capital nor gain."""
        for investor, part in self._parts(amount, self.paid_in).items():
            self.history.payouts.append(Payout(investor, day, part, DistributionKind.INTEREST))
        self.given += amount
        self.history.cash.append((day, -amount))

    def give_in_kind(self, amount: int, day: date, spare: int) -> int:
        """Shares to investors outside the book and as much per yuan in cash to funds; the cash that went."""
        funds = {party: paid for party, paid in self.paid_in.items() if party.startswith("F")}
        others = {party: paid for party, paid in self.paid_in.items() if party not in funds}
        self._share_out(amount, day, others, is_recallable=False, is_in_kind=True)
        fair = down_to_wan(amount * sum(funds.values()) // sum(others.values()))
        cash = max(min(fair, down_to_wan(spare)), 0) if funds else 0
        if cash >= WAN:
            self._share_out(cash, day, funds, is_recallable=False, is_in_kind=False)
            self.history.cash.append((day, -cash))
        return cash

    def _parts(self, amount: int, weights: Mapping[str, int]) -> dict[str, int]:
        parts = split_exactly(amount, list(weights.values()))
        return {party: part for party, part in zip(weights, parts, strict=True) if part > 0}

    def _share_out(
        self, amount: int, day: date, weights: Mapping[str, int], is_recallable: bool, is_in_kind: bool
    ) -> None:
        for investor, part in self._parts(amount, weights).items():
            back = self.capital_back.get(investor, 0)
            capital = min(part, max(self.paid_in[investor] - back, 0))
            self.capital_back[investor] = back + capital
            pieces = ((DistributionKind.PRINCIPAL, capital), (DistributionKind.GAIN, part - capital))
            self.history.payouts += [
                Payout(
                    investor,
                    day,
                    piece,
                    kind,
                    is_recallable and kind is DistributionKind.PRINCIPAL,
                    is_in_kind,
                )
                for kind, piece in pieces
                if piece > 0
            ]
        self.given += amount
