"""What each person last made of a layout's columns, remembered by the layout's fingerprint."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from dashboard.forms.column_mapping import ColumnMapping, propose, read_said, recall, write_said
from funds.book import OPEN, Book
from funds.errors import NotFound
from funds.intake.foreign.mapping import Mappings, Tabular
from funds.models import ImportLayout

MOST_LAYOUTS = 200  # of one person; the longest unused make room


def remember(book: Book, person_id: int, layout: str, said: ColumnMapping) -> None:
    """Keep what was said of a layout, instead of what was said before."""
    row = {"person_id": person_id, "layout": layout, "mapping": write_said(said), "used_at": book.now()}
    own = ImportLayout.person_id == person_id
    with book.keep() as connection:
        connection.execute(delete(ImportLayout).where(own, ImportLayout.layout == layout))
        connection.execute(insert(ImportLayout).values(row))
        kept = connection.execute(
            select(ImportLayout.layout).where(own).order_by(ImportLayout.used_at.desc(), ImportLayout.layout)
        ).scalars()
        old = list(kept)[MOST_LAYOUTS:]
        connection.execute(delete(ImportLayout).where(own, ImportLayout.layout.in_(old)))


def propose_for(
    book: Book, person_id: int, layout: str, tables: Sequence[Tabular], proposed: Mappings
) -> ColumnMapping:
    """What this person said of the layout last time, else what the program proposes."""
    query = select(ImportLayout.mapping).where(
        ImportLayout.person_id == person_id, ImportLayout.layout == layout
    )
    with book.look(sight=OPEN) as look:
        text = look.connection.execute(query).scalar()
    if text is None:
        return propose(proposed)
    try:
        return recall(read_said(text, tables), proposed)
    except NotFound:
        # A sheet or a column of the template that is called otherwise since.
        return propose(proposed)
