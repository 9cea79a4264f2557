"""Random dealings in a row: the ledger takes what plain Python would take, refuses the rest, and all invariants hold."""

import os
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from funds.book import Book, visible
from funds.drafts import Draft
from funds.errors import RulesBroken
from funds.kinds import CommitmentChange, EntryKind
from funds.models import Commitment, CommitmentMovement, Entry, Fund, Party
from funds.problems import Severity
from funds.queries.invariant_movements import check_movements
from funds.recording.reversals import reverse_revision
from funds.rules.catalogue import RULES
from funds.rules.whole import find_breaches
from tests.builders import (
    commitment,
    company,
    contribution,
    distribution,
    exit_,
    fee,
    fund,
    investment,
    party,
    record,
    wan,
)
from tests.engines import SqliteDatabases
from tests.faults.books import build_founded, verify_all
from tests.faults.conftest import SEED
from tests.faults.kinds import Kind, fault
from tests.faults.ledger_model import Act, Deed, Model

RUNS, STEPS = (2, 300), (6, 30)
CHECKED_EVERY = 5
FIRST = date(2022, 1, 3)
MOTHER, CHILD, INVESTORS, FIRMS = "M", "F", ("LP1", "LP2"), ("C1", "C2")
OF_KIND = {
    EntryKind.PAID_IN: Deed.PAY,
    EntryKind.DISTRIBUTION: Deed.GIVE_BACK,
    EntryKind.INVESTMENT: Deed.INVEST,
    EntryKind.PROCEEDS: Deed.EXIT,
    EntryKind.FEE: Deed.FEE,
}
BEGINNING = (
    Act(Deed.COMMIT, MOTHER, 0, wan(1_000), "LP1"),
    Act(Deed.COMMIT, CHILD, 0, wan(500), MOTHER),
    Act(Deed.COMMIT, CHILD, 0, wan(500), "LP2"),
    Act(Deed.PAY, MOTHER, 0, wan(600), "LP1"),
    Act(Deed.PAY, CHILD, 0, wan(300), "LP2"),
)
Counts = Callable[[int, int], int]

amounts = st.integers(1, 6).map(lambda count: count * wan(100)) | st.integers(1, 3)
days = st.integers(0, 9)
funds = st.sampled_from([MOTHER, CHILD])


def investors_of(code: str) -> st.SearchStrategy[str]:
    """The mother takes money from people, the child from the mother too."""
    return st.sampled_from(INVESTORS if code == MOTHER else (MOTHER, *INVESTORS))


money_moves = funds.flatmap(lambda code: st.tuples(st.just(code), investors_of(code), days, amounts))


