"""Proposals and their ends are by the hand that they name, and no approval is by the proposer's."""

from collections.abc import Iterator

import pytest

from funds.book import Book, Change
from funds.errors import RulesBroken
from funds.kinds import ProposalOutcome
from funds.models import Proposal, ProposalEnd
from funds.queries.invariants import check_invariants
from funds.recording import check_whole
from funds.rules.breaches import Reach
from funds.rules.proposals import check_proposals
from tests.builders import prepared_book, tag
from tests.engines import Databases, SqliteDatabases
from tests.funds.recording.proposal_city import approve, id_of, propose, proposing_city, withdraw


@pytest.fixture
def city(databases: Databases) -> Iterator[Book]:
    with prepared_book(databases, "proposing", proposing_city) as book:
        propose(book, "official", "tag", tag("C1", "IC"))
        yield book


@pytest.fixture
def quick_city(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The same on the engine that is quick."""
    with prepared_book(sqlite, "proposing", proposing_city) as book:
        propose(book, "official", "tag", tag("C1", "IC"))
        yield book
    sqlite.drop_made()


def codes_of(book: Book) -> list[str]:
    """What is broken in the whole book."""
    with book.look() as look:
        return [breach.code for breach in check_proposals(Reach(look.connection, look.version))]


def end_as(change: Change, named: int, proposer: int, outcome: ProposalOutcome) -> None:
    """End the first proposal past the verbs, naming people at will."""
    row = {
        "proposal_id": 1,
        "outcome": outcome,
        "reason": None,
        "proposer_id": proposer,
        "ended_by_id": named,
        "origin": None,
    }
    change.add(ProposalEnd, [row])


def test_sound_proposals_keep_the_rules(city: Book) -> None:
    approve(city, "signatory", 1)
    withdraw(city, "official", propose(city, "official", "tag", tag("C2", "IC")))
    assert codes_of(city) == []
    with city.look() as look:
        assert check_invariants(look.connection, look.version) == []


@pytest.mark.parametrize(
    ("by", "named", "proposer", "outcome", "code"),
    [
        ("official", "signatory", "official", ProposalOutcome.APPROVED, "proposal.other_hand"),
        ("official", "official", "signatory", ProposalOutcome.APPROVED, "proposal.other_hand"),
        ("signatory", "official", "official", ProposalOutcome.WITHDRAWN, "proposal.other_hand"),
        ("signatory", "signatory", "signatory", ProposalOutcome.WITHDRAWN, "proposal.other_hand"),
    ],
)
def test_an_end_by_another_hand_breaks_the_rule(
    quick_city: Book, by: str, named: str, proposer: str, outcome: ProposalOutcome, code: str
) -> None:
    said = (id_of(quick_city, named), id_of(quick_city, proposer), outcome)
    with pytest.raises(RulesBroken) as broken, quick_city.change(by, "past the verb") as change:
        end_as(change, *said)
        check_whole(change)
    assert [problem.code for problem in broken.value.problems] == [code]
    with quick_city.change(by, "past every rule") as change:
        end_as(change, *said)
    assert codes_of(quick_city) == [code]
    with quick_city.look() as look:
        found = check_invariants(look.connection, look.version)
    assert [(problem.code, problem.where) for problem in found] == [("invariant.rule", "proposal_end#1")]


def test_a_proposal_in_anothers_name_and_its_approval_by_the_writer_break_the_rules(quick_city: Book) -> None:
    other = id_of(quick_city, "signatory")
    with quick_city.look() as look:
        row = dict(look.connection.execute(Proposal.__table__.select()).mappings().one())
    kept = {name: value for name, value in row.items() if name not in ("id", "revision_id")}
    with quick_city.change("official", "in another's name") as change:
        (forged,) = change.add(Proposal, [{**kept, "proposer_id": other}])
        official = id_of(quick_city, "official")
        end = {"proposal_id": forged, "outcome": ProposalOutcome.APPROVED, "reason": None, "origin": None}
        change.add(ProposalEnd, [{**end, "proposer_id": other, "ended_by_id": official}])
    assert codes_of(quick_city) == ["proposal.other_hand", "proposal.own_approval"]
