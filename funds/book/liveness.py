"""Whether a connection at rest still leads to the server, found out without asking the server each time."""

import select
from time import monotonic
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

IDLE = 30.0
"""Seconds of rest after which the server is asked; sooner, what comes between would have told us or is not there yet."""
RESTS_SINCE = "rests_since"


def watch_connections(engine: Engine) -> None:
    """Take another connection where the one at hand was ended meanwhile; for PostgreSQL."""
    event.listen(engine, "checkin", _note_rest)
    event.listen(engine, "checkout", _refuse_ended)


def _note_rest(_connection: object, record: Any) -> None:
    record.info[RESTS_SINCE] = monotonic()


def _refuse_ended(connection: Any, record: Any, _proxy: object) -> None:
    since = record.info.get(RESTS_SINCE)
    if since is None:  # just opened
        return
    watch = select.poll()
    watch.register(connection.pgconn.socket, select.POLLIN)
    # A server that was asked nothing has nothing to say but that it is going.
    if connection.closed or watch.poll(0):
        raise InvalidatePoolError("ended by the server")
    if monotonic() - since > IDLE:
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except connection.Error as fault:
            raise InvalidatePoolError("leads nowhere") from fault
