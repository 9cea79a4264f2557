"""The layout of the made-up city's map, as the policy row in which any city keeps its own."""

from datetime import date

from dashboard.sample.plan import read_tables
from funds.book import Book
from funds.drafts import PolicyDraft
from funds.recording import record_policies

PACK, CODE, NAME = "示例市", "park_map.layout", "示例市园区布局"
FROM = date(2020, 1, 1)


def draft_park_layout() -> PolicyDraft:
    """One row that has a tile for each park, marked as what it is."""
    tables = read_tables("park_tiles.toml")
    lines = [f"{park} {column},{line}" for park, (column, line) in tables["tiles"].items()]
    words, document = "\n".join(lines), tables["document"]
    return PolicyDraft(pack=PACK, code=CODE, name=NAME, words=words, from_date=FROM, document=document)


def record_park_layout(book: Book, person: str) -> None:
    """Put the layout into a book of the made-up city."""
    with book.change(person, "sample.layout", action="policy") as change:
        record_policies(change, [draft_park_layout()])
