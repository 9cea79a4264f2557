"""Everybody proposes and ends proposals: a verb lets in whom the table of rights says, on either engine."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from funds.book import Book, Change
from funds.drafts import Draft
from funds.drafts.periods import (
    ControlTotalDraft,
    FilingDraft,
    LateDraft,
    LockDraft,
    ReminderDraft,
    UnlockDraft,
)
from funds.drafts.proposals import ChangedValue, CorrectionDraft, ProposalDraft, write_drafts
from funds.errors import LedgerError, NotAllowed, NotFound
from funds.permissions import Action
from funds.recording import (
    approve_proposals,
    record_control_totals,
    record_filings,
    record_proposals,
    record_reminders,
    refuse_proposals,
    withdraw_proposals,
)
from funds.recording.proposal_kinds import KINDS
from tests.builders import fee, mark, nature, nav, policy, tag
from tests.dashboard.serving import Clock
from tests.engines import SqliteDatabases
from tests.matrix.cells import OTHER_PROPOSAL, OWN_PROPOSAL, OWNERS
from tests.matrix.city import OTHER_FUND, OWN_FUND, build_matrix_city
from tests.matrix.identities import Identity, Share, Standing

Rule = Callable[[Identity], bool]
# Rows of the other fund and of the own one, as the city records them.
OTHER_MARK, OWN_MARK = 2, 1


@dataclass(frozen=True)
class Attempt:
    """One act on proposals, and whom the table lets do it."""

    name: str
    act: Callable[[Change], object]
    rule: Rule


def holds(action: Action) -> Rule:
    """Whoever holds the right anywhere."""
    return lambda identity: identity.holds(action)


def holds_for(action: Action, code: str) -> Rule:
    """Whoever holds the right for a fund."""
    return lambda identity: identity.holds(action) and identity.covers_fund(code, OWNERS)


def proposing(kind: str, draft: Draft, rule: Rule, name: str = "") -> Attempt:
    """Propose one draft."""
    proposal = ProposalDraft(kind=kind, drafts=(draft,), reason="理由")
    return Attempt(f"propose {kind} {name}", lambda change: record_proposals(change, [proposal]), rule)


def correcting(row_id: int, code: str) -> Attempt:
    """Propose a correction of a mark."""
    draft = CorrectionDraft(table="mark", row_id=row_id, values=(ChangedValue("evidence", "新报告"),))
    return proposing("correction", draft, holds_for(Action.RECORD_BUSINESS, code), code)


def collecting(code: str) -> Iterator[Attempt]:
    """File a quarter of a fund, remind its manager, and propose to lock, to open and to enter it."""
    where: dict[str, Any] = {"fund": code, "quarter": "2026-Q1"}
    late = LateDraft(**where, noun="Fee", payload=write_drafts([fee(code, 1, "2026-02-01")]), reason="理由")
    total = ControlTotalDraft(**where, child=OWN_FUND, called_fen=0, distributed_fen=0)
    records, locks = (holds_for(action, code) for action in (Action.RECORD_BUSINESS, Action.LOCK_QUARTER))
    yield Attempt(f"file {code}", lambda change: record_filings(change, [FilingDraft(**where)]), records)
    yield Attempt(f"count {code}", lambda change: record_control_totals(change, [total]), records)
    yield Attempt(f"remind {code}", lambda change: record_reminders(change, [ReminderDraft(**where)]), locks)
    yield proposing("lock", LockDraft(**where, reason="理由"), locks, code)
    yield proposing("unlock", UnlockDraft(**where, reason="理由"), locks, code)
    yield proposing("late", late, records, code)


def ending(number: int, code: str) -> Iterator[Attempt]:
    """Approve, refuse and withdraw a proposal that `local` made."""
    for name, act, rule in (
        ("approve", lambda change: approve_proposals(change, [number]), Action.APPROVE_VALUES),
        ("refuse", lambda change: refuse_proposals(change, [number], "理由"), Action.APPROVE_VALUES),
    ):
        yield Attempt(f"{name} {code}", act, holds_for(rule, code))
    yield Attempt(
        f"withdraw {code}", lambda change: withdraw_proposals(change, [number]), lambda _identity: False
    )


ATTEMPTS: Sequence[Attempt] = (
    proposing("tag", tag("C3", "IC"), holds(Action.RECORD_REFERENCE)),
    proposing("nature", nature("GP"), holds(Action.RECORD_BUSINESS)),
    proposing("policy", policy("S02"), holds(Action.RECORD_CODE_BOOK)),
    *(
        proposing(kind, draft, holds_for(Action.RECORD_BUSINESS, code), code)
        for code, firm in ((OWN_FUND, "C1"), (OTHER_FUND, "C2"))
        for kind, draft in (
            ("mark", mark(code, firm, 5, "2023-12-31")),
            ("nav", nav(code, 5, "2023-12-31")),
        )
    ),
    correcting(OWN_MARK, OWN_FUND),
    correcting(OTHER_MARK, OTHER_FUND),
    *collecting(OWN_FUND),
    *collecting(OTHER_FUND),
    *ending(OTHER_PROPOSAL, OTHER_FUND),
    *ending(OWN_PROPOSAL, OWN_FUND),
)


@pytest.fixture(scope="module")
def sqlite_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A book of its own: an attempt that was let through must not reach the served one."""
    databases = SqliteDatabases(tmp_path_factory.mktemp("proposing"))
    book = Book(databases.copy_of("matrix city", build_matrix_city), clock=Clock())
    yield book
    book.close()


def judge(book: Book, identity: Identity, attempts: Sequence[Attempt]) -> list[str]:
    """The attempts that were let in or refused against the table; nothing is written."""
    wrong = []
    with book.change(identity.login, "matrix", dry_run=True) as change:
        for attempt in attempts:
            let_in = _is_let_in(change, attempt)
            if let_in is not attempt.rule(identity):
                wrong.append(f"{attempt.name}: {'let in' if let_in else 'refused'}")
    return wrong


def _is_let_in(change: Change, attempt: Attempt) -> bool:
    try:
        with change.rehearsing():
            attempt.act(change)
    except (NotAllowed, NotFound):
        return False
    except LedgerError:
        return True
    return True


def test_verbs_of_proposals_let_in_whom_the_table_says(sqlite_book: Book, identity: Identity) -> None:
    if identity.standing is Standing.ACTIVE:
        before = sqlite_book.head()
        assert judge(sqlite_book, identity, ATTEMPTS) == []
        assert sqlite_book.head() == before


def test_they_let_in_the_same_on_the_other_engine(
    postgres_book: Book, identity: Identity, share: Share
) -> None:
    if identity.standing is Standing.ACTIVE:
        assert judge(postgres_book, identity, share.take(ATTEMPTS)) == []


def test_every_kind_of_proposal_has_its_place() -> None:
    assert {attempt.name.split()[1] for attempt in ATTEMPTS if attempt.name.startswith("propose")} == set(
        KINDS
    )
