"""LV06: whether social money arrives as fast as the government's: (Sp ÷ Sc) ÷ (Op ÷ Oc)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dashboard.readings.answers import Figure, absent, print_ratio
from dashboard.readings.money.capital import Capital, CapitalClass, CapitalLine
from dashboard.readings.money.leverage import outside_lines
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.row_names import join_names
from funds.queries.ledger_slice import LedgerSlice

ARRIVAL = "arrival"
Money = tuple[CapitalLine, int]  # a line, and what of it counts


@dataclass(frozen=True)
class Arrival:
    """What the two sides promised and paid, in fen."""

    social_committed: int = 0
    social_paid: int = 0
    public_committed: int = 0
    public_paid: int = 0

    @property
    def reason(self) -> str | None:
        """Why the two cannot be compared; None where they can."""
        if self.social_committed <= 0:
            return "leverage.no_social_commitment"
        if self.public_committed <= 0:
            return "leverage.no_public_commitment"
        return "leverage.no_public_paid" if self.public_paid <= 0 else None

    @property
    def value(self) -> str | None:
        """The quotient of the two rates of arrival; below 1 the government is ahead."""
        if self.reason is not None:
            return None
        return print_ratio(self.social_paid * self.public_committed, self.social_committed * self.public_paid)


def synchrony_figure(committed: Capital, paid: Capital, options: LeverageOptions) -> Figure:
    """LV06 of the scope; O is fiscal money and money of other funds, state-owned money is in neither side."""
    lines = [*_taken(committed, options), *_taken(paid, options)]
    entries = join_names(*(one.entries(_taken(one, options)) for one in (committed, paid)))
    if not lines:
        return absent("LV06", ARRIVAL, "leverage.no_capital")
    found = _gather(_outside(committed), _outside(paid), options)
    parts = (
        ("social_paid", found.social_paid),
        ("social_committed", found.social_committed),
        ("public_paid", found.public_paid),
        ("public_committed", found.public_committed),
    )
    return Figure("LV06", ARRIVAL, found.value, found.reason, entries=entries, parts=parts)


def synchrony_rows(
    slice_: LedgerSlice, committed: Capital, paid: Capital, options: LeverageOptions
) -> Iterator[Mapping[str, object]]:
    """One row for each fund with its own two rates; money between funds of the scope counts at the fund it reached."""
    for fund in slice_.member_funds:
        found = _gather(_of_fund(committed, fund.id), _of_fund(paid, fund.id), options)
        if found == Arrival():
            continue
        yield {
            "table": "synchrony",
            "fund": fund.code,
            "name": fund.name,
            "social_committed": found.social_committed,
            "social_paid": found.social_paid,
            "public_committed": found.public_committed,
            "public_paid": found.public_paid,
            "LV06": found.value,
            "reason": found.reason,
        }


def _of_fund(capital: Capital, fund: int) -> list[Money]:
    """The money of one fund as if it stood alone: what came from another fund of the scope is no longer inside."""
    return [(line, line.amount) for line in capital.by_fund.get(fund, ())]


def _outside(capital: Capital) -> list[Money]:
    return [(line, line.outside) for line in outside_lines(capital)]


def _gather(committed: list[Money], paid: list[Money], options: LeverageOptions) -> Arrival:
    promised, arrived = _sum(committed, options), _sum(paid, options)
    return Arrival(promised[0], arrived[0], promised[1], arrived[1])


def _sum(money: list[Money], options: LeverageOptions) -> tuple[int, int]:
    return (
        sum(amount for line, amount in money if options.is_social(line.capital_class)),
        sum(amount for line, amount in money if _is_public(line, options)),
    )


def _taken(capital: Capital, options: LeverageOptions) -> list[CapitalLine]:
    return [line for line in outside_lines(capital) if _has_side(line, options)]


def _has_side(line: CapitalLine, options: LeverageOptions) -> bool:
    return options.is_social(line.capital_class) or _is_public(line, options)


def _is_public(line: CapitalLine, options: LeverageOptions) -> bool:
    return line.capital_class is CapitalClass.FUND or options.is_fiscal(line.capital_class, line.level)


def sum_public(lines: Iterable[CapitalLine], options: LeverageOptions) -> int:
    """The government's side of some lines, money of other funds among it, whole and not only from outside."""
    return sum(line.amount for line in lines if _is_public(line, options))
