"""Which changes wait for a second person is policy: by default those of whoever may not confirm them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from funds.book import Book
from funds.drafts import CompanyTagDraft, Draft
from funds.errors import NotAllowed, RulesBroken
from funds.intake import import_workbook, read_workbook, write_workbook
from funds.kinds import Role
from funds.models import CompanyTag, FundNav, Mark, PartyFact, PartyNature, Policy, Proposal, ProposalSubject
from funds.policy import load_policies
from funds.problems import Severity
from funds.queries.invariants import check_invariants
from funds.queries.proposals import read_proposals
from funds.recording import record_company_tags, record_policies
from funds.recording.confirmations import approve_marks, confirm_natures
from funds.recording.corrections import Correction, correct_rows
from funds.recording.reversals import reverse_revision
from funds.recording.second_person import STEM, Level, read_level
from tests.builders import (
    TODAY,
    company,
    day,
    mark,
    membership,
    nature,
    nav,
    policy,
    prepared_book,
    problems_of,
    record,
    rows_of,
    tag,
)
from tests.engines import Databases, SqliteDatabases
from tests.funds.recording.proposal_city import (
    approve,
    id_of,
    propose,
    proposed,
    proposing_city,
    refuse,
    withdraw,
)


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    with prepared_book(databases, "proposing", proposing_city) as book:
        yield book


@pytest.fixture
def quick_city(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "proposing", proposing_city) as book:
        yield book
    sqlite.drop_made()


def set_level(book: Book, kind: str, level: float, on: str = "2020-01-01") -> None:
    """The commission's choice for a kind."""
    record(book, policy(f"{STEM}.{kind}", on, value_e6=int(level * 10**6)))


def abouts(book: Book) -> list[str]:
    """What is proposed."""
    return [row["about"] for row in rows_of(book, Proposal)]


def test_tags_of_whoever_may_not_confirm_wait_firm_by_firm(city: Book) -> None:
    tags = [tag("C1", "IC", 60), tag("C2", "IC"), tag("C1", "BIO", 40)]
    recorded = record(city, company("C8"), *tags, tag("C8", "BIO"), person="official")["companytag"]
    assert (recorded.new, recorded.same) == (4, 0)
    assert rows_of(city, CompanyTag) == []
    assert abouts(city) == ["C1", "C2", "C8"]
    found = [row["origin"] for row in rows_of(city, Proposal)]
    assert found == ["companytag!2", "companytag!3", "companytag!5"]
    assert proposed(city, 1).reason == "test", "the file that they came in"
    origins = [row["origin"] for row in rows_of(city, ProposalSubject)]
    assert origins == ["companytag!2", "companytag!4", "companytag!3", "companytag!5"]
    (told,) = [one for one in recorded.warnings if one.code == "tag.proposed"]
    assert (told.where, told.severity, told.params) == (
        "companytag!company:2",
        Severity.WARNING,
        {"rows": "4", "proposals": "3"},
    )
    approve(city, "signatory", 1, 2, 3)
    assert [row["weight_ppm"] for row in rows_of(city, CompanyTag)] == [
        600_000,
        400_000,
        1_000_000,
        1_000_000,
    ]


def test_a_file_of_tags_counts_its_rows_whoever_imports_it(quick_city: Book, tmp_path: Path) -> None:
    file = tmp_path / "标签.xlsx"
    tags = [tag("C1", "IC", 60), tag("C1", "BIO", 40), tag("C2", "IC")]
    write_workbook(file, {CompanyTagDraft: tags}, "示例市", "园区", day("2025-12-31"))
    rehearsed = import_workbook(quick_city, "official", read_workbook(file), dry_run=True)
    assert [problem.code for problem in rehearsed.problems] == ["tag.proposed"]
    assert import_workbook(quick_city, "official", read_workbook(file)).new == 3
    assert import_workbook(quick_city, "official", read_workbook(file)).already
    set_level(quick_city, "tag", 2)
    write_workbook(
        file,
        {CompanyTagDraft: [tag("C3", "IC", 60), tag("C3", "BIO", 40)]},
        "示例市",
        "市",
        day("2025-12-31"),
    )
    assert import_workbook(quick_city, "signatory", read_workbook(file)).new == 2
    with quick_city.look() as look:
        assert check_invariants(look.connection, look.version) == []
        assert read_proposals(look.connection, look.version)[0].subjects == ()


def test_a_file_that_comes_again_proposes_nothing_again(quick_city: Book) -> None:
    tags = [tag("C1", "IC"), tag("C2", "IC"), tag("C3", "IC")]
    record(quick_city, *tags, person="official")
    refuse(quick_city, "signatory", 1)
    withdraw(quick_city, "official", 2)
    approve(quick_city, "signatory", 3)
    recorded = record(quick_city, *tags, person="official")["companytag"]
    assert (recorded.new, recorded.same) == (1, 2)
    assert abouts(quick_city) == ["C1", "C2", "C3", "C2"]
    made = quick_city.head().version
    with quick_city.change("official", "undo", "reverse", reverses_id=made) as change:
        reverse_revision(change, made)
    assert record(quick_city, tag("C2", "IC"), person="official")["companytag"].new == 1


def test_whoever_may_confirm_records_at_once(quick_city: Book) -> None:
    for login, firm in (("local", "C1"), ("signatory", "C2"), ("analyst", "C3")):
        record(quick_city, tag(firm, "IC"), person=login)
    assert len(rows_of(quick_city, CompanyTag)) == 3
    assert abouts(quick_city) == []


