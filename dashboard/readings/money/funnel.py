"""How far the money has come: aimed at, committed, paid in, invested, given back, each step once over."""

from collections import Counter
from collections.abc import Iterator, Mapping

from dashboard.readings.answers import Reading, print_ratio
from dashboard.readings.money.capital import InvestorClasses, capital_by_investor
from dashboard.readings.money.money_flow import place_money
from dashboard.readings.money.row_groups import RowGroups
from dashboard.readings.money.targets import read_family_target
from dashboard.readings.returns.pools import boundary_lines
from funds.kinds import Basis, EntryKind
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import CITY

Parts = Mapping[str, int]
LEADING, OTHER = "leading", "other"


def funnel_rows(slice_: LedgerSlice, reading: Reading) -> Iterator[dict[str, object]]:
    """One row for each step with its amount, its share of an earlier step, and whose money it is.

    Money between two funds of the scope is in no step but the last two rows, which say how much of it there
    is. What was aimed at is a policy row and no sum. Shares are figures of their own: PF05 counts only what
    was paid in under commitments, so that it may lie below paid in ÷ committed.
    """
    target = read_family_target(slice_) if slice_.scope == CITY else None
    aimed = None if target is None else target.amount
    size, naive, between = (reading.figure(code, "committed") for code in ("LV00c", "LV00a", "LV00b"))
    deployed, committed = reading.figure("PF16"), _whole(size.value)
    yield _row("aimed", None, aimed) | {"document": None if target is None else target.document}
    reached = None if not aimed else print_ratio(committed, aimed)
    yield _row("committed", "LV00c", committed, _committed_parts(slice_)) | _share("aimed", None, reached)
    yield _row("paid_in", "PF02", reading.figure("PF02").value, _paid_parts(slice_)) | _share(
        "committed", "PF05", reading.figure("PF05").value
    )
    yield _row("invested", "PF16", deployed.numerator, _invested_parts(slice_)) | _share(
        "paid_in", "PF16", deployed.value
    )
    yield _row("distributed", "PF03", reading.figure("PF03").value) | _share(
        "paid_in", "PF06", reading.figure("PF06").value
    )
    yield _row("naive", "LV00a", naive.value)
    yield _row("between", "LV00b", between.value)


def _row(
    step: str, code: str | None, amount: int | str | None, parts: Parts | None = None
) -> dict[str, object]:
    found = {f"part_{name}": amount for name, amount in sorted((parts or {}).items()) if amount}
    return {
        "table": "funnel",
        "name": f"funnel.{step}",
        "step": step,
        "code": code,
        "amount": amount,
        **found,
    }


def _share(of: str, code: str | None, value: int | str | None) -> dict[str, object]:
    """Which earlier step the share is of, the figure that it is, and its value."""
    return {"share_of": of, "share_code": code, "share": value}


def _whole(value: int | str | None) -> int:
    return 0 if value is None else int(value)


def _committed_parts(slice_: LedgerSlice) -> Parts:
    """What came from outside the scope, by nature."""
    parts: Counter[str] = Counter()
    for line in capital_by_investor(slice_, Basis.COMMITTED).lines:
        parts[str(line.capital_class)] += line.outside
    return parts


def _paid_parts(slice_: LedgerSlice) -> Parts:
    classes = InvestorClasses(slice_)
    paid = boundary_lines(slice_).of_kind(EntryKind.PAID_IN)
    parties, parts = RowGroups.of(paid.counterparty), Counter[str]()
    for (party,), amount in zip(parties.names(), parties.sums(paid.amount).tolist(), strict=True):
        parts[str(classes.of(party)[0])] += amount
    return parts


def _invested_parts(slice_: LedgerSlice) -> Parts:
    """What went into firms; money put into funds outside the scope has no industry and is not among them."""
    parts: Counter[str] = Counter()
    for place, amount in place_money(slice_).items():
        parts[LEADING if place.is_leading else OTHER] += amount
    return parts
