"""The trail tells each person who changed what, and of other parks and funds no more than how much."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from funds.book import Book, find_person
from funds.errors import NotFound
from funds.kinds import Nature
from funds.models import (
    CompanyFigure,
    Document,
    Entry,
    Fund,
    FundFact,
    Mark,
    Party,
    PartyNature,
    row_tables,
)
from funds.models.row_scopes import ROW_SCOPES, Reach, tables_within
from funds.permissions import read_rights
from funds.queries.trail_counts import LineCounts, count_rows
from funds.queries.trail_history import History, read_history
from funds.queries.trail_names import Names, targets_of
from funds.queries.trail_readers import TrailReader, make_reader, may_see_row
from funds.queries.trail_revisions import Trail, TrailFilter, TrailLine
from funds.queries.trail_rows import Fate, RowVersion, page_of_rows, read_rows
from funds.recording.reversals import reverse_revision
from tests import trail_city as city
from tests.builders import wan
from tests.engines import Databases

NOBODYS = TrailFilter()
CITY_WIDE = {city.FOUNDED, city.CITY, city.RULED}


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    """The city whose every change is known, on each engine in turn."""
    opened = city.open_trail_city(databases.copy_of("trail city", city.build_trail_city))
    yield opened
    opened.close()


def reader_of(book: Book, login: str) -> TrailReader:
    """What somebody may see."""
    with book.look() as look:
        person = find_person(look.connection, login, look.version)
        return make_reader(person, read_rights(look.connection, person, book.today(), look.version))


def found(book: Book, login: str, wanted: TrailFilter = NOBODYS, version: int | None = None) -> list[int]:
    """The changes that somebody's list shows."""
    with book.look(version) as look:
        return Trail(look.connection, reader_of(book, login), look.version).find(wanted)


def line_of(book: Book, login: str, version: int) -> TrailLine:
    """What a change says of itself to somebody."""
    with book.look() as look:
        (line,) = Trail(look.connection, reader_of(book, login), look.version).lines([version])
        return line


def counts_of(book: Book, login: str, version: int) -> LineCounts:
    """What a change wrote, as somebody sees it."""
    with book.look() as look:
        return count_rows(look.connection, reader_of(book, login), [version])[version]


def rows_of(book: Book, login: str, version: int, table: str) -> list[RowVersion]:
    """The rows of a table that a change wrote and somebody may see."""
    with book.look() as look:
        return page_of_rows(look.connection, reader_of(book, login), version, table, 0, 50)


def history_of(book: Book, login: str, table: str, row_id: int, size: int = 50, start: int = 0) -> History:
    """The history of something, as somebody sees it."""
    with book.look() as look:
        return read_history(look.connection, reader_of(book, login), look.version, table, row_id, start, size)


def fund_id(book: Book, name: str) -> int:
    """A fund by its name."""
    return int(city.find_row(book, FundFact, city.CITY, name=name)["fund_id"])


def test_whoever_reads_the_city_sees_every_change_newest_first(book: Book) -> None:
    assert found(book, "analyst") == list(range(city.RULED, 0, -1))


def test_an_earlier_version_knows_nothing_of_later_changes(book: Book) -> None:
    assert found(book, "analyst", version=city.CORRECTED) == list(range(city.CORRECTED, 0, -1))
    with book.look(city.CORRECTED) as look:
        trail = Trail(look.connection, reader_of(book, "analyst"), look.version)
        assert trail.count() == city.CORRECTED
        assert trail.lines([city.CORRECTED])[0].reversed_by is None


@pytest.mark.parametrize("login", ["official", "manager"])
def test_a_list_shows_what_touched_ones_own_scope_and_the_citys_own_lists(book: Book, login: str) -> None:
    own = {city.CORRECTED, city.REVERSED, city.RESTORED, city.RECLASSIFIED, city.IMPORTED}
    handed = {city.HANDED_OVER} if login == "official" else set()
    assert set(found(book, login)) == CITY_WIDE | own | handed


def test_nobody_without_a_right_is_shown_anything(book: Book) -> None:
    assert found(book, "outsider") == []


def test_the_audit_administrator_sees_who_and_how_much_but_not_what(book: Book) -> None:
    assert found(book, "audit") == list(range(city.RULED, 0, -1))
    line = line_of(book, "audit", city.SECRET_IMPORT)
    assert (line.is_open, line.reason, line.file) == (False, None, None)
    assert line.person_id is not None
    (count,) = counts_of(book, "audit", city.SECRET_IMPORT).tables
    assert (count.table, count.total, count.seen) == ("entry", 1, 0)
    assert rows_of(book, "audit", city.SECRET_IMPORT, "entry") == []


