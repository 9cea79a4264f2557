"""Whose work a row is: who wrote what it says, not who copied or confirmed it since."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from funds.book import Change
from funds.models import BookRow, Revision
from funds.recording.chains import content_columns, read_row
from funds.recording.guards import VETTED


def makers_of(change: Change, model: type[BookRow], row: Mapping[str, Any]) -> frozenset[int]:
    """The people who wrote the first of the rows that led to this one, or changed what they say."""
    said = [column for column in content_columns(model) if model not in VETTED or column != VETTED[model][0]]
    versions = set()
    current: Mapping[str, Any] | None = row
    while current is not None:
        replaced = current["replaces_id"]
        before = None if replaced is None else read_row(change, model, replaced)
        if before is None or any(before[column] != current[column] for column in said):
            versions.add(current["revision_id"])
        current = before
    query = select(Revision.person_id).where(Revision.id.in_(versions))
    return frozenset(change.connection.execute(query).scalars())
