"""A reversal takes a revision back as if it had never been, unless something rests on it."""

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.errors import Conflict, NotAllowed, NotFound, RulesBroken
from funds.kinds import Role, ScopeKind
from funds.models import Entry, Mark, Membership, PartyFact, PersonFact, Replaceable, RoundFact
from funds.recording.corrections import Correction, correct_rows
from funds.recording.rests import Rest
from funds.recording.reversals import REPLACEABLE, find_rests, reverse_revision
from tests.builders import (
    base_city,
    codes_of,
    contribution,
    distribution,
    fee,
    invested_city,
    mark,
    membership,
    nature,
    paid_city,
    party,
    person,
    record,
    rows_of,
    tag,
    wan,
    whole_city,
)


def reverse(book: Book, revision_id: int, by: str = "local") -> int:
    """The reversal of a revision; returns its own number."""
    with book.change(by, "mistake", "reverse", reverses_id=revision_id) as change:
        reverse_revision(change, revision_id)
    return change.revision_id


def refusal(book: Book, revision_id: int) -> Conflict:
    """Why a revision cannot be reversed."""
    with pytest.raises(Conflict) as refused:
        reverse(book, revision_id)
    return refused.value


def head(book: Book) -> int:
    """The book's version."""
    with book.look() as look:
        return look.version


def added(book: Book, *drafts: Draft, by: str = "local") -> int:
    """Record drafts and return the version."""
    record(book, *drafts, person=by)
    return head(book)


def contents(book: Book) -> dict[str, list[str]]:
    """What stands in the book, without the numbers of rows and revisions."""
    apart = {"id", "revision_id", "origin", "withdrawn", "replaces_id"}
    found: dict[str, list[str]] = {}
    with book.look() as look:
        for model in REPLACEABLE:
            rows = [{k: v for k, v in row.items() if k not in apart} for row in rows_of(look, model)]
            found[model.__tablename__] = sorted(map(str, rows))
    return found


def test_a_reversed_import_leaves_no_trace_in_what_stands(book: Book) -> None:
    before = contents(book)
    version = added(book, *whole_city())
    reverse(book, version)
    assert contents(book) == before
    assert codes_of(book, fee("F1", 1)) == ["code.unknown"]


def test_what_was_reversed_can_be_recorded_again(book: Book) -> None:
    version = added(book, *whole_city())
    standing = contents(book)
    reverse(book, version)
    results = record(book, *whole_city())
    assert {kind: result.same for kind, result in results.items()} == dict.fromkeys(results, 0)
    assert len(contents(book)["entry"]) == len(standing["entry"])


def test_the_past_still_shows_what_was_reversed(book: Book) -> None:
    version = added(book, *base_city())
    reverse(book, version)
    with book.look(version) as look:
        assert len(rows_of(look, PartyFact)) == len(base_city()) - 9
    assert rows_of(book, PartyFact) == []


def test_a_reversed_correction_gives_back_what_it_replaced(book: Book) -> None:
    added(book, *invested_city())
    before = contents(book)
    with book.change("local", "correction") as change:
        correct_rows(change, [Correction(Entry, 2, {"amount_fen": wan(1_999)})])
    reverse(book, change.revision_id)
    assert contents(book) == before


def test_a_reversal_can_itself_be_reversed(book: Book) -> None:
    added(book, *paid_city())
    version = added(book, fee("F1", 10))
    with_fee = contents(book)
    undo = reverse(book, version)
    without_fee = contents(book)
    redo = reverse(book, undo)
    assert contents(book) == with_fee
    reverse(book, version)
    assert contents(book) == without_fee
    assert refusal(book, version).code == "reversal.done_before"
    assert refusal(book, undo).code == "reversal.done_before"
    assert redo < head(book)


def test_a_correction_taken_back_does_not_keep_its_original(book: Book) -> None:
    added(book, *paid_city())
    before = contents(book)
    version = added(book, fee("F1", 10))
    line = rows_of(book, Entry)[-1]
    with book.change("local", "correction") as change:
        correct_rows(change, [Correction(Entry, line["id"], {"amount_fen": -wan(11)})])
    refused = refusal(book, version)
    assert (refused.code, refused.params["count"]) == ("reversal.rested_upon", "1")
    reverse(book, change.revision_id)
    reverse(book, version)
    assert contents(book) == before


def test_rows_that_replace_each_other_in_one_revision_go_together(book: Book) -> None:
    version = added(book, party("A", "甲"))
    before = contents(book)
    with book.change("local", "twice") as change:
        (copy,) = correct_rows(change, [Correction(PartyFact, 1, {"name": "乙"})])
        correct_rows(change, [Correction(PartyFact, copy, {"name": "丙"})])
    reverse(book, change.revision_id)
    assert contents(book) == before
    reverse(book, version)
    assert rows_of(book, PartyFact) == []