def test_the_first_administrators_stand_in_sees_the_rows_of_people(book: Book) -> None:
    assert reader_of(book, "local").sees_people
    assert not reader_of(book, "analyst").sees_people


def test_the_audit_administrator_sees_the_rows_of_people(book: Book) -> None:
    line = line_of(book, "audit", city.PEOPLE_ADDED)
    assert line.reason == f"授权{city.SECRET}"
    assert len(rows_of(book, "audit", city.PEOPLE_ADDED, "person_fact")) == len(city.PEOPLE)
    assert rows_of(book, "analyst", city.PEOPLE_ADDED, "person_fact") == rows_of_self(book, "analyst")


def rows_of_self(book: Book, login: str) -> list[RowVersion]:
    """A person's own row."""
    return [
        row
        for row in rows_of(book, "audit", city.PEOPLE_ADDED, "person_fact")
        if row.values["name"] == f"姓名{login}"
    ]


def test_a_person_sees_her_own_standing_and_not_why_others_have_theirs(book: Book) -> None:
    line = line_of(book, "manager", city.PEOPLE_ADDED)
    assert (line.is_open, line.reason, line.person_id) == (False, None, None)
    assert [row.values["role"] for row in rows_of(book, "manager", city.PEOPLE_ADDED, "membership")] == [
        "fund_manager"
    ]


def test_whoever_made_a_change_is_named_to_herself(book: Book) -> None:
    line = line_of(book, "other", city.REGISTERED)
    assert line.person_id == reader_of(book, "other").person_id
    assert line.reason is None
    assert line_of(book, "official", city.REGISTERED).person_id is None


def test_reference_data_is_read_by_all_without_opening_what_came_with_it(book: Book) -> None:
    (row,) = rows_of(book, "official", city.REGISTERED, "party_fact")
    assert row.values["name"] == "新出资人"
    assert not line_of(book, "official", city.REGISTERED).is_open
    assert rows_of(book, "audit", city.REGISTERED, "party_fact") == []


def test_the_file_of_ones_own_import_is_named_with_what_was_read(book: Book) -> None:
    line = line_of(book, "manager", city.IMPORTED)
    assert line.file is not None
    assert (line.file.name, line.file.size, line.file.rows_read, line.file.rows_new) == (
        city.FILE,
        2_048,
        2,
        2,
    )
    assert line_of(book, "manager", city.SECRET_IMPORT).file is None


def test_rows_of_others_are_only_counted(book: Book) -> None:
    counts = counts_of(book, "manager", city.SECRET_IMPORT)
    assert (counts.tables, counts.elsewhere) == ((), 1)


def test_counts_tell_new_rows_from_corrections_and_withdrawals(book: Book) -> None:
    def parts(version: int) -> tuple[int, int, int, int]:
        counts = counts_of(book, "official", version)
        return counts.new, counts.corrected, counts.withdrawn, counts.elsewhere

    assert parts(city.IMPORTED) == (2, 0, 0, 0)
    assert parts(city.CORRECTED) == (0, 1, 0, 0)
    with book.change("local", "撤回", "reverse", reverses_id=city.RECLASSIFIED) as change:
        reverse_revision(change, city.RECLASSIFIED)
    assert parts(change.version) == (0, 0, 1, 0)


def test_a_reversal_and_what_it_reversed_name_each_other(book: Book) -> None:
    lines = {version: line_of(book, "analyst", version) for version in (5, 6, 7)}
    assert [lines[version].reverses for version in (5, 6, 7)] == [None, 5, 6]
    # The first reversal was itself taken back, so what it had reversed stands again.
    assert [lines[version].reversed_by for version in (5, 6, 7)] == [None, 7, None]


def test_every_seal_is_told_with_its_change(book: Book) -> None:
    assert line_of(book, "official", city.RULED).hash == book.head().hash


