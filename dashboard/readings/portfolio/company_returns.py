"""What a firm brought the funds that may be seen: PF10 and PF11 over all of them, with every root and the last mark."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dashboard.readings.answers import Reading
from dashboard.readings.lasting_answers import keep_of_firms
from dashboard.readings.portfolio.company_ledger import slice_company
from dashboard.readings.returns.last_marks import rate_rows
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.performance import read_performance
from dashboard.readings.returns.pools import work_out
from funds.queries.ledger_slice import LedgerSlice

# Of a firm there are deals and values; commitments and net assets belong to funds.
CODES = ("PF10", "PF11")


def read_company_figures(slice_: LedgerSlice) -> Reading:
    """The gross rate and the multiple of every deal with the firm as one pool, before fees and carry."""
    reading = read_performance(slice_company(slice_))
    return replace(reading, figures=tuple(reading.figure(code) for code in CODES))


def company_rate_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """The state of the gross rate: every root, and how many basis points rest on the last marks."""
    yield from _list_rates(slice_)


@keep_of_firms
def _list_rates(slice_: LedgerSlice) -> tuple[Mapping[str, object], ...]:
    own = slice_company(slice_)
    pool = work_out(own, NetAssetValues.of_slice(own))
    rows = (row for row in rate_rows(own, pool) if row["side"] == "gross")
    return tuple({**row, "table": "company_rate"} for row in rows)
