"""Every rule over many rows, run over what a revision touched or over the whole book."""

from collections.abc import Callable, Collection, Iterator, Mapping

from sqlalchemy import Connection, select

from funds.book.held import FUND, Held
from funds.models import Entry
from funds.rules.breaches import Breach, Reach
from funds.rules.cash import check_cash
from funds.rules.chains import check_segment_edges
from funds.rules.commitments import check_commitments
from funds.rules.days import check_days
from funds.rules.holdings import check_holdings
from funds.rules.parties import check_parties
from funds.rules.periods import check_periods
from funds.rules.posts import check_posts
from funds.rules.projects import check_projects
from funds.rules.proposals import check_proposals
from funds.rules.rounds import check_rounds
from funds.rules.shares import check_ownership, check_park_shares
from funds.rules.signing import check_findings, check_signatures
from funds.rules.tags import check_tags
from funds.rules.trees import check_indices, check_industries, check_segments
from funds.rules.waiting import find_doubtful

# Each check with the tables whose rows it judges: a change that left them alone cannot have broken it.
CHECKS: Mapping[Callable[[Reach], Iterator[Breach]], frozenset[str]] = {
    check_parties: frozenset({"party_fact"}),
    check_industries: frozenset({"industry_fact"}),
    check_segments: frozenset({"segment_fact"}),
    check_segment_edges: frozenset({"segment_edge"}),
    check_tags: frozenset({"company_tag"}),
    check_ownership: frozenset({"party_ownership"}),
    check_park_shares: frozenset({"fund_park"}),
    check_days: frozenset({"entry", "fund_nav", "balance", "mark", "exit", "fund_fact"}),
    check_commitments: frozenset({"entry", "commitment_movement", "call_notice"}),
    check_rounds: frozenset({"entry", "round_fact", "round_investor"}),
    check_holdings: frozenset({"entry", "exit", "mark"}),
    check_projects: frozenset({"entry", "project_stage"}),
    check_cash: frozenset({"entry"}),
    check_indices: frozenset({"index_level"}),
    check_posts: frozenset({"membership"}),
    check_proposals: frozenset({"proposal", "proposal_end"}),
    check_periods: frozenset({"period", "restatement"}),
    check_signatures: frozenset({"signature"}),
    check_findings: frozenset({"audit_finding"}),
}


def find_breaches(connection: Connection, version: int) -> Iterator[Breach]:
    """Rules that do not hold in the whole book as known at a version."""
    reach = Reach(connection, version)
    for check in CHECKS:
        yield from check(reach)


def find_own_breaches(
    connection: Connection, revision_id: int, tables: Collection[str], held: Held | None = None
) -> Iterator[Breach]:
    """Rules that do not hold among what one revision, which wrote to some tables, touched.

    Lines that wait to be written are judged by column, and written only where that leaves a doubt.
    """
    waiting = list(held.of(Entry.__tablename__)) if held is not None else []
    settled: set[int] = set()
    if held is not None and waiting:
        doubtful = find_doubtful(connection, revision_id, waiting)
        settled = {fund for part in waiting for fund in part.columns[FUND]} - doubtful
        held.write(doubtful)
        if not _is_written(connection, revision_id):
            tables = frozenset(tables) - {Entry.__tablename__}
    reach = Reach(connection, revision_id, revision_id, frozenset(settled))
    for check, judged in CHECKS.items():
        if not judged.isdisjoint(tables):
            yield from check(reach)


def _is_written(connection: Connection, revision_id: int) -> bool:
    """Whether a revision has a line in the ledger yet: while all of its lines wait there is none to be judged."""
    query = select(Entry.id).where(Entry.revision_id == revision_id).limit(1)
    return connection.execute(query).first() is not None