FILTERS = [
    (TrailFilter(action="import"), {city.SECRET_IMPORT, city.IMPORTED}),
    (TrailFilter(table="mark"), {city.CITY, city.CORRECTED, city.REVERSED, city.RESTORED}),
    (TrailFilter(table="membership"), {city.FOUNDED, city.PEOPLE_ADDED}),
    (TrailFilter(words="一号基金"), {city.IMPORTED}),
    (TrailFilter(words="XLSX"), {city.SECRET_IMPORT, city.IMPORTED}),
    (TrailFilter(words="%"), set()),
    (TrailFilter(words="建立", reasons=("book.founded",)), {city.FOUNDED}),
    (TrailFilter(since="2026-01-15T04:00:00.000000Z"), set(range(1, city.RULED + 1))),
    (TrailFilter(since="2026-01-15T04:00:00.000001Z"), set()),
    (TrailFilter(before="2026-01-15T04:00:00.000000Z"), set()),
    (TrailFilter(person_id=10**6), set()),
]


def test_a_filter_leaves_what_fits(book: Book) -> None:
    assert [set(found(book, "analyst", wanted)) for wanted, _ in FILTERS] == [fits for _, fits in FILTERS]


def test_looking_for_a_person_finds_her_changes(book: Book) -> None:
    other = reader_of(book, "other").person_id
    assert found(book, "analyst", TrailFilter(person_id=other)) == [city.REGISTERED]
    assert found(book, "official", TrailFilter(person_id=other)) == []


def test_looking_for_a_fund_finds_what_touched_it(book: Book) -> None:
    first, second = fund_id(book, "基金F1"), fund_id(book, f"{city.SECRET}二号基金")
    assert set(found(book, "analyst", TrailFilter(fund_id=second))) == {city.CITY, city.SECRET_IMPORT}
    own = {city.CITY, city.CORRECTED, city.REVERSED, city.RESTORED, city.RECLASSIFIED, city.IMPORTED}
    assert set(found(book, "manager", TrailFilter(fund_id=first))) == own
    assert set(found(book, "manager", TrailFilter(fund_id=first, table="entry"))) == {
        city.CITY,
        city.IMPORTED,
    }
    assert found(book, "manager", TrailFilter(fund_id=second)) == []


def test_looking_for_a_kind_or_a_word_tells_nobody_of_what_is_not_theirs(book: Book) -> None:
    assert set(found(book, "manager", TrailFilter(table="entry"))) == {city.CITY, city.IMPORTED}
    assert found(book, "manager", TrailFilter(table="park_figure")) == []
    assert found(book, "manager", TrailFilter(words=city.SECRET)) == []
    assert found(book, "audit", TrailFilter(words=city.SECRET)) == [city.PEOPLE_ADDED]
    assert city.SECRET_IMPORT in found(book, "audit", TrailFilter(table="entry"))


def test_what_can_be_chosen_is_what_the_list_shows(book: Book) -> None:
    with book.look() as look:
        all_of_it = Trail(look.connection, reader_of(book, "analyst"), look.version).choices()
        own = Trail(look.connection, reader_of(book, "manager"), look.version).choices()
    assert len(all_of_it.authors) == 2
    assert len(all_of_it.funds) == 3
    assert own.authors == (1,)
    assert own.funds == (fund_id(book, "基金F1"),)
    assert "people" not in own.actions


def test_a_correction_tells_from_what_to_what(book: Book) -> None:
    (row,) = rows_of(book, "manager", city.CORRECTED, "mark")
    assert row.fate is Fate.CORRECTED
    assert row.before is not None
    assert row.changed() == ["fair_value_fen", "evidence"]
    assert (row.before["fair_value_fen"], row.values["fair_value_fen"]) == (wan(900), wan("912.3456"))
    assert (row.before["evidence"], row.values["evidence"]) == ("估值报告", "审计底稿")


def test_a_reversal_tells_its_way_back(book: Book) -> None:
    (row,) = rows_of(book, "manager", city.REVERSED, "mark")
    assert row.before is not None
    assert (row.before["evidence"], row.values["evidence"]) == ("审计底稿", "估值报告")


def test_a_withdrawal_and_its_restoration_are_told_apart(book: Book) -> None:
    def undo(version: int) -> int:
        with book.change("local", "撤回", "reverse", reverses_id=version) as change:
            reverse_revision(change, version)
        return change.version

    gone = undo(city.RECLASSIFIED)
    (withdrawn,) = rows_of(book, "official", gone, "party_nature")
    assert (withdrawn.fate, withdrawn.is_restored) == (Fate.WITHDRAWN, False)
    (back,) = rows_of(book, "official", undo(gone), "party_nature")
    assert (back.fate, back.is_restored, back.changed()) == (Fate.CORRECTED, True, [])


