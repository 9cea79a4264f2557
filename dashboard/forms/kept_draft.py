"""Keeps what somebody types until it is recorded: for the person alone, by form and thing, for thirty days."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Delete, delete, func, insert, select

from dashboard.auth.visit import Visit
from funds.models import FormDraft

LONGEST = 192 * 1024  # characters of one draft; a Chinese one takes six
MOST = 200  # drafts of one person; the oldest gives way
LONGEST_FORM, LONGEST_KEY = 64, 200

# What a field of a form holds: text, a choice, a tick, or the lines of a list.
Typed = Mapping[str, object]


@dataclass(frozen=True)
class KeptDraft:
    """What was typed into a form, when, and how the book stood when it was opened."""

    typed: Typed
    saved_at: str
    seen_version: int | None


def find_draft(visit: Visit, form: str, key: str) -> KeptDraft | None:
    """The person's own draft of a form about a thing."""
    if not (_is_name(form, LONGEST_FORM) and _is_name(key, LONGEST_KEY)):
        return None
    query = select(FormDraft.typed, FormDraft.saved_at, FormDraft.seen_version).where(
        FormDraft.person_id == visit.person.person_id,
        FormDraft.form == form,
        FormDraft.key == key,
    )
    with visit.look() as look:
        row = look.connection.execute(query).first()
    return None if row is None else KeptDraft(json.loads(row.typed), row.saved_at, row.seen_version)


def keep_draft(visit: Visit, form: str, key: str, typed: Typed, seen_version: int | None) -> str | None:
    """Put what is typed now in the place of what was kept; None where it is too much to keep."""
    text = json.dumps(dict(typed), sort_keys=True)  # all of it ASCII: no sign that a database refuses
    if len(text) > LONGEST or not (_is_name(form, LONGEST_FORM) and _is_name(key, LONGEST_KEY)):
        return None
    saved_at = visit.book.now()
    person_id = visit.person.person_id
    row = {
        "person_id": person_id,
        "form": form,
        "key": key,
        "typed": text,
        "seen_version": seen_version,
        "saved_at": saved_at,
    }
    with visit.book.keep() as connection:
        connection.execute(_own(person_id, form, key))
        _make_room(connection, person_id)
        connection.execute(insert(FormDraft), [row])
    return saved_at


def forget_draft(visit: Visit, form: str, key: str) -> None:
    """Once it is recorded, or given up."""
    if not (_is_name(form, LONGEST_FORM) and _is_name(key, LONGEST_KEY)):
        return
    with visit.book.keep() as connection:
        connection.execute(_own(visit.person.person_id, form, key))


def _is_name(text: str, longest: int) -> bool:
    return 0 < len(text) <= longest and text.isprintable()


def _own(person_id: int, form: str, key: str) -> Delete:
    return delete(FormDraft).where(
        FormDraft.person_id == person_id, FormDraft.form == form, FormDraft.key == key
    )


def _make_room(connection: Connection, person_id: int) -> None:
    """Nobody fills the book's disk with forms: the oldest drafts go."""
    own = FormDraft.person_id == person_id
    count = connection.execute(select(func.count()).select_from(FormDraft).where(own)).scalar_one()
    if count < MOST:
        return
    oldest = select(FormDraft.saved_at).where(own).order_by(FormDraft.saved_at.desc()).offset(MOST - 2)
    bound = connection.execute(oldest.limit(1)).scalar_one()
    connection.execute(delete(FormDraft).where(own, FormDraft.saved_at < bound))
