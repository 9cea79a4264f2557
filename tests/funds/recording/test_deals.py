"""A deal goes in whole, once, and only where its fund is one's own."""

from dataclasses import replace

import pytest

from funds.book import Book, Findings
from funds.drafts import DealPackage
from funds.errors import Conflict, NotAllowed, RulesBroken
from funds.kinds import ProjectState, Role, ScopeKind
from funds.models import (
    CompanyFact,
    CompanyTag,
    DealFact,
    Entry,
    PartyFact,
    ProjectStage,
    Proposal,
    RoundFact,
    RoundInvestor,
)
from funds.recording import Recorded, record_deal
from funds.recording.corrections import Correction, correct_rows
from funds.recording.reversals import reverse_revision
from tests.builders import (
    company,
    day,
    investment,
    membership,
    party,
    person,
    project_stage,
    record,
    round_,
    round_investor,
    rows_of,
    tag,
    wan,
)

DEAL = DealPackage(
    parties=(party("NEW", "新投资方"),),
    companies=(company("C9", "示例新材料公司", park="P1"),),
    tags=(tag("C9", "IC", on="2025-05-01"),),
    rounds=(round_("R9", "C9", 500, "2025-05-20"),),
    investors=(round_investor("R9", "F1", 200), round_investor("R9", "NEW", 300)),
    investment=investment(
        "F1",
        "C9",
        200,
        "2025-05-20",
        round="R9",
        decided_on=day("2025-05-08"),
        buyback="五年未上市，按年化6%回购",
    ),
    stages=(
        project_stage("F1", "C9", ProjectState.INITIATED, "2025-04-02"),
        project_stage("F1", "C9", on="2025-05-08", decision_no="投决〔2025〕3号"),
    ),
)
MODELS = (PartyFact, CompanyFact, RoundFact, RoundInvestor, Entry, DealFact, ProjectStage)


def put_in(book: Book, package: DealPackage = DEAL, who: str = "local") -> Recorded:
    with book.change(who, "test") as change:
        return record_deal(change, package)


def count(book: Book) -> list[int]:
    return [len(rows_of(book, model)) for model in MODELS]


def with_manager(book: Book, fund: str = "F1") -> str:
    record(book, person("wang"), membership("wang", Role.FUND_MANAGER, ScopeKind.FUND, fund))
    return "wang"


