"""How long things are kept stands in the book, by date, and no row shortens what the law wants."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert, select

from dashboard.auth.access_log import KEPT_AT_LEAST
from dashboard.jobs.retention import DEFAULTS, LOG, RULES, forget_log, forget_past, read_kept_days
from funds.book import LOCAL, Book, write_time
from funds.errors import Conflict
from funds.models import FormDraft, ImportDraft, SignIn
from funds.policy import load_policies
from tests.builders import day, founded_book, policy, record
from tests.dashboard.jobs.people import number_of
from tests.dashboard.serving import Clock
from tests.engines import Databases

PACK = "本市保存期限"


@pytest.fixture
def book(databases: Databases) -> Iterator[Book]:
    with founded_book(databases) as made:
        made.clock = Clock()
        yield made


def set_days(book: Book, kind: str, days: int, on: str = "2026-01-01") -> None:
    record(book, policy(f"retention.{kind}", on, value_e6=days * 1_000_000, pack=PACK))


def keep_some(book: Book, age: timedelta) -> None:
    """A form's draft, a workbook on its way and a line of the access log of some age."""
    at, person = write_time(datetime.fromisoformat(book.now()) - age), number_of(book)
    draft = {"person_id": person, "form": "f", "key": at, "typed": "{}", "saved_at": at}
    file = {"person_id": person, "name": "n", "size": 1, "sha256": "0", "content": b"1", "state": "waiting"}
    with book.keep() as connection:
        connection.execute(insert(FormDraft), [draft])
        connection.execute(insert(ImportDraft), [{**file, "rows_read": 0, "made_at": at}])
        connection.execute(insert(SignIn), [{"login": "x", "address": "", "tried_at": at, "succeeded": True}])


def left(book: Book, model: type) -> int:
    with book.look() as look:
        return int(look.connection.execute(select(func.count()).select_from(model)).scalar_one())


def test_what_is_packaged_is_what_holds_without_a_word_of_the_book() -> None:
    packaged = {
        row.code.removeprefix("retention."): (row.value_e6 or 0) // 1_000_000
        for row in load_policies()
        if row.pack == "retention"
    }
    assert packaged == DEFAULTS
    assert {rule.policy for rule in RULES.values()} <= DEFAULTS.keys()


def test_the_newest_row_in_force_says_for_how_long(book: Book) -> None:
    assert read_kept_days(book) == DEFAULTS
    set_days(book, "drafts", 90)
    set_days(book, "drafts", 5, on="2026-03-01")
    set_days(book, "drafts", 60, on="2027-01-01")
    set_days(book, "imports", 0)
    assert read_kept_days(book) == {**DEFAULTS, "drafts": 5, "imports": 1}
    assert day("2026-03-01") < book.today() < day("2027-01-01")


def test_what_is_past_its_time_goes_and_what_is_not_stays(book: Book) -> None:
    set_days(book, "drafts", 5)
    for days in (1, 4, 6, 8, 400):
        keep_some(book, timedelta(days=days))
    head = book.head()
    counted = forget_past(book, dry_run=True)
    assert (counted["drafts"], counted["imports"]) == ((5, 3), (7, 2))
    assert (left(book, FormDraft), left(book, ImportDraft)) == (5, 5)
    assert forget_past(book)["drafts"] == (5, 3)
    assert (left(book, FormDraft), left(book, ImportDraft), left(book, SignIn)) == (2, 3, 5)
    assert book.head() == head, "no part of the book"


def test_the_access_log_is_cut_by_policy_and_never_below_the_law(book: Book) -> None:
    for days in (1, 200, 300, 400):
        keep_some(book, timedelta(days=days))
    assert forget_log(book, LOCAL, 390) == (390, 1)
    set_days(book, LOG, 250)
    assert forget_log(book, LOCAL, None) == (250, 1)
    assert forget_log(book, LOCAL, None) == (250, 0)
    set_days(book, LOG, KEPT_AT_LEAST.days - 1, on="2026-02-01")
    for given in (None, 100):
        with pytest.raises(Conflict, match="log_too_short"):
            forget_log(book, LOCAL, given)
