"""What must hold in the whole book as known at a version, however its rows came in: names those for which it does not."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from funds.problems import Problem, Severity, fatal
from funds.queries.invariant_documents import check_documents
from funds.queries.invariant_movements import check_movements
from funds.queries.invariant_periods import check_closed_quarters
from funds.queries.invariant_shape import check_columns, check_references
from funds.rules.catalogue import RULES
from funds.rules.whole import find_breaches

# The rules that are judged at every change say the same of the whole book; by the area of their code.
OF_RULES: Mapping[str, str] = {
    "commitment": "invariant.commitment",
    "notice": "invariant.commitment",
    "paid_in": "invariant.commitment",
    "distribution": "invariant.commitment",
    "cash": "invariant.cash",
    "exit": "invariant.cost",
    "holding": "invariant.cost",
    "park_share": "invariant.park_shares",
    "ownership": "invariant.ownership",
    "fund": "invariant.life",
    "round": "invariant.round",
}


def check_invariants(connection: Connection, version: int) -> list[Problem]:
    """Every invariant that does not hold in the book as known at `version`."""
    return [
        *check_movements(connection, version),
        *_check_rules(connection, version),
        *check_documents(connection, version),
        *check_closed_quarters(connection, version),
        *check_references(connection, version),
        *check_columns(connection),
    ]


def _check_rules(connection: Connection, version: int) -> Iterator[Problem]:
    for breach in find_breaches(connection, version):
        if RULES[breach.code].severity is Severity.FATAL:
            code = OF_RULES.get(breach.code.split(".")[0], "invariant.rule")
            yield fatal(code, f"{breach.table}#{breach.row_id}", rule=RULES[breach.code].label)
