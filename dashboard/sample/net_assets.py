"""What a fund has and owes at the end of each quarter: balances, net asset value, capital accounts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.sample.amounts import WAN, down_to_wan, split_exactly
from dashboard.sample.chance import Chance
from dashboard.sample.charges import half_year_fee
from dashboard.sample.flows import Histories
from dashboard.sample.history import History
from dashboard.sample.holdings import Holding, holdings_of
from dashboard.sample.marks import MarkShelf, filed_until
from dashboard.sample.quarters import quarter_ends
from funds.drafts import BalanceDraft, NavDraft
from funds.kinds import BalanceItem, NavSource

CARRY_DIVISOR = 5
HURDLE_PER_CENT = 108
SMALL_ODDS, SMALL = 0.12, (40, 900)
OWED = (BalanceItem.ACCRUED_MANAGEMENT_FEE, BalanceItem.ACCRUED_CARRY, BalanceItem.OTHER_PAYABLE)


@dataclass(frozen=True)
class Position:
    """One fund at the end of one quarter; `nav` is what its manager reports."""

    fund: str
    day: date
    balances: Mapping[BalanceItem, int]
    nav: int
    accounts: Mapping[str, int]


class Valuer:
    """Closes quarter after quarter, children before mothers."""

    def __init__(
        self, histories: Histories, holdings: Sequence[Holding], shelf: MarkShelf, seed: int
    ) -> None:
        self.histories = histories
        self.holdings = {code: holdings_of(holdings, code) for code in histories}
        self.cash = {code: history.balance() for code, history in histories.items()}
        self.shelf = shelf
        self.seed = seed
        self.positions: dict[tuple[str, date], Position] = {}
        self.children: dict[str, list[History]] = {}
        for history in histories.values():
            for mother in history.fund.mothers:
                self.children.setdefault(mother, []).append(history)

    def close_all(self, order: Iterable[str], until: date) -> list[Position]:
        """Every position, in order of fund and day."""
        for code in order:
            history = self.histories[code]
            first = min(row.day for row in history.receipts)
            for day in quarter_ends(first, filed_until(history.fund, until)):
                self.positions[code, day] = self._close(history, day)
        return [self.positions[key] for key in sorted(self.positions)]

    def _close(self, history: History, day: date) -> Position:
        code = history.fund.code
        held = sum(self.shelf.held_on(holding, day) for holding in self.holdings[code])
        assets = held + sum(self._stakes(code, day))
        balances = self._balances(history, day, assets)
        owed = sum(balances[item] for item in OWED)
        nav = assets + balances[BalanceItem.BANK_DEPOSIT] + balances[BalanceItem.OTHER_RECEIVABLE] - owed
        if history.fund.untied_on == day:
            nav += history.fund.untied_by * WAN
        return Position(code, day, balances, nav, _accounts(history, day, nav))

    def _stakes(self, mother: str, day: date) -> Iterable[int]:
        """What a mother's stakes are worth: her account where one is filed, else her part of paid-in."""
        for history in self.children.get(mother, ()):
            child = self.positions.get((history.fund.code, day))
            if child is not None:
                own = sum(row.amount for row in history.receipts_of(mother) if row.day <= day)
                total = sum(row.amount for row in history.receipts if row.day <= day)
                yield child.accounts.get(mother, (2 * child.nav * own + total) // (2 * total))

    def _balances(self, history: History, day: date, assets: int) -> dict[BalanceItem, int]:
        chance = Chance(self.seed, "balance", history.fund.code, day)
        cash = self.cash[history.fund.code].on(day)
        receivable, payable = (
            chance.whole(*SMALL) * WAN // 10 if chance.happens(SMALL_ODDS) else 0 for _ in range(2)
        )
        is_between_fees = day.month in (3, 9)
        return {
            BalanceItem.BANK_DEPOSIT: cash,
            BalanceItem.ACCRUED_MANAGEMENT_FEE: half_year_fee(history.fund, day) // 2
            if is_between_fees
            else 0,
            BalanceItem.ACCRUED_CARRY: _accrued_carry(history, day, assets + cash),
            BalanceItem.OTHER_RECEIVABLE: receivable,
            BalanceItem.OTHER_PAYABLE: min(payable, cash),
        }


def _accrued_carry(history: History, day: date, assets: int) -> int:
    """A fifth of the gain, once the gain is past the hurdle, for managers who earn one."""
    if not history.fund.carries:
        return 0
    paid = sum(row.amount for row in history.receipts if row.day <= day)
    given = sum(row.amount for row in history.payouts if row.day <= day)
    if (assets + given) * 100 < paid * HURDLE_PER_CENT:
        return 0
    return down_to_wan((assets + given - paid) // CARRY_DIVISOR)


def _accounts(history: History, day: date, nav: int) -> dict[str, int]:
    """The value split by what each investor paid in, where a fund files capital accounts."""
    if not history.fund.capital_accounts:
        return {}
    paid: dict[str, int] = {}
    for row in history.receipts:
        if row.day <= day:
            paid[row.investor] = paid.get(row.investor, 0) + row.amount
    return dict(zip(paid, split_exactly(nav, list(paid.values())), strict=True))


def draft_navs(positions: Sequence[Position]) -> list[NavDraft]:
    """Each quarter's value, audited at the end of a year, and the capital accounts under it."""
    return [
        NavDraft(
            fund=row.fund,
            valued_on=row.day,
            nav_fen=amount,
            investor=investor,
            source=NavSource.AUDIT if row.day.month == 12 else NavSource.MANAGER_REPORT,
        )
        for row in positions
        for investor, amount in [(None, row.nav), *row.accounts.items()]
    ]


def draft_balances(positions: Sequence[Position]) -> list[BalanceDraft]:
    """Deposits every quarter; any other item while it is there, and once more when it is gone."""
    last: dict[tuple[str, BalanceItem], int] = {}
    drafts = []
    for row in positions:
        for item, amount in row.balances.items():
            if item is BalanceItem.BANK_DEPOSIT or amount or last.get((row.fund, item)):
                drafts.append(BalanceDraft(fund=row.fund, filed_on=row.day, item=item, amount_fen=amount))
            last[row.fund, item] = amount
    return drafts
