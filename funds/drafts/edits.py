"""The draft of an edit: what stands is put right, or something else holds from a day on."""

from dataclasses import dataclass

from funds.drafts.place import Draft
from funds.drafts.proposals import ChangedValue


@dataclass(frozen=True, kw_only=True)
class EditDraft(Draft):
    """An edit of a row (`row_id`), or of a thing that a table says nothing of yet.

    `values` are what the form says, by column. Without a `fact` they put the row right; with one they are that
    draft's own, which holds from its day on. `seen_version` is how the book stood when the form was opened.
    """

    table: str
    row_id: int | None
    seen_version: int
    values: tuple[ChangedValue, ...]
    fact: Draft | None = None
