"""What a fund gave back, day by day and line by line, and what each investor may still be asked for; uncut."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.readings.portfolio.calls_due import CallLine, list_calls
from dashboard.readings.portfolio.cash_lines import read_cash
from dashboard.readings.portfolio.investor_names import name_investor
from funds.kinds import DistributionKind
from funds.queries.cash_papers import PayoutPaper
from funds.queries.ledger_slice import LedgerSlice

Pair = tuple[int, int]


@dataclass(frozen=True)
class Unfunded:
    """One investor of one fund in fen: what is promised and not in, with what came back and may be called anew.

    `owed` of it has been called already; `callable_` is what a new notice may still ask for.
    """

    fund: int
    investor: int
    committed: int
    paid_in: int
    recallable: int
    owed: int

    @property
    def unfunded(self) -> int:
        """认缴 − 认缴内实缴 + 可循环分配."""
        return self.committed - self.paid_in + self.recallable

    @property
    def callable_(self) -> int:
        """What of it no notice has asked for yet."""
        return max(self.unfunded - self.owed, 0)


def list_unfunded(slice_: LedgerSlice, calls: Sequence[CallLine] | None = None) -> list[Unfunded]:
    """Everybody who committed to or paid into a fund of the scope, larger commitments first.

    Whoever has listed the scope's calls already gives them.
    """
    committed: Counter[Pair] = Counter()
    columns = slice_.uncut_commitments
    for fund, investor, amount in zip(
        columns.fund.tolist(), columns.investor.tolist(), columns.amount.tolist(), strict=True
    ):
        committed[fund, investor] += amount
    papers = read_cash(slice_)
    paid = _sum((one.fund_id, one.investor_id, one.amount_fen) for one in papers.receipts if one.is_inside)
    back = _sum((one.fund_id, one.investor_id, one.amount_fen) for one in papers.payouts if one.is_recallable)
    owed = _sum(
        (line.fund, line.investor, line.outstanding)
        for line in (list_calls(slice_) if calls is None else calls)
    )
    found = [
        Unfunded(*pair, committed[pair], paid[pair], back[pair], owed[pair])
        for pair in {*committed, *paid}
        if committed[pair] or paid[pair]
    ]
    codes = {fund: slice_.facts.funds[fund].code for fund in slice_.members}
    return sorted(
        found, key=lambda one: (codes[one.fund], -one.committed, name_investor(slice_, one.investor).code)
    )


def unfunded_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """One row for each fund and investor."""
    for one in list_unfunded(slice_):
        party = name_investor(slice_, one.investor)
        yield {
            "table": "unfunded",
            "fund": slice_.facts.funds[one.fund].code,
            "code": party.code,
            "name": party.name,
            "committed": one.committed,
            "paid_in": one.paid_in,
            "recallable": one.recallable,
            "unfunded": one.unfunded,
            "outstanding": one.owed,
            "callable": one.callable_,
        }


def payout_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """One row for each day on which a fund gave something back, the latest first: by kind, and how."""
    groups: dict[tuple[str, int], list[PayoutPaper]] = defaultdict(list)
    for paper in read_cash(slice_).payouts:
        groups[slice_.facts.funds[paper.fund_id].code, -paper.paid_on.toordinal()].append(paper)
    for (fund, _), papers in sorted(groups.items(), key=lambda group: group[0]):
        yield {
            "table": "payout",
            "fund": fund,
            "paid_on": papers[0].paid_on.isoformat(),
            "investors": len({paper.investor_id for paper in papers}),
            **{str(kind): sum(p.amount_fen for p in papers if p.kind is kind) for kind in DistributionKind},
            "recallable": sum(paper.amount_fen for paper in papers if paper.is_recallable),
            "in_kind": sum(paper.amount_fen for paper in papers if paper.is_in_kind),
            "total": sum(paper.amount_fen for paper in papers),
        }


def payout_line_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """One row for each line of each distribution."""
    papers = read_cash(slice_).payouts
    for paper in sorted(papers, key=lambda one: (slice_.facts.funds[one.fund_id].code, one.paid_on, one.id)):
        party = name_investor(slice_, paper.investor_id)
        yield {
            "table": "payout_line",
            "fund": slice_.facts.funds[paper.fund_id].code,
            "paid_on": paper.paid_on.isoformat(),
            "code": party.code,
            "name": party.name,
            "payout_kind": str(paper.kind),
            "amount": paper.amount_fen,
            "is_recallable": paper.is_recallable,
            "is_in_kind": paper.is_in_kind,
        }


def _sum(amounts: Iterable[tuple[int, int, int]]) -> Counter[Pair]:
    sums: Counter[Pair] = Counter()
    for fund, investor, amount in amounts:
        sums[fund, investor] += amount
    return sums
