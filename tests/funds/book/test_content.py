"""The canonical content of a book does not depend on the engine that keeps it."""

from datetime import date

from sqlalchemy import select, text

from funds.book import Book
from funds.book.content import content_sql
from funds.book.seal import read_revision
from funds.models import Base, Document, Party, PartyFact, SealLeaf
from tests.builders import build_book, open_book, party, record, whole_city
from tests.engines import Databases, PostgresDatabases, SqliteDatabases

WORDS = ["示例", "a\tb\n", "𠮷😀", " 两边空格 ", "é\u0301", "'; DROP--", "="]


def fill(databases: Databases) -> tuple[dict[tuple[int, str], bytes], list[bytes]]:
    """The leaves and revisions of a book with one of everything."""
    book = open_book(databases.copy_of("founded", build_book))
    record(book, *whole_city())
    with book.change("local", "odd") as change:
        ids = change.add(Party, [{"code": f"odd{n}"} for n in range(len(WORDS))])
        facts = [
            {"party_id": party_id, "name": word, "from_date": date(n * 1000 + 1, 1, 1)}
            for n, (party_id, word) in enumerate(zip(ids, WORDS, strict=True))
        ]
        change.add(PartyFact, facts)
        file = {"sha256": "0" * 64, "name": "全部字节", "size": 256, "content": bytes(range(256))}
        change.add(Document, [file])
    with book.look() as look:
        leaves = {
            (row.revision_id, row.table_name): bytes(row.leaves)
            for row in look.connection.execute(select(SealLeaf.__table__))
            if row.table_name != "book_identity"  # holds the book's random name
        }
        revisions = [read_revision(look.connection, number) for number in range(1, look.version + 1)]
    book.close()
    databases.drop_made()
    return leaves, revisions


def test_the_same_book_has_the_same_leaves_on_both_engines(
    sqlite: SqliteDatabases, postgres: PostgresDatabases
) -> None:
    on_file, on_server = fill(sqlite), fill(postgres)
    assert on_file == on_server
    assert len(on_file[0]) > 30


def test_content_is_what_the_format_says(book: Book) -> None:
    record(book, party("A1", "甲机构", credit_code=None))
    table = Base.metadata.tables["party_fact"]
    with book.look() as look:
        query = f"SELECT {content_sql(table, look.connection.dialect.name)} FROM party_fact"
        content = bytes(look.connection.execute(text(query)).scalar_one()).decode()
    assert content == (
        "1 party_fact;id=1:1;name=3:甲机构;origin=7:party!2;party_id=1:1;revision_id=1:2;withdrawn=1:0;"
    )


def test_days_before_our_era_and_without_end_are_told_apart(postgres: PostgresDatabases) -> None:
    days = ["0044-03-15", "0044-03-15 BC", "infinity", "-infinity", "2024-02-29"]
    book = open_book(postgres.copy_of("founded", build_book))
    record(book, party("A1"))
    content = content_sql(Base.metadata.tables["party_fact"], "postgresql")
    others = (
        "id, name, origin, party_id, revision_id, replaces_id, withdrawn, credit_code, former_names, kind"
    )
    row = f"SELECT {others}, manager_registration, registered_in, CAST(:day AS DATE) AS from_date FROM party_fact"
    with book.look() as look:
        query = text(f"SELECT {content} FROM ({row}) AS line")
        found = {bytes(look.connection.execute(query, {"day": day}).scalar_one()) for day in days}
    assert len(found) == len(days)
    book.close()
    postgres.drop_made()
