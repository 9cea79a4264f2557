"""No row of a locked quarter without a restatement that came with it, and no restatement without a lock."""

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select

from funds.models import Period, Restatement, table_of
from funds.problems import Problem, fatal
from funds.queries.period_dates import PERIOD_DATES, FundQuarter, written_in


def check_closed_quarters(connection: Connection, version: int) -> Iterator[Problem]:
    """Every row that entered a quarter while it was locked without saying so."""
    spans = _read_spans(connection, version)
    if not spans:
        return
    restated = {
        (row.fund_id, row.quarter, row.revision_id)
        for row in connection.execute(
            select(Restatement.fund_id, Restatement.quarter, Restatement.revision_id)
        )
    }
    for model in PERIOD_DATES:
        name = table_of(model).name
        for row_id, revision, pair in written_in(connection, model, version):
            if _is_closed(spans.get(pair, ()), revision) and (*pair, revision) not in restated:
                yield fatal("invariant.closed_quarter", f"{name}#{row_id}", quarter=pair[1], version=revision)


def _read_spans(connection: Connection, version: int) -> dict[FundQuarter, list[tuple[int, bool]]]:
    """What happened to each quarter: the change, and whether it locked."""
    row = Period
    query = select(row.fund_id, row.quarter, row.revision_id, row.event).where(row.revision_id <= version)
    found: dict[FundQuarter, list[tuple[int, bool]]] = defaultdict(list)
    for fund, quarter, revision, event in connection.execute(query.order_by(row.id)):
        found[fund, quarter].append((revision, event.value == "lock"))
    return found


def _is_closed(span: list[tuple[int, bool]] | tuple[()], revision: int) -> bool:
    """Whether the last event before a change was a lock."""
    before = [is_lock for at, is_lock in span if at < revision]
    return bool(before) and before[-1]
