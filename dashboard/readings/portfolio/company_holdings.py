"""What each fund that may be seen did with a firm: stake, cost, value, multiple and rate, payments, exits, marks."""

from collections.abc import Iterator, Mapping
from datetime import date

from dashboard.readings.lasting_answers import keep_of_firms
from dashboard.readings.portfolio.company_ledger import funds_of_holdings, papers_of, slice_company
from dashboard.readings.portfolio.fund_holdings import holding_rows
from dashboard.readings.portfolio.holdings import EXIT_KIND_BY_NUMBER
from dashboard.readings.portfolio.mark_age import oldest_fresh_day
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.pools import work_out
from funds.kinds import EntryKind
from funds.queries.columns import NOBODY
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope

Rows = Iterator[Mapping[str, object]]
KEPT = (
    *("first_paid", "leading_ppm", "invested", "cost", "proceeds", "fair_value", "moic"),
    *("mark_day", "is_marked", "is_stale", "is_written_off", "is_exited"),
)


def fund_rows(slice_: LedgerSlice) -> Rows:
    """A row for each fund that ever paid into the firm, as the whole fund holds it, with its gross rate."""
    yield from _list_funds(slice_)


@keep_of_firms
def _list_funds(slice_: LedgerSlice) -> tuple[Mapping[str, object], ...]:
    return tuple(_make_fund_rows(slice_))


def _make_fund_rows(slice_: LedgerSlice) -> Rows:
    own = slice_company(slice_)
    funds = {fund.code: fund for fund in slice_.facts.funds.values()}
    for row in holding_rows(own):
        fund = funds[str(row["fund"])]
        rate = work_out(own.narrow(fund_scope(fund.code)), NetAssetValues.of_slice(own)).gross_rate
        yield {
            "table": "company_fund",
            "fund": fund.code,
            "name": fund.name,
            **{key: row[key] for key in KEPT},
            "gross_rate": rate.value,
            "gross_status": rate.rate.status,
            "gross_roots": list(rate.roots),
        }


def fund_sum_rows(slice_: LedgerSlice) -> Rows:
    """One row over all funds: the amounts, how many hold the firm still, and when the first of them paid."""
    rows = list(fund_rows(slice_))
    gone = [bool(row["is_exited"] or row["is_written_off"]) for row in rows]
    yield {
        "table": "company_sum",
        "funds": len(rows),
        "still_holding": gone.count(False),
        "written_off": sum(bool(row["is_written_off"]) for row in rows),
        **{
            key: sum(int(str(row[key])) for row in rows)
            for key in ("invested", "cost", "proceeds", "fair_value")
        },
        "first_paid": min((str(row["first_paid"]) for row in rows), default=None),
    }


def payment_rows(slice_: LedgerSlice) -> Rows:
    """A row for each payment by day: the round and instrument, the day of the decision, the stake it brought."""
    deals = {paper.entry_id: paper for paper in papers_of(slice_).deals}
    rounds = {paper.round_id: paper for paper in papers_of(slice_).rounds}
    paid = slice_company(slice_).ledger.entries.of_kind(EntryKind.INVESTMENT)
    columns = (paid.day, paid.id, paid.fund, -paid.amount)
    for day, row, fund, amount in sorted(zip(*(column.tolist() for column in columns), strict=True)):
        paper = deals.get(row)
        known = rounds.get(paper.round_id) if paper and paper.round_id is not None else None
        yield {
            "table": "company_payment",
            "fund": slice_.facts.funds[fund].code,
            "day": date.fromordinal(day).isoformat(),
            "payment_decided": paper.decided_on.isoformat() if paper and paper.decided_on else None,
            "round_code": known.code if known else None,
            "round_name": known.name if known else None,
            "deal_instrument": paper.instrument if paper else None,
            "amount": amount,
            "stake_ppm": paper.stake_ppm if paper else None,
            "ledger_row": row,
        }


def exit_rows(slice_: LedgerSlice) -> Rows:
    """A row for each sale, dividend, write-off and the like by day; a write-off brings nothing and is told."""
    exits, funds = slice_company(slice_).ledger.exits, funds_of_holdings(slice_)
    columns = (
        exits.id,
        exits.holding,
        exits.kind,
        exits.day,
        exits.amount,
        exits.cost_out,
        exits.transferred,
    )
    for row, holding, kind, day, amount, cost, part in zip(*(c.tolist() for c in columns), strict=True):
        yield {
            "table": "company_exit",
            "fund": slice_.facts.funds[funds[holding]].code,
            "day": date.fromordinal(day).isoformat(),
            "kind": str(EXIT_KIND_BY_NUMBER[kind]),
            "amount": amount,
            "cost_out": None if cost == NOBODY else cost,
            "transferred_ppm": None if part == NOBODY else part,
            "ledger_row": row,
        }


def mark_rows(slice_: LedgerSlice) -> Rows:
    """A row for each mark, the newest first; one that nobody approved (待复核) is in no figure, `is_last` speaks."""
    funds, fresh = funds_of_holdings(slice_), oldest_fresh_day(slice_)
    marks = slice_company(slice_).ledger.marks
    last = dict(zip(marks.holding.tolist(), marks.id.tolist(), strict=True))
    for paper in reversed(papers_of(slice_).marks):
        if paper.holding_id not in funds:
            continue
        yield {
            "table": "company_mark",
            "fund": slice_.facts.funds[funds[paper.holding_id]].code,
            "day": paper.valued_on.isoformat(),
            "fair_value": paper.value_fen,
            "mark_method": str(paper.method),
            "rests_on": paper.evidence,
            "is_second_person": paper.is_approved,
            "is_last_mark": last.get(paper.holding_id) == paper.id,
            "is_stale": fresh is not None and paper.valued_on < fresh,
            "ledger_row": paper.id,
        }