def codes(raised: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return sorted(problem.code for problem in raised.value.problems)


def test_a_deal_is_one_revision_with_all_its_rows(invested: Book) -> None:
    before, counted = invested.head().version, count(invested)
    recorded = put_in(invested)
    assert invested.head().version == before + 1
    assert [now - then for now, then in zip(count(invested), counted, strict=True)] == [2, 1, 1, 2, 1, 1, 2]
    assert (recorded.new, recorded.same, recorded.total_fen) == (9, 0, wan(200))
    (fact,) = rows_of(invested, DealFact, buyback="五年未上市，按年化6%回购")
    assert fact["revision_id"] == before + 1
    assert len(rows_of(invested, CompanyTag)) == 1


def test_threat_24_the_same_deal_again_adds_nothing_and_names_its_version(invested: Book) -> None:
    """Double submit, the browser's back button, and two tabs at once all end here."""
    put_in(invested)
    head, counted = invested.head(), count(invested)
    for again in (DEAL, replace(DEAL, parties=(), companies=(), tags=(), stages=())):
        with pytest.raises(Conflict, match=r"deal\.recorded_before") as conflict:
            put_in(invested, again)
        assert conflict.value.params == {"version": str(head.version)}
    assert (invested.head(), count(invested)) == (head, counted)


def test_a_manager_brings_a_firm_whose_industry_waits_and_may_not_do_so_twice(invested: Book) -> None:
    who = with_manager(invested)
    recorded = put_in(invested, who=who)
    assert [problem.code for problem in recorded.warnings] == ["tag.proposed"]
    assert rows_of(invested, CompanyTag) == []
    with pytest.raises(Conflict, match=r"deal\.recorded_before"):
        put_in(invested, who=who)
    assert len(rows_of(invested, Proposal)) == 1


def test_every_problem_of_every_part_is_told_at_once_and_nothing_is_written(invested: Book) -> None:
    head = invested.head()
    broken = replace(
        DEAL,
        rounds=(round_("R9", "C9", 600, "2025-05-20"),),
        investors=(*DEAL.investors, round_investor("R9", "LP7", 100)),
        stages=(project_stage("F1", "C9", on="2027-05-08"),),
    )
    with pytest.raises(RulesBroken) as raised:
        put_in(invested, broken)
    assert codes(raised) == ["code.unknown", "day.in_future"]
    with pytest.raises(RulesBroken) as raised:
        put_in(invested, replace(DEAL, rounds=(round_("R9", "C9", 600, "2025-05-20"),)))
    assert codes(raised) == ["round.sum_differs"]
    assert invested.head() == head


def test_threat_03_a_fund_of_others_is_refused_whatever_the_form_says(invested: Book) -> None:
    who = with_manager(invested, "M")
    head, counted = invested.head(), count(invested)
    with pytest.raises(NotAllowed):
        put_in(invested, who=who)
    assert (invested.head(), count(invested)) == (head, counted)


def test_the_same_payment_with_another_word_is_a_contradiction(invested: Book) -> None:
    put_in(invested)
    other = replace(DEAL, investment=replace(DEAL.investment, buyback="三年回购"))
    with pytest.raises(RulesBroken) as raised:
        put_in(invested, other)
    assert codes(raised) == ["twin.changed"]


def test_a_follow_on_outside_any_round_rests_on_what_stands(invested: Book) -> None:
    put_in(invested)
    more = DealPackage(investment=investment("F1", "C9", 50, "2025-09-01"))
    assert put_in(invested, more).new == 1


def test_a_deal_gathers_its_own_problems(invested: Book) -> None:
    with (
        pytest.raises(ValueError, match="gathers"),
        invested.change("local", "test", dry_run=True) as change,
    ):
        change.findings = Findings()
        record_deal(change, DEAL)


def test_what_has_new_rows_but_an_old_payment_is_taken(invested: Book) -> None:
    put_in(invested, replace(DEAL, stages=()))
    assert put_in(invested).new == 2


def test_a_state_is_filed_once_and_may_be_put_right(invested: Book) -> None:
    record(invested, project_stage("F1", "C1"))
    again = record(invested, project_stage("F1", "C1"))["projectstage"]
    assert (again.new, again.same) == (0, 1)
    with pytest.raises(RulesBroken) as raised:
        record(invested, project_stage("F1", "C1", on="2021-05-21"))
    assert codes(raised) == ["twin.changed"]
    (row,) = rows_of(invested, ProjectStage)
    with invested.change("local", "日期有误", action="correct") as change:
        correct_rows(change, [Correction(ProjectStage, row["id"], {"reached_on": day("2021-05-21")})])
    (row,) = rows_of(invested, ProjectStage)
    assert row["reached_on"] == day("2021-05-21")


def test_a_payment_taken_back_leaves_no_exit_without_a_closing(invested: Book) -> None:
    version = invested.head().version
    record(invested, investment("F1", "C3", 10, "2022-01-01"))
    record(invested, project_stage("F1", "C3", ProjectState.MANAGED, "2022-02-01"))
    with (
        pytest.raises(RulesBroken) as raised,
        invested.change("local", "撤销", reverses_id=version + 1) as change,
    ):
        reverse_revision(change, version + 1)
    assert codes(raised) == ["project.not_closed"]


def test_a_firm_of_the_deal_is_suspected_once(invested: Book) -> None:
    """A firm that is refused keeps its round and payment from being called unknown."""
    faulty = replace(
        DEAL,
        companies=(replace(company("C9"), park="P9"),),
        tags=(tag("C9", "IC", on="2025-05-01"),),
    )
    with pytest.raises(RulesBroken) as raised:
        put_in(invested, faulty)
    assert codes(raised) == ["code.unknown"]
