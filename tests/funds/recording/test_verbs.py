"""What every verb has in common: drafts go in once, together or not at all."""

import pytest

from funds.book import Book, Findings
from funds.drafts import Draft
from funds.errors import RulesBroken
from funds.models import Entry, Party, Revision
from funds.recording import VERBS, leave_suspicions, record_contributions, record_fees, record_parties
from tests.builders import (
    base_city,
    codes_of,
    commitment,
    company,
    contribution,
    exit_,
    fee,
    fund,
    investment,
    mark,
    notice,
    paid_city,
    party,
    place_all,
    problems_of,
    record,
    record_in,
    round_,
    round_investor,
    rows_of,
    segment,
    tag,
    whole_city,
)


def test_the_whole_city_holds_a_draft_of_every_class() -> None:
    assert {type(draft) for draft in whole_city()} == VERBS.keys()
    # What only others are made from, what waits for a second person, and what lies beside the ledger come by no sheet.
    apart = {"MovementDraft", "ProposalDraft", "CorrectionDraft", "ConversionDraft", "QuarterDraft"}
    apart |= {"EditDraft", "AttachmentDraft", "PaperDraft", "SampleDraft", "FindingDraft"}
    assert {kind for kind in Draft.__subclasses__() if kind.__name__ not in apart} <= VERBS.keys()


def test_the_same_drafts_twice_add_nothing(book: Book) -> None:
    first = record(book, *whole_city())
    assert all(result.same == 0 and result.new > 0 for result in first.values())
    second = record(book, *whole_city())
    assert {kind: result.new for kind, result in second.items()} == dict.fromkeys(first, 0)
    assert {kind: result.same for kind, result in second.items()} == {
        kind: result.new for kind, result in first.items()
    }
    assert second["contribution"].total_fen == 0


def test_the_whole_city_draws_no_problem_and_no_warning(book: Book) -> None:
    assert problems_of(book, *whole_city()) == []


def test_nothing_is_written_when_one_draft_is_faulty(book: Book) -> None:
    with pytest.raises(RulesBroken) as broken:
        record(book, *base_city(), fee("F9", 1))
    assert [problem.code for problem in broken.value.problems] == ["code.unknown"]
    assert rows_of(book, Party) == []
    assert [row["id"] for row in rows_of(book, Entry)] == []


def test_a_verb_called_alone_raises_all_its_problems_at_once(book: Book) -> None:
    record(book, *paid_city())
    drafts = place_all([contribution("F9", "M", 1), contribution("F1", "X", 1), contribution("F1", "M", -1)])
    with pytest.raises(RulesBroken) as broken, book.change("local", "test") as change:
        record_contributions(change, drafts)  # type: ignore[arg-type]
    problems = [(problem.code, problem.where) for problem in broken.value.problems]
    assert problems == [
        ("code.unknown", "contribution!fund:2"),
        ("code.unknown", "contribution!investor:3"),
        ("amount.not_positive", "contribution!amount_fen:4"),
    ]


def test_a_verb_called_alone_judges_the_whole_and_names_the_form_field(book: Book) -> None:
    record(book, *paid_city())
    with pytest.raises(RulesBroken) as broken, book.change("local", "test") as change:
        record_fees(change, [fee("F1", 3_001)])
    assert [(problem.code, problem.where) for problem in broken.value.problems] == [
        ("cash.negative", "form:amount_fen")
    ]


def test_a_verb_called_alone_returns_its_warnings(book: Book) -> None:
    record(book, party("A", "同名"))
    with book.change("local", "test") as change:
        recorded = record_parties(change, [party("B", "同名")])
    assert [problem.code for problem in recorded.warnings] == ["party.same_name"]


def test_a_refused_row_does_not_make_its_followers_faulty(book: Book) -> None:
    codes = codes_of(
        book,
        party("LP1"),
        fund("F1", manager="NOBODY"),
        company("C1", park="NOWHERE"),
        commitment("F1", "LP1", 100),
        contribution("F1", "LP1", 100, "2020-02-01"),
        round_("R1", "C1", 10),
        round_investor("R1", "F1", 5),
        investment("F1", "C1", 10, round="R1"),
        mark("F1", "C1", 10),
        tag("C1", "IC"),
    )
    assert codes == ["code.unknown", "code.unknown", "code.unknown"]  # manager, park and the tag's industry


@pytest.mark.parametrize(
    ("faulty", "follower"),
    [
        # its cash
        (contribution("F1", "LP9", 100), fee("F1", 3_050)),
        # its commitment
        (commitment("F1", "GP", -5), contribution("F1", "GP", 5)),
        (commitment("F1", "GP", -5), notice("F1", "GP", 5)),
        # its call notice
        (notice("F1", "GP", 5, "N5"), contribution("F1", "LP2", 5, "2021-01-01", notice_no="N5")),
        # its holding
        (investment("F1", "C3", 5, round="R9"), exit_("F1", "C3", 5, cost_out_fen=5)),
        # its segment
        (segment("IC", "S1", parent="S9"), tag("C1", "IC", segment="S1")),
        (segment("IC", "S1", parent="S9"), segment("IC", "S2", parent="S1")),
    ],
)
def test_only_the_refused_row_is_reported(quick: Book, faulty: Draft, follower: Draft) -> None:
    alone = codes_of(quick, faulty)
    assert len(alone) == 1
    assert codes_of(quick, faulty, follower) == alone
    assert len(codes_of(quick, follower)) == 1


def test_an_unreadable_row_leaves_the_same_suspicions_as_a_refused_one() -> None:
    draft = contribution("F1", "LP1", 1)
    assert leave_suspicions(type(draft), {"fund": "F1", "investor": "LP1", "amount_fen": None}) == {
        "cash/F1",
        "commitment/F1/LP1",
    }
    assert leave_suspicions(type(draft), {"fund": "F1", "investor": ""}) == {"cash/F1"}
    assert leave_suspicions(type(mark("F1", "C1", 1)), {"fund": "F1"}) == set()


def test_suspicions_from_the_reader_keep_rules_from_judging(book: Book) -> None:
    record(book, *paid_city())
    with book.change("local", "test", dry_run=True) as change:
        change.findings = Findings(suspects={"cash/F1"})
        record_fees(change, [fee("F1", 9_000)])
        record_fees(change, [fee("M", 9_000)])
        findings = change.findings
        change.findings = Findings()
    assert findings.problems == []


def test_a_dry_run_leaves_nothing(book: Book) -> None:
    with book.change("local", "test", dry_run=True) as change:
        record_in(change, *base_city())
    assert rows_of(book, Party) == []
    with book.look() as look:
        assert look.version == 1
        assert look.connection.execute(Revision.__table__.select()).all()[-1].id == 1
