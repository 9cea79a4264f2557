"""A workbook is looked through, decided about, recorded whole or not at all, and can be taken back."""

import pytest
from sqlalchemy import delete, func, select, update

from dashboard.jobs import task
from dashboard.jobs.job import JobState
from dashboard.jobs.retention import forget_past
from dashboard.jobs.store import find_last
from dashboard.pages.imports import workshop
from dashboard.pages.imports.batch_panel import undo_batch
from dashboard.pages.imports.draft_jobs import ask_to_record, restart, stop
from dashboard.pages.imports.draft_store import JOBS, State, keep_choices, keep_file, read_content
from dashboard.pages.imports.draft_view import word_state
from dashboard.pages.imports.stages import Stage, count_stages, stage_of
from funds.book import Book
from funds.errors import Conflict, RulesBroken
from funds.intake.choices import Choice
from funds.models import Entry, ImportBatch, ImportDraft, Job, Revision
from funds.queries.invariants import check_invariants
from tests.browser.city import FUND_CODE
from tests.builders import fee, record, rows_of, wan
from tests.dashboard.pages.imports.desk import Hand
from tests.dashboard.pages.imports.ledger import (
    ALIKE,
    FAULTS,
    NEW,
    SAME,
    put_cells,
    write_faulty_ledger,
    write_ledger,
    write_tiny,
)
from tests.dashboard.serving import Clock
from tests.funds.intake.workbooks import make_workbook, put_parts


def standing(book: Book) -> tuple[int, int]:
    """How many lines of the ledger stand, and their sum."""
    rows = rows_of(book, Entry)
    return len(rows), sum(row["amount_fen"] for row in rows)


def test_sixty_rows_are_new_the_same_or_perhaps_twice_and_nothing_is_written(manager: Hand) -> None:
    before = manager.book.head()
    draft = manager.hand_in(write_ledger())
    outcome = manager.find(draft).outcome
    assert outcome is not None
    assert (outcome.new, outcome.same, outcome.count("twin.alike")) == (NEW, SAME, ALIKE)
    assert (outcome.grave, outcome.rows_read) == (0, NEW + SAME + ALIKE)
    assert manager.book.head() == before
    assert "新增 46 行，相同 12 行" in word_state(manager.desk(draft))


def test_three_faults_are_told_each_with_its_cell_and_stage(manager: Hand) -> None:
    draft = manager.find(manager.hand_in(write_faulty_ledger()))
    assert draft.outcome is not None
    grave = [one for one in draft.outcome.problems if one.severity == "fatal"]
    assert [(one.where, stage_of(one)) for one in grave] == [
        ("投资!G2", Stage.VALUES),
        ("估值!B2", Stage.REFERENCES),
        ("轮次!E2", Stage.ACROSS),
    ]
    assert len(FAULTS) == len(grave) == sum(count_stages(draft.outcome.problems).values())
    assert not draft.is_ready


def test_what_is_recorded_is_one_change_that_can_be_taken_back(manager: Hand) -> None:
    book = manager.book
    before, lines = book.head().version, standing(book)
    draft = manager.hand_in(write_ledger())
    assert not manager.find(draft).is_ready, "two rows are not decided about"
    manager.decide(draft, Choice.SKIP)
    done = manager.record(draft)
    assert (done.state, done.version, book.head().version) == (State.DONE, before + 1, before + 1)
    with book.look() as look:
        batch = look.connection.execute(select(ImportBatch).order_by(ImportBatch.id.desc())).first()
        assert batch is not None
        assert (batch.rows_read, batch.rows_new) == (NEW + SAME + ALIKE, NEW)
        assert check_invariants(look.connection, look.version) == []
    assert standing(book) != lines

    context = manager.context(search=f"batch={done.version}")
    with pytest.raises(RulesBroken):  # without a reason
        undo_batch(context, " ")
    undo_batch(context, "导错了文件")
    assert standing(book) == lines
    with book.look() as look:
        query = select(Revision.action, Revision.reverses_id).where(Revision.id > before)
        told = look.connection.execute(query.order_by(Revision.id)).all()
        assert [tuple(one) for one in told] == [("import", None), ("reverse", before + 1)]
        assert check_invariants(look.connection, look.version) == []
    again = manager.find(manager.hand_in(write_ledger())).outcome
    assert again is not None
    assert (again.new, again.same) == (NEW, SAME), "what was taken back may come in again"


def test_threat_24_the_same_file_again_says_which_import_it_was_and_adds_nothing(small: Hand) -> None:
    draft = small.hand_in(write_tiny())
    small.decide(draft, Choice.BOTH)
    version = small.record(draft).version
    before = small.book.head()
    for name in ("台账.xlsx", "改了名字.xlsx"):
        again = small.hand_in(write_tiny(), name)
        assert word_state(small.desk(again)) == f"已导入（批次 #{version}），新增 0 行。"
        assert not small.find(again).is_ready
    resaved = small.hand_in(put_cells(write_tiny(), {("填报说明", "B20"): "另存"}))
    assert word_state(small.desk(resaved)) == "读入的 3 行台账中都已有，新增 0 行。"
    assert small.book.head() == before


