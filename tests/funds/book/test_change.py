"""A change is one revision: all of it or nothing, in order, sealed, and never overwritten."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, update

from funds.book import NUMBER_SHIFT, Book, found_book, visible
from funds.book.verify import verify_chain
from funds.errors import BookUnusable, Conflict, LedgerError, NotAllowed, NotFound
from funds.kinds import BookKind
from funds.models import Party, PartyFact, PersonFact, Revision, Seal, SealLeaf, book_tables
from migrations import upgrade
from tests.builders import NOW, codes_of, day, open_book, party, person, record, rows_of
from tests.engines import Databases


def counts_of(book: Book) -> dict[str, int]:
    """Rows of every book table."""
    with book.look() as look:
        return {
            table.name: look.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in book_tables()
        }


def add_party(book: Book, code: str) -> int:
    """One party as one revision; its id."""
    with book.change("local", "add") as change:
        (party_id,) = change.add(Party, [{"code": code}])
    return party_id


def test_a_change_is_one_sealed_revision_by_its_person_for_its_reason(book: Book) -> None:
    before = book.head()
    add_party(book, "A")
    with book.look() as look:
        row = look.connection.execute(select(Revision.__table__).where(Revision.id == 2)).mappings().one()
        seal = look.connection.execute(select(Seal.__table__).where(Seal.revision_id == 2)).mappings().one()
    assert (row["action"], row["reason"], row["reverses_id"]) == ("record", "add", None)
    assert row["recorded_at"] == "2026-01-15T04:00:00.000000Z"
    assert (seal["previous_hash"], seal["hash"]) == (before.hash, book.head().hash)
    assert book.head().version == 2


def test_a_book_is_founded_once_in_revision_one(book: Book) -> None:
    assert book.head().version == 1
    with pytest.raises(Conflict, match=r"book\.already_founded"):
        found_book(book, BookKind.OWN, "别的市")
    assert (book.head().version, book.city_name, book.number) == (1, "示例市", 0)


def test_ids_follow_each_other_without_gaps_over_failures(book: Book) -> None:
    first = add_party(book, "A")
    with pytest.raises(ZeroDivisionError), book.change("local", "fails") as change:
        change.add(Party, [{"code": "B"}, {"code": "C"}])
        raise ZeroDivisionError
    with book.change("local", "two") as change:
        assert change.next_id(Party) == first + 1
        assert change.add(Party, [{"code": "D"}]) == [first + 1]
        assert change.add(Party, [{"code": "E"}, {"code": "F"}]) == [first + 2, first + 3]
        assert change.add(Party, []) == []
    assert book.head().version == 3


def test_ids_carry_the_books_number(databases: Databases) -> None:
    book = open_book(databases.empty())
    upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市", number=7)
    base = 7 << NUMBER_SHIFT
    assert (book.number, add_party(book, "A"), add_party(book, "B")) == (7, base + 1, base + 2)
    with book.look() as look:
        assert verify_chain(look.connection) == []
    book.close()


def test_a_body_that_raises_leaves_nothing(book: Book) -> None:
    before, head = counts_of(book), book.head()
    with pytest.raises(RuntimeError), book.change("local", "fails") as change:
        change.add(Party, [{"code": "A"}])
        raise RuntimeError
    assert (counts_of(book), book.head()) == (before, head)


@pytest.mark.parametrize("way", ["dry run", "abandon"])
def test_a_rehearsal_leaves_nothing(book: Book, way: str) -> None:
    before, head = counts_of(book), book.head()
    with book.change("local", "rehearsed", dry_run=way == "dry run") as change:
        change.add(Party, [{"code": "A"}])
        if way == "abandon":
            change.abandon()
    assert (counts_of(book), book.head()) == (before, head)
    assert add_party(book, "A") == 1


def test_drafts_with_problems_leave_nothing(book: Book) -> None:
    before = counts_of(book)
    assert codes_of(book, party("A"), party("A", "另一个名字")) != []
    assert counts_of(book) == before


def test_the_program_itself_refuses_to_write_outside_a_change_or_over_a_row(book: Book) -> None:
    with book.engine.connect() as connection:
        for table in book_tables():
            with pytest.raises(LedgerError, match=r"book\.outside_change"):
                connection.execute(insert(table), [{}])
            for clause in (update(table).values({}), delete(table)):
                with pytest.raises(LedgerError, match=r"book\.append_only"):
                    connection.execute(clause)
    with book.change("local", "inside") as change:
        for table in book_tables():
            for clause in (update(table).values({}), delete(table)):
                with pytest.raises(LedgerError, match=r"book\.append_only"):
                    change.connection.execute(clause)
        change.abandon()


def test_someone_unknown_or_no_longer_active_changes_nothing(book: Book) -> None:
    record(book, person("wang"))
    [fact] = [row for row in rows_of(book, PersonFact) if row["name"] == "用户wang"]
    with book.change("wang", "while active") as change:
        left = {"person_id": fact["person_id"], "name": fact["name"], "active": False}
        change.add(PersonFact, [left | {"replaces_id": fact["id"], "withdrawn": False}])
    head = book.head()
    for login in ("nobody", "wang"):
        with pytest.raises(NotAllowed, match=r"person\.unknown"), book.change(login, "x"):
            pass
    assert book.head() == head


def test_a_clock_set_back_does_not_turn_the_order_around(book: Book) -> None:
    add_party(book, "A")
    late = open_book(book.url.render_as_string(hide_password=False), NOW - timedelta(days=400))
    add_party(late, "B")
    late.close()
    with book.look() as look:
        times = look.connection.execute(select(Revision.recorded_at).order_by(Revision.id)).scalars().all()
        assert list(times) == sorted(times)
        assert verify_chain(look.connection) == []


def test_each_change_writes_its_head_into_the_anchor_outside(databases: Databases, tmp_path: Path) -> None:
    url = databases.empty()
    book = Book(url, anchors=tmp_path / "anchors", clock=lambda: NOW)
    upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市")
    for code in "AB":
        add_party(book, code)
    with book.change("local", "rehearsed", dry_run=True) as change:
        change.add(Party, [{"code": "C"}])
    assert book.anchor is not None
    assert book.anchor.path == tmp_path / "anchors" / f"{book.uuid}.anchor"
    assert [head.version for head in book.anchor.read()] == [1, 2, 3]
    assert book.anchor.read()[-1] == book.head()
    with book.look() as look:
        assert verify_chain(look.connection, book.anchor) == []
    book.close()


def test_a_look_sees_the_book_as_known_at_a_version_or_an_instant(databases: Databases) -> None:
    times = iter(datetime(2026, 2, number, tzinfo=UTC) for number in range(1, 29))
    now = [next(times)]
    book = Book(databases.empty(), clock=lambda: now[0])
    upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市")
    for code in "AB":
        now[0] = next(times)
        add_party(book, code)
    seen = {}
    for as_known in (1, 2, 3, None, datetime(2026, 2, 2, tzinfo=UTC), datetime(2026, 2, 2, 12, tzinfo=UTC)):
        with book.look(as_known) as look:
            seen[as_known] = (look.version, [row["code"] for row in rows_of(look, Party)])
    assert seen[1] == (1, [])
    assert seen[2] == (2, ["A"])
    assert seen[3] == seen[None] == (3, ["A", "B"])
    assert seen[datetime(2026, 2, 2, tzinfo=UTC)] == seen[datetime(2026, 2, 2, 12, tzinfo=UTC)] == seen[2]
    book.close()


@pytest.mark.parametrize("as_known", [0, -1, 2, 99])
def test_a_version_that_is_not_there_is_refused(book: Book, as_known: int) -> None:
    with pytest.raises(NotFound, match=r"book\.no_such_version"), book.look(as_known):
        pass


def test_an_instant_before_the_book_is_refused(book: Book) -> None:
    with pytest.raises(NotFound, match=r"book\.nothing_known_yet"), book.look(NOW - timedelta(days=1)):
        pass


def test_corrections_and_withdrawals_are_new_rows_seen_from_their_version_on(book: Book) -> None:
    record(book, party("A", "甲"))
    [fact] = rows_of(book, PartyFact)
    like = {name: value for name, value in fact.items() if name not in {"id", "revision_id"}}
    for changed in ({"name": "乙"}, {"name": "乙", "withdrawn": True}):
        [last] = rows_of(book, PartyFact)
        with book.change("local", "replace") as change:
            change.add(PartyFact, [like | changed | {"replaces_id": last["id"]}])
    names = []
    for version in (1, 2, 3, 4):
        with book.look(version) as look:
            query = select(PartyFact.name).where(visible(PartyFact, look.version))
            names.append(list(look.connection.execute(query).scalars()))
    assert names == [[], ["甲"], ["乙"], []]


def test_no_row_is_replaced_twice(book: Book) -> None:
    record(book, party("A", "甲"))
    [fact] = rows_of(book, PartyFact)
    like = {name: value for name, value in fact.items() if name not in {"id", "revision_id"}}
    head = book.head()
    with book.change("local", "first") as change:
        change.add(PartyFact, [like | {"replaces_id": fact["id"], "from_date": day("2021-01-01")}])
    with pytest.raises(Exception, match=r"(?i)append_only|unique"), book.change("local", "second") as change:
        change.add(PartyFact, [like | {"replaces_id": fact["id"]}])
    assert book.head().version == head.version + 1


def test_a_book_not_founded_says_so(databases: Databases) -> None:
    book = open_book(databases.empty())
    upgrade(book.engine)
    with pytest.raises(BookUnusable, match=r"book\.not_founded"):
        _ = book.uuid
    assert book.head().version == 0
    book.close()


def test_a_revision_without_rows_is_sealed_without_leaves(book: Book) -> None:
    with book.change("local", "nothing"):
        pass
    with book.look() as look:
        assert look.connection.execute(select(SealLeaf).where(SealLeaf.revision_id == 2)).all() == []
        assert verify_chain(look.connection) == []


def test_a_reversal_of_a_revision_that_is_not_there_is_refused(book: Book) -> None:
    head = book.head()
    with (
        pytest.raises(NotFound, match=r"book\.no_such_version"),
        book.change("local", "undo", reverses_id=99),
    ):
        pass
    assert book.head() == head