@pytest.mark.parametrize(
    ("first", "later", "table"),
    [
        (base_city(), nature("LP1"), "party_nature"),
        (base_city(), tag("C1", "IC"), "company_tag"),
        (invested_city(), mark("F1", "C1", 5), "mark"),
        (invested_city(), contribution("F1", "LP2", 1, "2021-05-05"), "entry"),
    ],
)
def test_what_rests_on_a_revision_keeps_it(book: Book, first: list[Draft], later: Draft, table: str) -> None:
    version = added(book, *first)
    resting = added(book, later)
    refused = refusal(book, version)
    assert refused.code == "reversal.rested_upon"
    assert f"{table}#" in refused.params["rows"]
    assert f"@{resting}" in refused.params["rows"]
    reverse(book, resting)
    reverse(book, version)
    assert rows_of(book, PartyFact) == []


def test_what_rests_on_an_identity_used_again_keeps_it_too(book: Book) -> None:
    reverse(book, added(book, *base_city()))
    again = added(book, *base_city())
    resting = added(book, nature("LP1"))
    with book.change("local", "look", dry_run=True) as change:
        rests = find_rests(change, again)
    assert [rest for rest in rests if rest.revision_id == resting] == [Rest("party_nature", 1, resting)]
    assert refusal(book, again).code == "reversal.rested_upon"


def test_a_fact_put_right_since_is_not_hidden_by_reversing_the_correction(book: Book) -> None:
    added(book, *base_city())
    with book.change("local", "correction") as change:
        correct_rows(change, [Correction(PartyFact, 1, {"name": "甲"})])
    added(book, nature("LP1"))
    reverse(book, change.revision_id)
    assert rows_of(book, PartyFact, party_id=1)[0]["name"] == "市财政局"


def test_what_others_recorded_of_the_same_firm_does_not_hang_on_it(book: Book) -> None:
    added(book, *base_city())
    version = added(book, contribution("M", "LP1", 10))
    added(book, contribution("M", "LP1", 20))
    reverse(book, version)
    assert [row["amount_fen"] for row in rows_of(book, Entry)] == [wan(20)]


def test_a_reversal_obeys_the_rules(book: Book) -> None:
    added(book, *base_city())
    version = added(book, contribution("M", "LP1", 10))
    paid = added(book, distribution("M", "LP1", 10))
    with pytest.raises(RulesBroken) as broken:
        reverse(book, version)
    assert [(problem.code, problem.where) for problem in broken.value.problems] == [
        ("cash.negative", "entry#2")
    ]
    reverse(book, paid)
    reverse(book, version)
    assert rows_of(book, Entry) == []


def test_people_who_changed_the_book_stay(book: Book) -> None:
    version = added(book, person("a"), membership("a", Role.COMMISSION_ANALYST))
    added(book, party("X"), by="a")
    refused = refusal(book, version)
    assert f"revision#{head(book)}" in refused.params["rows"]


def test_people_who_did_nothing_can_go(book: Book) -> None:
    version = added(book, person("a"), membership("a", Role.COMMISSION_ANALYST))
    reverse(book, version)
    assert [row["name"] for row in rows_of(book, PersonFact)] == ["local"]
    assert len(rows_of(book, Membership)) == 6


def test_what_cannot_be_reversed_says_why(book: Book) -> None:
    version = added(book, party("X"))
    assert refusal(book, 1).code == "reversal.founding"
    with pytest.raises(NotFound), book.change("local", "no such") as change:
        reverse_revision(change, 99)
    with pytest.raises(Conflict) as refused, book.change("local", "no word of it") as change:
        reverse_revision(change, version)
    assert refused.value.code == "reversal.not_announced"
    with pytest.raises(NotFound), book.change("local", "itself") as change:
        reverse_revision(change, change.revision_id)


def test_a_manager_takes_back_only_what_is_his_own(book: Book) -> None:
    added(
        book,
        *invested_city(),
        person("f1"),
        person("m"),
        membership("f1", Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
        membership("m", Role.FUND_MANAGER, ScopeKind.FUND, "M"),
        person("auditor"),
        membership("auditor", Role.AUDITOR),
        person("analyst"),
        membership("analyst", Role.COMMISSION_ANALYST),
    )
    version = added(book, mark("F1", "C1", 5), fee("F1", 1), by="f1")
    for login in ("m", "auditor"):
        with pytest.raises(NotAllowed):
            reverse(book, version, login)
    reverse(book, version, "f1")
    approved = added(book, mark("F1", "C1", 5))
    for login in ("f1", "analyst"):
        with pytest.raises(NotAllowed):
            reverse(book, approved, login)
    assert len(rows_of(book, Mark)) == 1


def test_every_replaceable_table_can_be_reversed() -> None:
    assert {RoundFact, Entry, Membership} <= set(REPLACEABLE)
    assert all(issubclass(model, Replaceable) for model in REPLACEABLE)