def test_a_reclassification_is_compared_with_what_held_until_its_day(book: Book) -> None:
    (row,) = rows_of(book, "official", city.RECLASSIFIED, "party_nature")
    assert (row.fate, row.before) == (Fate.NEW, None)
    assert row.earlier is not None
    assert (row.earlier["nature"], row.values["nature"]) == (Nature.SOCIAL, Nature.STATE_OWNED)
    assert "nature" in row.changed()


def test_a_first_fact_is_compared_with_nothing(book: Book) -> None:
    (row,) = [
        one
        for one in rows_of(book, "analyst", city.CITY, "party_nature")
        if one.values["evidence"] == "营业执照"
    ]
    assert (row.earlier, row.changed()) == (None, [])
    facts = rows_of(book, "analyst", city.CITY, "company_fact")
    assert facts
    assert all(one.earlier is None for one in facts)


def test_a_row_that_changed_hands_keeps_its_past_to_itself(book: Book) -> None:
    (row,) = rows_of(book, "official", city.HANDED_OVER, "park_figure")
    assert (row.fate, row.before, row.changed()) == (Fate.CORRECTED, None, [])
    (whole,) = rows_of(book, "analyst", city.HANDED_OVER, "park_figure")
    assert whole.changed() == ["park_id"]
    told = history_of(book, "official", "park_figure", row.id)
    assert (told.total, told.hidden) == (1, 1)


def test_a_firm_that_moved_away_is_its_old_parks_no_more(book: Book) -> None:
    figure = city.find_row(book, CompanyFigure, city.CITY, source="统计局")["id"]
    with book.look() as look:
        assert not may_see_row(look.connection, reader_of(book, "official"), "company_figure", figure)
        moved = replace(reader_of(book, "official"), parks=frozenset({2}))
        assert may_see_row(look.connection, moved, "company_figure", figure)
    with book.change("local", "迁出有误", "reverse", reverses_id=city.MOVED) as change:
        reverse_revision(change, city.MOVED)
    with book.look() as look:
        assert may_see_row(look.connection, reader_of(book, "official"), "company_figure", figure)


def test_a_history_follows_a_number_from_its_first_day(book: Book) -> None:
    first = city.find_row(book, Mark, city.CITY, evidence="估值报告")["id"]
    last = city.find_row(book, Mark, city.RESTORED)["id"]
    for row_id in (first, last):
        told = history_of(book, "manager", "mark", row_id)
        assert [row.version for row in told.rows] == [city.RESTORED, city.REVERSED, city.CORRECTED, city.CITY]
        assert (told.total, told.hidden) == (4, 0)
    page = history_of(book, "manager", "mark", first, size=1, start=3)
    assert ([row.version for row in page.rows], page.total) == ([city.CITY], 4)


def test_a_history_of_a_thing_gathers_its_facts(book: Book) -> None:
    party = city.find_row(book, PartyNature, city.RECLASSIFIED)["party_id"]
    told = history_of(book, "official", "party", party)
    assert [(row.version, row.table) for row in told.rows] == [
        (city.RECLASSIFIED, "party_nature"),
        (city.CITY, "party_nature"),
        (city.CITY, "party_fact"),
        (city.CITY, "party"),
    ]
    secret = city.find_row(book, Party, city.CITY, code="LP9")["id"]
    hidden = history_of(book, "official", "party", secret)
    assert ({row.table for row in hidden.rows}, hidden.hidden) == ({"party", "party_fact"}, 2)


def test_what_is_not_there_and_what_is_not_ones_own_are_answered_alike(book: Book) -> None:
    secret = city.find_row(book, Entry, city.SECRET_IMPORT)["id"]
    document = city.find_row(book, Document, city.IMPORTED)["id"]
    for table, row_id in (
        ("entry", secret),
        ("entry", 10**9),
        ("document", document),
        ("nothing", 1),
        ("seal", 1),
    ):
        with pytest.raises(NotFound, match=r"trail\.no_such_object"):
            history_of(book, "manager", table, row_id)


def test_a_file_is_shown_with_its_change_only(book: Book) -> None:
    document = city.find_row(book, Document, city.IMPORTED)["id"]
    with book.look() as look:
        assert not may_see_row(look.connection, reader_of(book, "analyst"), "document", document)


def test_a_row_of_a_later_version_has_no_history_yet(book: Book) -> None:
    late = city.find_row(book, Entry, city.IMPORTED)["id"]
    with book.look(city.CITY) as look, pytest.raises(NotFound):
        read_history(look.connection, reader_of(book, "analyst"), look.version, "entry", late, 0, 50)


