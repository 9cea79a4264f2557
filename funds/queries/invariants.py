"""What must hold in every book, whatever was recorded."""

from sqlalchemy import Connection

from funds.problems import Problem


def check_invariants(connection: Connection, version: int) -> list[Problem]:
    """Every invariant that does not hold at a version."""
    return []
