"""From what managers filed as social money to what is confirmed, bar by bar and to the fen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboard.readings.answers import print_plain, print_ratio
from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.money.capital import cut_to
from dashboard.readings.money.claim_lines import ClaimBase, ClaimKind, ClaimLine, read_base
from dashboard.readings.money.investor_natures import describe_nature, standing_nature
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.returns.earlier_ledgers import slice_until
from dashboard.readings.row_names import join_names
from funds.queries.capital_facts import ClaimFacts
from funds.queries.ledger_slice import LedgerSlice
from valuation import ClaimBridge, explain_claim

MICRO = 1_000_000
CLAIMED, UNPAID, CANCELLED, UNEXPLAINED, CONFIRMED = (
    "claimed",
    "unpaid",
    "cancelled",
    "unexplained",
    "confirmed",
)
OTHERS = (ClaimKind.OTHER_PUBLIC, ClaimKind.DOUBLE, ClaimKind.RECLASSIFIED)
STEPS = (UNPAID, *map(str, OTHERS), CANCELLED, UNEXPLAINED)


@dataclass(frozen=True)
class FundBridge:
    """A fund's claim, the amount it stands for, and how it comes down to what is confirmed."""

    claim: ClaimFacts
    is_derived: bool
    found: ClaimBridge

    def step(self, name: str) -> int:
        """What one bar takes away (the unexplained may also add)."""
        if name == UNPAID:
            return self.found.unpaid
        if name == CANCELLED:
            return self.found.cancelled
        return self.found.unexplained if name == UNEXPLAINED else self.found.deductions[name]

    def takes_in(self, line: ClaimLine) -> bool:
        """Whether the claim counts a line's kind."""
        return line.kind is ClaimKind.CONFIRMED or str(line.kind) in self.found.included


@dataclass(frozen=True)
class LeverageBridge:
    """The bridges of all funds that filed for a quarter; `silent` filed nothing that names an amount."""

    quarter_end: date
    quarter: str
    base: ClaimBase
    funds: Mapping[int, FundBridge]
    silent: tuple[int, ...]
    fiscal: int

    def total(self, name: str) -> int:
        """One bar over all funds."""
        return sum(one.step(name) for one in self.funds.values())

    @property
    def claimed(self) -> int:
        """What was filed."""
        return sum(one.found.claimed for one in self.funds.values())

    @property
    def confirmed(self) -> int:
        """What is confirmed of the same funds."""
        return sum(one.found.confirmed for one in self.funds.values())


def bridge_rows(slice_: LedgerSlice, options: LeverageOptions) -> Iterator[Mapping[str, object]]:
    """Table `bridge`: the bars."""
    found = find_bridge(slice_, options)
    if found is None:
        yield {"table": "bridge", "step": CLAIMED, "reason": "leverage.no_claim"}
        return
    yield from _bars(found)


def claim_rows(slice_: LedgerSlice, options: LeverageOptions) -> Iterator[Mapping[str, object]]:
    """Table `claim`: what each fund filed."""
    found = find_bridge(slice_, options)
    yield from () if found is None else _claims(slice_, found)


def bridge_line_rows(slice_: LedgerSlice, options: LeverageOptions) -> Iterator[Mapping[str, object]]:
    """Table `bridge_line`: what each bar takes away, with evidence and people."""
    found = find_bridge(slice_, options)
    yield from () if found is None else _lines(slice_, found)


@keep_answer
def find_bridge(slice_: LedgerSlice, options: LeverageOptions) -> LeverageBridge | None:
    """The bridge of the last quarter that any fund of the scope filed for; money as on the quarter's last day."""
    filed = [claim for claim in slice_.facts.capital.claims if claim.fund_id in slice_.members]
    if not filed:
        return None
    day = max(claim.quarter_end for claim in filed)
    of_quarter = [claim for claim in filed if claim.quarter_end == day]
    base = read_base(slice_until(slice_, day), options)
    bridges: dict[int, FundBridge] = {}
    for fund in sorted({claim.fund_id for claim in of_quarter}):
        claims = [claim for claim in of_quarter if claim.fund_id == fund]
        bridge = _of_fund(slice_, base, claims)
        if bridge is not None:
            bridges[fund] = bridge
    silent = tuple(sorted(set(slice_.members) - set(bridges)))
    fiscal = sum(
        line.stock.paid for line in base.lines if line.kind is ClaimKind.DENOMINATOR and line.fund in bridges
    )
    return LeverageBridge(day, of_quarter[0].quarter, base, bridges, silent, fiscal)


def _of_fund(slice_: LedgerSlice, base: ClaimBase, claims: Sequence[ClaimFacts]) -> FundBridge | None:
    """The claim that names an amount, else the one it can be worked out from."""
    first = sorted(claims, key=lambda claim: (claim.social is None, claim.definition != "LV04", claim.id))
    for claim in first:
        amount = _amount(slice_, base, claim)
        if amount is None:
            continue
        others = {str(kind): base.stock(claim.fund_id, kind) for kind in OTHERS}
        confirmed = base.stock(claim.fund_id, ClaimKind.CONFIRMED)
        return FundBridge(claim, claim.social is None, explain_claim(amount, confirmed, others))
    return None