def test_tags_that_wait_are_judged_like_those_that_stand(quick_city: Book) -> None:
    problems = problems_of(quick_city, tag("C1", "IC", 70), tag("C1", "BIO", 60), person="official")
    assert [(problem.code, problem.where) for problem in problems] == [
        ("tag.proposed", "companytag!company:2"),
        ("tag.over_whole", "companytag!weight_ppm:3"),
    ]
    with pytest.raises(RulesBroken), quick_city.change("official", "alone") as change:
        record_company_tags(change, [tag("C1", "IC", 70), tag("C1", "BIO", 60)])
    assert problems_of(quick_city, tag("C9", "IC"), person="official")[0].code == "code.unknown"
    with quick_city.change("official", "alone") as change:
        assert record_company_tags(change, [tag("C1", "IC")]).new == 1


def test_the_commission_may_let_everybody_tag_or_nobody_alone(quick_city: Book) -> None:
    set_level(quick_city, "tag", 0)
    record(quick_city, tag("C1", "IC"), person="official")
    set_level(quick_city, "tag", 2, TODAY)
    record(quick_city, tag("C2", "IC"))
    assert len(rows_of(quick_city, CompanyTag)) == 1
    assert abouts(quick_city) == ["C2"]
    approve(quick_city, "signatory", 1)
    assert len(rows_of(quick_city, CompanyTag)) == 2


def test_where_two_are_always_needed_nothing_is_confirmed_by_recording(quick_city: Book) -> None:
    for kind in ("nature", "mark", "nav"):
        set_level(quick_city, kind, 2)
    drafts: list[Draft] = [nature("LP1"), mark("F1", "C1", 900), nav("F1", 50)]
    record(quick_city, *drafts)
    waiting = [row["confirmed_by_id"] for row in rows_of(quick_city, PartyNature)]
    waiting += [row["approved_by_id"] for model in (Mark, FundNav) for row in rows_of(quick_city, model)]
    assert waiting == [None, None, None]
    for kind, draft in zip(("nature", "mark", "nav"), drafts, strict=True):
        approve(quick_city, "second", propose(quick_city, "signatory", kind, draft))
    (row,) = rows_of(quick_city, Mark)
    assert row["approved_by_id"] == id_of(quick_city, "second")


def test_policy_and_corrections_may_need_two_people_as_well(quick_city: Book) -> None:
    set_level(quick_city, "policy", 2)
    with quick_city.change("signatory", "alone", "policy") as change:
        recorded = record_policies(change, [policy("S02"), policy("S03")])
    assert [problem.code for problem in recorded.warnings] == ["policy.proposed"]
    assert rows_of(quick_city, Policy, code="S02") == []
    approve(quick_city, "second", 1, 2)
    assert len(rows_of(quick_city, Policy, pack="示例")) == 3
    approve(
        quick_city,
        "second",
        propose(quick_city, "signatory", "policy", policy(f"{STEM}.correction", value_e6=2_000_000)),
    )
    (row,) = rows_of(quick_city, PartyFact, name="市财政局")
    with (
        pytest.raises(NotAllowed, match="needs_second_person"),
        quick_city.change("local", "alone") as change,
    ):
        correct_rows(change, [Correction(PartyFact, row["id"], {"name": "财政局"})])


@pytest.mark.parametrize(
    ("level", "meant"),
    [(-1, Level.NEVER), (0.5, Level.NEVER), (1, Level.UNLESS_CONFIRMING), (9, Level.ALWAYS)],
)
def test_the_newest_row_in_force_says_the_level(quick_city: Book, level: float, meant: Level) -> None:
    set_level(quick_city, "tag", 2, "2019-01-01")
    set_level(quick_city, "tag", level)
    set_level(quick_city, "tag", 2, "2026-01-16")
    record(quick_city, policy(f"{STEM}.tag", "2021-01-01", value_e6=2_000_000, to_date=day(TODAY)))
    with quick_city.change("local", "look", dry_run=True) as change:
        assert read_level(change, "tag") is meant
        assert read_level(change, "nav") is Level.UNLESS_CONFIRMING


def test_the_packaged_rows_ask_for_a_second_person_where_the_right_is_missing() -> None:
    rows = {row.code: row.value_e6 for row in load_policies() if row.code.startswith(f"{STEM}.")}
    assert rows == {
        f"{STEM}.{kind}": 1_000_000 for kind in ("tag", "nature", "mark", "nav", "policy", "correction")
    }


def test_threat_05_the_maker_of_a_waiting_row_does_not_confirm_it(city: Book) -> None:
    """T05: the right was given to the maker meanwhile; a correction of what the row says makes a second maker."""
    record(city, mark("F1", "C1", 900), nature("LP1"), person="manager")
    record(city, membership("manager", Role.COMMISSION_SIGNATORY))
    for act in (approve_marks, confirm_natures):
        with pytest.raises(NotAllowed, match=r"confirmation\.own"), city.change("manager", "own") as change:
            act(change, [1])
    (row,) = rows_of(city, Mark)
    with city.change("official", "typing error", "correct") as change:
        (copy,) = correct_rows(change, [Correction(Mark, row["id"], {"evidence": "报告"})])
    record(city, membership("official", Role.COMMISSION_SIGNATORY))
    for login in ("manager", "official"):
        with pytest.raises(NotAllowed, match=r"confirmation\.own"), city.change(login, "own") as change:
            approve_marks(change, [copy])
    with city.change("second", "checked", "approve") as change:
        approve_marks(change, [copy])
    with city.change("second", "too early", "reverse", reverses_id=change.revision_id) as undo:
        reverse_revision(undo, change.revision_id)
    (row,) = rows_of(city, Mark)
    with city.change("second", "checked again", "approve") as change:
        approve_marks(change, [row["id"]])