def build_city(url: str) -> None:
    """Two funds, two investors, two firms, and what everybody begins with."""
    build_founded(url)
    with Book(url) as book:
        record(
            book,
            *(party(code) for code in INVESTORS),
            *(company(code) for code in FIRMS),
            *(fund(code) for code in (MOTHER, CHILD)),
            *(
                commitment(act.fund, act.other, act.amount // wan(1), str(FIRST), business_no=f"A{number}")
                for number, act in enumerate(BEGINNING)
                if act.deed is Deed.COMMIT
            ),
            *(
                contribution(act.fund, act.other, act.amount // wan(1), str(FIRST), business_no=f"A{number}")
                for number, act in enumerate(BEGINNING)
                if act.deed is Deed.PAY
            ),
        )


class Dealings(RuleBasedStateMachine):
    """A book and its model, which are always asked the same."""

    fresh: ClassVar[Callable[[], str]]
    figures: ClassVar[dict[str, int]]

    def __init__(self) -> None:
        super().__init__()
        self.book = Book(type(self).fresh())
        self.model = Model(frozenset({MOTHER, CHILD}), list(BEGINNING))
        self.revisions: list[int] = []
        self.number = 0

    @rule(move=money_moves)
    def commit(self, move: tuple[str, str, int, int]) -> None:
        self.do(self.act(Deed.COMMIT, move), commitment, kind=CommitmentChange.NEW)

    @rule(move=money_moves)
    def pay(self, move: tuple[str, str, int, int]) -> None:
        self.do(self.act(Deed.PAY, move), contribution)

    @rule(move=money_moves)
    def give_back(self, move: tuple[str, str, int, int]) -> None:
        self.do(self.act(Deed.GIVE_BACK, move), distribution)

    @rule(code=funds, firm=st.sampled_from(FIRMS), day=days, amount=amounts)
    def invest(self, code: str, firm: str, day: int, amount: int) -> None:
        self.do(Act(Deed.INVEST, code, day, amount, firm), investment)

    @rule(code=funds, firm=st.sampled_from(FIRMS), day=days, amount=amounts, cost=amounts)
    def sell(self, code: str, firm: str, day: int, amount: int, cost: int) -> None:
        self.do(Act(Deed.EXIT, code, day, amount, firm, cost), exit_, cost_out_fen=cost)

    @rule(code=funds, day=days, amount=amounts)
    def charge(self, code: str, day: int, amount: int) -> None:
        self.do(Act(Deed.FEE, code, day, amount), fee)

    @precondition(lambda self: self.revisions)
    @rule()
    def undo(self) -> None:
        """The last change that stands is always taken back."""
        revision = self.revisions.pop()
        with self.book.change("local", "mistake", "reverse", reverses_id=revision) as change:
            reverse_revision(change, revision)
        self.model.acts.pop()
        self.compare()

    def act(self, deed: Deed, move: tuple[str, str, int, int]) -> Act:
        code, other, day, amount = move
        return Act(deed, code, day, amount, other)

    def do(self, act: Act, make: Callable[..., Draft], **more: Any) -> None:
        """Ask both, and compare."""
        self.number += 1
        on = str(FIRST + timedelta(act.day))
        given = (act.fund, act.other) if act.other else (act.fund,)
        amount = f"{act.amount // 10**6}.{act.amount % 10**6:06}"
        draft = make(*given, amount, on, business_no=f"B{self.number}", **more)
        expected = self.model.allows(act)
        assert takes(self.book, draft) is expected, (act, self.model.acts)
        if expected:
            self.model.acts.append(act)
            self.revisions.append(self.book.head().version)
        type(self).figures["taken" if expected else "refused"] += 1
        self.compare()

    def compare(self) -> None:
        """The sums are the model's to the fen, and now and then all rules are asked."""
        type(self).figures["steps"] += 1
        with self.book.look() as look:
            assert read_totals(look.connection, look.version) == self.model.totals()
            if type(self).figures["steps"] % CHECKED_EVERY == 0:
                assert list(check_movements(look.connection, look.version)) == []
                breaches = find_breaches(look.connection, look.version)
                assert [one for one in breaches if RULES[one.code].severity is Severity.FATAL] == []

    def teardown(self) -> None:
        url = self.book.url.render_as_string()
        self.book.close()
        if self.number:  # half of what is drawn is given up before its first step
            assert verify_all(url) == []


def takes(book: Book, draft: Draft) -> bool:
    """Whether the book took a draft."""
    try:
        record(book, draft)
    except RulesBroken:
        return False
    return True


def read_totals(connection: Any, version: int) -> dict[tuple[str, str], int]:
    """The same sums from the book."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    entries = (
        select(Party.code, Entry.kind, func.sum(Entry.amount_fen))
        .join(Fund, Fund.id == Entry.fund_id)
        .join(Party, Party.id == Fund.party_id)
        .where(visible(Entry, version))
        .group_by(Party.code, Entry.kind)
    )
    for code, kind, amount in connection.execute(entries):
        sums[code, "cash"] += int(amount)
        if kind in OF_KIND:
            sums[code, OF_KIND[kind]] += abs(int(amount))
    commitments = (
        select(Party.code, func.sum(CommitmentMovement.amount_fen))
        .select_from(CommitmentMovement)
        .join(Commitment, Commitment.id == CommitmentMovement.commitment_id)
        .join(Fund, Fund.id == Commitment.fund_id)
        .join(Party, Party.id == Fund.party_id)
        .where(visible(CommitmentMovement, version))
        .group_by(Party.code)
    )
    for code, amount in connection.execute(commitments):
        sums[code, Deed.COMMIT] += int(amount)
    return {key: amount for key, amount in sums.items() if amount}


@fault("Z5", Kind.RANDOM_DEALINGS)
def test_random_dealings_leave_what_plain_python_says(
    sqlite: SqliteDatabases, counts: Counts, tell: Callable[..., None]
) -> None:
    def fresh() -> str:
        sqlite.drop_made()
        return sqlite.copy_of("city without money", build_city)

    Dealings.fresh = staticmethod(fresh)
    Dealings.figures = defaultdict(int)
    machine = seed(int(os.environ.get("SEED", SEED)))(Dealings)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=counts(*RUNS),
            stateful_step_count=counts(*STEPS),
            deadline=None,
            database=None,
            derandomize=False,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    sqlite.drop_made()
    figures = Dealings.figures
    assert figures["taken"]
    assert figures["refused"] or counts(*RUNS) < RUNS[1], "in a few short runs nothing need be refused"
    note = f"{counts(*RUNS)} runs, {figures['taken']} taken, {figures['refused']} refused, each as foretold"
    tell(count=figures["steps"], note=note)


@pytest.mark.parametrize(
    ("acts", "act", "is_allowed"),
    [
        ([], Act(Deed.PAY, MOTHER, 1, 5, "LP1"), False),
        ([Act(Deed.COMMIT, MOTHER, 1, 5, "LP1")], Act(Deed.PAY, MOTHER, 1, 5, "LP1"), True),
        ([Act(Deed.COMMIT, MOTHER, 2, 5, "LP1")], Act(Deed.PAY, MOTHER, 1, 5, "LP1"), False),
        ([Act(Deed.COMMIT, CHILD, 1, 5, MOTHER)], Act(Deed.PAY, CHILD, 1, 5, MOTHER), False),
    ],
)
def test_the_model_knows_what_it_must_refuse(acts: list[Act], act: Act, is_allowed: bool) -> None:
    assert Model(frozenset({MOTHER, CHILD}), acts).allows(act) is is_allowed