def test_threat_24_two_clicks_at_once_record_once(small: Hand) -> None:
    draft = small.hand_in(write_tiny())
    small.decide(draft, Choice.SKIP)
    found = small.find(draft)
    ask_to_record(small.book, small.person, found)
    with pytest.raises(Conflict):
        ask_to_record(small.book, small.person, found)


def test_threat_25_a_failure_half_way_leaves_nothing_behind(
    small: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = small.hand_in(write_tiny())
    small.decide(draft, Choice.SKIP)
    before, lines = small.book.head(), standing(small.book)

    def fail(*_given: object, **_more: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr("funds.intake.batch._keep_document", fail)
        failed = small.record(draft)
    assert (failed.state, small.book.head(), standing(small.book)) == (State.FAILED, before, lines)
    assert "编号" in word_state(small.desk(draft))
    assert small.look_again(draft) is State.CHECKED
    assert small.record(draft).state is State.DONE, "the second attempt is complete"


def test_threat_26_one_digit_too_many_disagrees_with_the_control_total(manager: Hand) -> None:
    header = ("业务编号", "基金代码*", "类型*", "金额（万元）*", "日期*")
    rows = [
        (f"N{at}", FUND_CODE, "合伙费用", amount, "2026-09-01") for at, amount in enumerate((10, 200, 30))
    ]
    draft = manager.hand_in(make_workbook({"费用": [header, *rows, ("合计", None, None, 60, None)]}))
    outcome = manager.find(draft).outcome
    assert outcome is not None
    wrong = [one for one in outcome.problems if one.severity == "fatal"]
    assert [(one.code, one.where, one.params["difference"]) for one in wrong] == [
        ("import.total_mismatch", "费用!D5", "-180")
    ]


def test_threat_17_what_is_no_harmless_workbook_is_refused_as_a_file(small: Hand) -> None:
    sound = make_workbook({"投资": [["a"]]})
    link = "xl/externalLinks/externalLink1.xml"
    refused = {
        "import.empty_file": b"",
        "import.not_workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "import.truncated": sound[:900],
        "import.macros": put_parts(sound, {"xl/vbaProject.bin": b"x"}),
        "import.external_links": put_parts(sound, {link: b"x"}),
    }
    for code, content in refused.items():
        draft = small.find(small.hand_in(content))
        assert draft.outcome is not None
        assert [(one.code, stage_of(one)) for one in draft.outcome.problems] == [(code, Stage.FILE)]
        assert not draft.is_ready


@pytest.mark.parametrize(("choice", "more"), [(Choice.UPDATE, 1), (Choice.BOTH, 2)])
def test_what_is_perhaps_twice_is_recorded_too_or_corrects_the_book(
    small: Hand, choice: Choice, more: int
) -> None:
    draft = small.hand_in(write_tiny())
    small.decide(draft, choice)
    before = standing(small.book)[0]
    done = small.record(draft).outcome
    assert standing(small.book)[0] - before == more
    assert done is not None
    assert done.new == more, "what came in beside another is new as well"
    fees = [row["amount_fen"] for row in rows_of(small.book, Entry, business_no="S1")]
    assert fees == [-wan(6) if choice is Choice.UPDATE else -wan(5)]


def test_a_row_with_the_same_number_and_another_amount_puts_the_book_right(small: Hand) -> None:
    draft = small.hand_in(put_cells(write_tiny(), {("实缴", "D2"): 90}))
    outcome = small.find(draft).outcome
    assert outcome is not None
    (changed,) = [one for one in outcome.meetings if one.code == "twin.changed"]
    assert (changed.origin, changed.choices) == ("实缴!2", ("skip", "update"))
    assert [(one.title, one.old, one.new) for one in changed.fields] == [("实缴额（万元）", "100", "90")]
    small.decide(draft, Choice.SKIP)
    keep_choices(small.book, small.person, draft, {**small.find(draft).choices, "实缴!2": Choice.UPDATE})
    assert small.record(draft).state is State.DONE
    assert [row["amount_fen"] for row in rows_of(small.book, Entry, business_no="B1")] == [wan(90)]


def test_a_book_that_changed_meanwhile_is_looked_at_once_more(small: Hand) -> None:
    draft = small.hand_in(write_tiny())
    small.decide(draft, Choice.SKIP)
    record(small.book, fee("F1", 3, "2022-06-30", business_no="T1"))
    before = small.book.head()
    again = small.record(draft)
    assert (again.state, small.book.head()) == (State.CHECKED, before)
    assert word_state(small.desk(draft)).startswith("核对之后台账又有变动")


def test_who_may_not_record_for_a_fund_is_told_so(book: Book) -> None:
    stranger = Hand(book, "demo.park")
    outcome = stranger.find(stranger.hand_in(write_ledger())).outcome
    assert outcome is not None
    assert [one.code for one in outcome.problems if one.severity == "fatal"] == ["permission.refused_funds"]


def test_what_is_cancelled_is_not_gone_on_with(small: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = keep_file(small.book, small.person, "a.xlsx", write_tiny())
    stop(small.book, small.person, small.find(waiting))
    small.work()
    assert small.find(waiting).state is State.STOPPED
    with pytest.raises(Conflict):
        stop(small.book, small.person, small.find(waiting))
    for stage in (workshop.READ, workshop.CHECK):
        draft = keep_file(small.book, small.person, "b.xlsx", write_tiny())
        told = stop_at(small, monkeypatch, draft, stage)
        assert (small.find(draft).state, small.find(draft).outcome) == (State.STOPPED, None)
        assert told[-1].partition(":")[0] == stage, "not a step further"


def stop_at(hand: Hand, monkeypatch: pytest.MonkeyPatch, draft: int, stage: str) -> list[str]:
    """The stages that were told of while the owner stopped the work at one of them."""
    tick, told = task.Task.tick, list[str]()

    def stop_there(self: task.Task, name: str, done: int = 0, total: int = 0) -> None:
        tick(self, name, done, total)
        told.append(name)
        if name.partition(":")[0] == stage:
            stop(hand.book, hand.person, hand.find(draft))

    with monkeypatch.context() as watched:
        watched.setattr(task, "TELL_EVERY", 0.0)
        watched.setattr(task.Task, "tick", stop_there)
        hand.work()
    job = find_last(hand.book, hand.person, *JOBS, subject=draft)
    assert job is not None
    assert job.state is JobState.CANCELLED
    return told


def test_recording_is_called_off_before_it_begins_and_never_after(
    small: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = small.hand_in(write_tiny())
    small.decide(draft, Choice.SKIP)
    before = small.book.head()
    ask_to_record(small.book, small.person, small.find(draft))
    stop(small.book, small.person, small.find(draft))
    assert (small.find(draft).state, small.book.head()) == (State.CHECKED, before)
    ask_to_record(small.book, small.person, small.find(draft))
    stop_at(small, monkeypatch, draft, workshop.READ)
    assert (small.find(draft).state, small.book.head()) == (State.CHECKED, before)

    refused: list[Conflict] = []
    begin = task.Task.begin_final

    def begin_and_regret(self: task.Task, total: int = 0) -> None:
        begin(self, total)
        with pytest.raises(Conflict) as told:
            stop(small.book, small.person, small.find(draft))
        refused.append(told.value)

    monkeypatch.setattr(task.Task, "begin_final", begin_and_regret)
    assert small.record(draft).state is State.DONE
    assert [one.code for one in refused] == ["imports.not_stoppable"]


def test_progress_moves_sheet_by_sheet_while_rows_are_checked(
    small: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task, "TELL_EVERY", 0.0)
    seen, tick = list[tuple[str, int, int]](), task.Task.tick

    def watch(self: task.Task, name: str, done: int = 0, total: int = 0) -> None:
        tick(self, name, done, total)
        job = find_last(small.book, small.person, *JOBS)
        assert job is not None
        seen.append((job.stage, job.done, job.total))

    monkeypatch.setattr(task.Task, "tick", watch)
    draft = small.hand_in(write_tiny())
    checked = list(dict.fromkeys(one for one in seen if one[0].startswith("check:")))
    assert [one[1] for one in checked] == sorted(one[1] for one in checked)
    assert (checked[0][1:], checked[-1]) == ((0, 3), ("check:check", 3, 3))
    assert len({one[0] for one in checked}) > 2, "more than one sheet"
    assert small.find(draft).state is State.CHECKED


def test_work_without_a_job_is_broken_off_and_can_be_started_again(small: Hand) -> None:
    draft = keep_file(small.book, small.person, "a.xlsx", write_tiny())
    with pytest.raises(Conflict):
        restart(small.book, small.person, small.find(draft))  # it only waits its turn
    with small.book.keep() as connection:
        connection.execute(update(ImportDraft).values(state="reading"))
        connection.execute(delete(Job))
    assert small.find(draft).state is State.BROKEN
    assert "服务器重新启动时中断" in word_state(small.desk(draft))
    assert small.look_again(draft) is State.CHECKED


def test_a_draft_is_forgotten_after_a_week(manager: Hand, clock: Clock) -> None:
    keep_file(manager.book, manager.person, "old.xlsx", b"x")
    clock.advance(days=8)
    new = keep_file(manager.book, manager.person, "new.xlsx", b"y")
    forget_past(manager.book)
    with manager.book.look() as look:
        assert look.connection.execute(select(func.count()).select_from(ImportDraft)).scalar_one() == 1
    assert read_content(manager.book, manager.person, new) == b"y"