def _amount(slice_: LedgerSlice, base: ClaimBase, claim: ClaimFacts) -> int | None:
    """Social money as filed; else what the filed multiple makes of the fund's own fiscal money or size."""
    if claim.social is not None:
        return cut_to(slice_, claim.fund_id, claim.social)
    fiscal, size = base.fiscal(claim.basis, claim.fund_id), base.size(claim.basis, claim.fund_id)
    if claim.definition == "LV04" and fiscal > 0:
        return fiscal * claim.value_e6 // MICRO
    if claim.definition in ("LV03", "LV08") and fiscal > 0:
        return fiscal * claim.value_e6 // MICRO - fiscal
    return size * claim.value_e6 // MICRO if claim.definition == "LV05" and size > 0 else None


def _bars(found: LeverageBridge) -> Iterator[Mapping[str, object]]:
    running = found.claimed
    yield _bar(found, CLAIMED, running, None, running)
    for name in STEPS:
        amount = found.total(name)
        yield _bar(found, name, -amount, running, running - amount)
        running -= amount
    yield _bar(found, CONFIRMED, found.confirmed, None, running)


def _bar(
    found: LeverageBridge, step: str, amount: int, before: int | None, after: int
) -> Mapping[str, object]:
    return {
        "table": "bridge",
        "step": step,
        "amount": amount,
        "before": before,
        "after": after,
        "multiple_before": _multiple(found, before),
        "multiple_after": _multiple(found, after),
        "fiscal": found.fiscal,
        "quarter": found.quarter,
        "day": found.quarter_end.isoformat(),
        "funds": len(found.funds),
        "silent": len(found.silent),
    }


def _multiple(found: LeverageBridge, amount: int | None) -> str | None:
    return None if amount is None or found.fiscal <= 0 else print_ratio(amount, found.fiscal)


def _claims(slice_: LedgerSlice, found: LeverageBridge) -> Iterator[Mapping[str, object]]:
    for fund, one in found.funds.items():
        yield {
            "table": "claim",
            "fund": slice_.facts.funds[fund].code,
            "name": slice_.facts.funds[fund].name,
            "quarter": one.claim.quarter,
            "definition": one.claim.definition,
            "basis": str(one.claim.basis),
            "value": print_plain(Decimal(one.claim.value_e6) / MICRO),
            "claimed": one.found.claimed,
            "is_derived": one.is_derived,
            "confirmed": one.found.confirmed,
            "unexplained": one.found.unexplained,
            "counted_in": _counted_in(one),
            "row": f"claim:{one.claim.id}",
        }
    for fund in found.silent:
        yield {
            "table": "claim",
            "fund": slice_.facts.funds[fund].code,
            "name": slice_.facts.funds[fund].name,
            "quarter": found.quarter,
            "claimed": None,
            "confirmed": found.base.stock(fund, ClaimKind.CONFIRMED).paid,
            "reason": "leverage.no_claim_of_fund",
        }


def _counted_in(one: FundBridge) -> list[str]:
    found = one.found
    flags = [(UNPAID, found.counts_unpaid), (CANCELLED, found.counts_cancelled)]
    return [*sorted(found.included), *(name for name, is_in in flags if is_in)]


def _lines(slice_: LedgerSlice, found: LeverageBridge) -> Iterator[Mapping[str, object]]:
    """What each bar takes away, line by line; the unexplained stands with the claim and has none."""
    for line in found.base.lines:
        one = found.funds.get(line.fund)
        if one is None or not one.takes_in(line):
            continue
        stock = line.stock
        if stock.paid:
            yield _line(slice_, str(line.kind), line, stock.paid, line.paid_rows)
        if one.found.counts_unpaid and stock.unpaid:
            yield _line(slice_, UNPAID, line, stock.unpaid, join_names(line.promised_rows, line.paid_rows))
        if one.found.counts_cancelled and stock.cancelled:
            yield _line(slice_, CANCELLED, line, stock.cancelled, line.cancelled_rows)


def _line(
    slice_: LedgerSlice, step: str, line: ClaimLine, amount: int, rows: Sequence[str]
) -> Mapping[str, object]:
    facts = slice_.facts
    if line.investor_fund is not None:
        thing = facts.funds[line.investor_fund].code, facts.funds[line.investor_fund].name
    else:
        party = facts.parties.get(line.investor)
        thing = ("", "") if party is None else (party.code, party.name)
    nature = None if line.investor_fund is not None else standing_nature(slice_, line.investor)
    return {
        "table": "bridge_line",
        "step": step,
        "fund": facts.funds[line.fund].code,
        "party": thing[0],
        "investor": thing[1],
        "amount": amount,
        "nature": str(line.capital_class),
        **describe_nature(nature),
        "nature_row": None if nature is None else f"party_nature:{nature.id}",
        "entries": list(rows),
    }
