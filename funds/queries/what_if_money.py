"""Lines of the ledger, promises, holdings and decisions that are supposed beside those of the book."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from funds.drafts import ContributionDraft, InvestmentDraft
from funds.kinds import EntryKind
from funds.queries.columns import ENTRY_KINDS, NOBODY, Columns
from funds.queries.facts import CompanyFacts, FundFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.loading_columns import Ledger

C = TypeVar("C", bound=Columns)
Row = tuple[int | bool | None, ...]


class MoneyRows:
    """Rows to come after the columns of a ledger."""

    def __init__(self, slice_: LedgerSlice, new_id: Callable[[], int]) -> None:
        self._ledger, self._new_id = slice_.ledger, new_id
        held, decided = slice_.ledger.holdings, slice_.ledger.decisions
        self._holdings: dict[tuple[int, int], int] = {
            (fund, company): row
            for row, fund, company in zip(
                held.id.tolist(), held.fund.tolist(), held.company.tolist(), strict=True
            )
        }
        self._deals: dict[tuple[int, int | None], int] = {
            (holding, None if round_id == NOBODY else round_id): deal
            for deal, holding, round_id in zip(
                decided.deal.tolist(), decided.holding.tolist(), decided.round.tolist(), strict=True
            )
        }
        self._entries: list[Row] = []
        self._commitments: list[Row] = []
        self._new_holdings: list[Row] = []
        self._decisions: list[Row] = []

    def pay_firm(self, draft: InvestmentDraft, fund: int, firm: CompanyFacts, round_id: int | None) -> None:
        """A payment into a firm, with its holding and deal where they are new."""
        holding = self._holding(fund, firm.id)
        deal = self._deals.setdefault((holding, round_id), self._new_id())
        paid = draft.paid_on.toordinal()
        self._enter(
            fund, EntryKind.INVESTMENT, -draft.amount_fen, draft.paid_on, firm.party_id, (holding, deal)
        )
        decided = (draft.decided_on or draft.paid_on).toordinal()
        self._decisions.append((self._new_id(), deal, holding, decided, paid, round_id))

    def pay_in(self, draft: ContributionDraft, fund: FundFacts, investor: int, mother: int | None) -> None:
        """Money paid into a fund, and the other line of it where the investor is a fund of the book."""
        amount, day, inside = draft.amount_fen, draft.received_on, draft.is_inside_commitment
        self._enter(fund.id, EntryKind.PAID_IN, amount, day, investor, inside=inside)
        if mother is not None:
            self._enter(mother, EntryKind.STAKE_PAYMENT, -amount, day, fund.party_id, inside=inside)

    def promise(self, fund: int, investor: int, amount: int, day: date) -> int:
        """A signed change of a commitment; returns its row."""
        row = self._new_id()
        self._commitments.append((row, fund, investor, amount, day.toordinal()))
        return row

    def finish(self) -> Ledger:
        """The ledger's columns with the rows behind them."""
        ledger = self._ledger
        return replace(
            ledger,
            commitments=_extend(ledger.commitments, self._commitments),
            entries=_extend(ledger.entries, self._entries),
            holdings=_extend(ledger.holdings, self._new_holdings),
            decisions=_extend(ledger.decisions, self._decisions),
        )

    def _holding(self, fund: int, company: int) -> int:
        if (fund, company) not in self._holdings:
            self._holdings[fund, company] = self._new_id()
            self._new_holdings.append((self._holdings[fund, company], fund, company))
        return self._holdings[fund, company]

    def _enter(
        self,
        fund: int,
        kind: EntryKind,
        amount: int,
        day: date,
        counterparty: int,
        deal: tuple[int | None, int | None] = (None, None),
        *,
        inside: bool = True,
    ) -> None:
        row = (self._new_id(), fund, ENTRY_KINDS[kind], amount, day.toordinal(), counterparty)
        self._entries.append((*row, *deal, inside, False, None))


def _extend(columns: C, rows: Sequence[Row]) -> C:
    """The columns with rows behind them."""
    if not rows:
        return columns
    return columns.followed_by(type(columns).of(rows))