@pytest.mark.parametrize("login", ["official", "manager", "outsider"])
def test_no_word_of_another_park_is_in_any_row_or_name(book: Book, login: str) -> None:
    """Whatever table, whatever change: the rows, what they are compared with, and what they point at."""
    reader = reader_of(book, login)
    told = []
    with book.look() as look:
        names = Names(look.connection, look.version)
        for table in (one.name for one in row_tables()):
            for version in range(1, city.RULED + 1):
                rows = page_of_rows(look.connection, reader, version, table, 0, 1_000)
                told += [repr(row) for row in rows]
                told += [
                    names.of(target, row.values[column])
                    for row in rows
                    for column, target in targets_of(table).items()
                    if row.values.get(column) is not None
                ]
        trail = Trail(look.connection, reader, look.version)
        told += [repr(line) for line in trail.lines(list(range(1, city.RULED + 1)))]
    assert city.SECRET not in "".join(told)


def test_who_reads_the_city_finds_the_words_that_the_others_must_not(book: Book) -> None:
    told = {
        table: repr(rows_of(book, "analyst", city.CITY, table))
        for table in tables_within(Reach.SCOPED)
        if city.SECRET in repr(rows_of(book, "analyst", city.CITY, table))
    }
    assert {"party_nature", "round_fact", "mark", "fund_fact", "company_figure", "park_figure"} <= set(told)


def test_the_rows_shown_to_two_managers_are_each_others_complement(book: Book) -> None:
    """Between them, and the city's own, they see all that is scoped; and nothing twice but shared rounds."""
    own = {login: reader_of(book, login) for login in ("manager", "other", "analyst")}
    with book.look() as look:
        seen = {
            login: {row.id for row in page_of_rows(look.connection, reader, city.CITY, "entry", 0, 1_000)}
            for login, reader in own.items()
        }
    assert not seen["manager"] & seen["other"]
    assert seen["manager"] | seen["other"] < seen["analyst"]


def test_rows_come_in_the_order_asked_for(book: Book) -> None:
    reader = reader_of(book, "analyst")
    with book.look() as look:
        rows = read_rows(look.connection, reader, [("park", 2), ("fund", 1), ("park", 1), ("park", 99)])
    assert [(row.table, row.id) for row in rows] == [("park", 2), ("fund", 1), ("park", 1)]


def test_what_rows_point_at_has_a_name(book: Book) -> None:
    entry = city.find_row(book, Mark, city.CITY, evidence="估值报告")
    secret_fund = city.find_row(book, Fund, city.CITY, id=fund_id(book, f"{city.SECRET}二号基金"))
    with book.look() as look:
        names = Names(look.connection, look.version)
        assert names.of("holding", entry["holding_id"]) == "基金F1 · 企业C1"
        assert names.of("commitment", 1) == "基金M · 市财政局"
        assert names.of("round", 1) == f"企业C2 · {city.SECRET}轮"
        assert (names.of("park", 1), names.of("industry", 1)) == ("园区P1", "产业IC")
        assert names.of("person", 1) == "local"
        assert names.of("party", secret_fund["party_id"]) == f"{city.SECRET}二号基金"
        assert names.of_institution(secret_fund["party_id"]) == "F2"
        assert names.of("national_industry", 7) == "#7"
        assert names.of("fund", 99) == "#99"


def test_a_deal_outside_any_round_is_known_by_its_holding(book: Book) -> None:
    with book.look() as look:
        names = Names(look.connection, look.version)
        told = {names.of("deal", one) for one in (1, 2)}
    assert told == {"基金F1 · 企业C1", f"{city.SECRET}二号基金 · 企业C2 · 企业C2 · {city.SECRET}轮"}


def test_a_thing_named_only_later_has_its_code_till_then(book: Book) -> None:
    with book.look(city.FOUNDED) as look:
        names = Names(look.connection, look.version)
        assert names.of("park", 1) == "#1"


def test_nobody_has_more_than_the_database_lets_a_reader_of_nothing_have(book: Book) -> None:
    nothing = reader_of(book, "outsider")
    with book.look() as look:
        for table in (one.name for one in row_tables()):
            for version in range(1, city.RULED + 1):
                rows = page_of_rows(look.connection, nothing, version, table, 0, 10)
                assert ROW_SCOPES[table].reach is Reach.PEOPLE or rows == []
