"""A proposal changes nothing until a second person approves it, who is never one of those whose own it is."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from funds.book import Book
from funds.drafts import Draft
from funds.drafts.proposals import ProposalDraft
from funds.errors import Conflict, LedgerError, NotAllowed, NotFound, RulesBroken
from funds.kinds import Nature, ProposalOutcome, Role, ScopeKind
from funds.models import (
    BookRow,
    CompanyTag,
    FundNav,
    Mark,
    Membership,
    PartyFact,
    PartyNature,
    Policy,
    Proposal,
    ProposalEnd,
    ProposalSubject,
)
from funds.permissions import CITY
from funds.queries.proposals import ProposalState, read_proposals
from funds.recording import end_memberships, record_proposals, retire_person
from funds.recording.corrections import Correction, correct_rows
from funds.recording.reversals import reverse_revision
from tests.builders import (
    day,
    mark,
    membership,
    nature,
    nav,
    policy,
    prepared_book,
    record,
    rows_of,
    tag,
    wan,
)
from tests.engines import Databases, SqliteDatabases
from tests.funds.recording.proposal_city import (
    approve,
    correction,
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
    """The same on the engine that is quick, for what does not depend on the engine."""
    with prepared_book(sqlite, "proposing", proposing_city) as book:
        yield book
    sqlite.drop_made()


def fault_of(act: Callable[..., object], *given: Any, **more: Any) -> LedgerError:
    """What stands in the way."""
    with pytest.raises(LedgerError) as refused:
        act(*given, **more)
    return refused.value


def rules_of(fault: LedgerError) -> list[str]:
    """The rules that are broken."""
    assert isinstance(fault, RulesBroken)
    return [problem.code for problem in fault.problems]


def test_a_tag_stands_only_after_somebody_else_approved_it(city: Book) -> None:
    waiting = propose(city, "official", "tag", tag("C1", "IC", 60, is_primary=True), tag("C1", "BIO", 40))
    assert rows_of(city, CompanyTag) == []
    version = approve(city, "signatory", waiting, reason="已核对")
    found = [(row["weight_ppm"], row["revision_id"]) for row in rows_of(city, CompanyTag)]
    assert found == [(600_000, version), (400_000, version)]
    ended = proposed(city, waiting)
    assert ended.state is ProposalState.APPROVED
    assert ended.ending is not None
    assert (ended.ending.person_id, ended.ending.reason, ended.ending.version) == (
        id_of(city, "signatory"),
        "已核对",
        version,
    )


@pytest.mark.parametrize(
    ("kind", "draft", "by", "approver", "model", "said"),
    [
        ("tag", tag("C1", "IC"), "manager", "analyst", CompanyTag, {"weight_ppm": 1_000_000}),
        (
            "nature",
            nature("LP1", Nature.SOCIAL),
            "official",
            "signatory",
            PartyNature,
            {"nature": Nature.SOCIAL},
        ),
        ("mark", mark("F1", "C1", 900), "manager", "reviewer", Mark, {"fair_value_fen": wan(900)}),
        ("nav", nav("F1", 50), "official", "reviewer", FundNav, {"nav_fen": wan(50)}),
        ("nav", nav("F1", 20, investor="M"), "manager", "reviewer", FundNav, {"nav_fen": wan(20)}),
        ("policy", policy("S02"), "analyst", "signatory", Policy, {"value_e6": 60_000_000}),
    ],
)
def test_every_kind_is_recorded_by_its_own_verb_as_confirmed(
    city: Book, kind: str, draft: Draft, by: str, approver: str, model: Any, said: dict[str, object]
) -> None:
    waiting = propose(city, by, kind, draft)
    assert rows_of(city, model) == []
    approve(city, approver, waiting)
    (row,) = rows_of(city, model)
    vetted = {"confirmed_by_id", "approved_by_id"} & row.keys()
    assert {name: row[name] for name in said} == said
    assert [row[column] for column in vetted] == [id_of(city, approver)] * len(vetted)


def test_a_correction_of_what_others_recorded_waits_for_the_city(quick_city: Book) -> None:
    (row,) = rows_of(quick_city, PartyFact, name="市财政局")
    waiting = propose(
        quick_city, "official", "correction", correction("party_fact", row["id"], name="机构甲")
    )
    assert fault_of(approve, quick_city, "colleague", waiting).code == "permission.refused"
    approve(quick_city, "analyst", waiting)
    assert rows_of(quick_city, PartyFact, name="机构甲") != []
    assert proposed(quick_city, waiting).about == f"party_fact#{row['id']}"


def test_a_correction_in_a_fund_belongs_to_that_fund(quick_city: Book) -> None:
    record(quick_city, mark("F1", "C1", 900), person="manager")
    (row,) = rows_of(quick_city, Mark)
    draft = correction("mark", row["id"], valued_on="2024-12-30", method="other", fair_value_fen=wan(901))
    waiting = propose(quick_city, "manager", "correction", draft)
    assert [scope.kind for scope in proposed(quick_city, waiting).scopes] == [ScopeKind.FUND]
    assert fault_of(approve, quick_city, "reviewer", waiting).code == "permission.refused"
    approve(quick_city, "official", waiting)
    (after,) = rows_of(quick_city, Mark)
    assert (after["valued_on"], after["fair_value_fen"], after["replaces_id"]) == (
        day("2024-12-30"),
        wan(901),
        row["id"],
    )


def test_a_proposal_belongs_to_whoever_speaks_or_to_its_funds(quick_city: Book) -> None:
    for login, kind, draft in (
        ("official", "tag", tag("C1", "IC")),
        ("analyst", "tag", tag("C2", "IC")),
        ("manager", "mark", mark("F1", "C1", 900)),
    ):
        propose(quick_city, login, kind, draft)
    subjects = [(row["fund_id"], row["park_id"]) for row in rows_of(quick_city, ProposalSubject)]
    assert [(fund is None, park is None) for fund, park in subjects] == [(True, False), (False, True)]
    assert [row["is_city_wide"] for row in rows_of(quick_city, Proposal)] == [True, True, False]
    assert proposed(quick_city, 1).scopes == (CITY,)


def test_one_draft_becomes_a_proposal_for_each_thing_it_is_about(quick_city: Book) -> None:
    draft = ProposalDraft(kind="tag", drafts=(tag("C1", "IC"), tag("C2", "IC")), reason="年报")
    with quick_city.change("official", "two firms", "propose") as change:
        assert record_proposals(change, [draft]) == [1, 2]
    assert [proposed(quick_city, one).about for one in (1, 2)] == ["C1", "C2"]


# What is one's own


def test_threat_05_nobody_approves_their_own(city: Book) -> None:
    """T05: neither as they stand, nor with a second role, nor after a change of role; the role is not the point."""
    waiting = propose(city, "official", "tag", tag("C1", "IC"))
    record(city, membership("official", Role.COMMISSION_SIGNATORY))
    with city.change("local", "another role", "people") as change:
        (row,) = rows_of(city, Membership, person_id=id_of(city, "official"), role=Role.PARK_OFFICIAL)
        end_memberships(change, [row["id"]], change.on)
    refused = fault_of(approve, city, "official", waiting)
    assert (type(refused), refused.code) == (NotAllowed, "proposal.own")
    assert fault_of(refuse, city, "official", waiting).code == "proposal.own"
    assert rows_of(city, CompanyTag) == []
    approve(city, "signatory", waiting)


def test_threat_05_a_signatory_does_not_sign_alone(quick_city: Book) -> None:
    """T05: whoever holds both rights proposes like anybody else, and waits for another."""
    waiting = propose(quick_city, "signatory", "policy", policy("S02"))
    assert fault_of(approve, quick_city, "signatory", waiting).code == "proposal.own"
    approve(quick_city, "second", waiting)


def test_threat_05_what_was_withdrawn_stays_ones_own(quick_city: Book) -> None:
    """T05: proposing, withdrawing and letting somebody else propose the very same does not make it another's."""
    first = propose(quick_city, "signatory", "tag", tag("C1", "IC"))
    withdraw(quick_city, "signatory", first)
    again = propose(quick_city, "official", "tag", tag("C1", "IC"), reason="另行说明")
    assert fault_of(approve, quick_city, "signatory", again).code == "proposal.own"
    approve(quick_city, "second", again)


@pytest.mark.parametrize(
    ("kind", "draft", "right"),
    [
        ("mark", mark("F1", "C1", 900), Role.FUND_REVIEWER),
        ("nav", nav("F1", 50), Role.FUND_REVIEWER),
        ("nature", nature("LP1"), Role.COMMISSION_SIGNATORY),
    ],
)
def test_threat_05_the_maker_of_a_waiting_row_does_not_approve_a_colleagues_proposal_of_it(
    quick_city: Book, kind: str, draft: Draft, right: Role
) -> None:
    """T05: the maker gains the checker's role meanwhile, and a colleague asks for the approval."""
    record(quick_city, draft, person="manager")
    waiting = propose(quick_city, "official", kind, draft)
    record(quick_city, membership("manager", right))
    assert fault_of(approve, quick_city, "manager", waiting).code == "proposal.own"
    approve(quick_city, "signatory", waiting)
    models: dict[str, type[BookRow]] = {"mark": Mark, "nav": FundNav, "nature": PartyNature}
    (row,) = rows_of(quick_city, models[kind])
    assert row["replaces_id"] is not None


def test_whoever_recorded_another_value_may_approve_this_one(quick_city: Book) -> None:
    record(quick_city, mark("F1", "C1", 901), person="manager")
    waiting = propose(quick_city, "signatory", "mark", mark("F1", "C1", 900))
    record(quick_city, membership("manager", Role.FUND_REVIEWER, ScopeKind.FUND, "F1"))
    approve(quick_city, "manager", waiting)


@pytest.mark.parametrize("outcome", [ProposalOutcome.APPROVED, ProposalOutcome.REFUSED])
def test_threat_05_the_database_refuses_an_end_by_the_proposers_own_hand(
    city: Book, outcome: ProposalOutcome
) -> None:
    """T05: written past every verb, the row still does not go in; nor does a withdrawal by another."""
    waiting = propose(city, "official", "tag", tag("C1", "IC"))
    official, other = id_of(city, "official"), id_of(city, "signatory")
    row = {"proposal_id": waiting, "reason": None, "proposer_id": official, "origin": None}
    for bad in (
        {"outcome": outcome, "ended_by_id": official},
        {"outcome": ProposalOutcome.WITHDRAWN, "ended_by_id": other},
    ):
        with pytest.raises(Exception, match="two_people"), city.change("official", "past") as change:
            change.add(ProposalEnd, [{**row, **bad}])
    with pytest.raises(Exception, match=r"(?i)append_only|unique"), city.change("local", "twice") as change:
        twice = {**row, "outcome": outcome, "ended_by_id": other}
        change.add(ProposalEnd, [twice, twice])


def test_threat_04_an_approval_asks_for_the_right_again(city: Book) -> None:
    """T04: the proposer's right to propose and the approver's right to approve are those of the day of the approval."""
    waiting = propose(city, "manager", "mark", mark("F1", "C1", 900))
    (row,) = rows_of(city, Membership, person_id=id_of(city, "manager"))
    (reviewing,) = rows_of(city, Membership, person_id=id_of(city, "reviewer"))
    with city.change("local", "leaves", "people") as change:
        end_memberships(change, [row["id"]], change.on)
    gone = fault_of(approve, city, "reviewer", waiting)
    assert (type(gone), gone.code) == (Conflict, "proposal.proposer_may_no_longer")
    assert gone.params == {"about": "F1", "person": "用户manager"}
    record(city, membership("manager", Role.FUND_MANAGER, ScopeKind.FUND, "M"))
    assert fault_of(approve, city, "reviewer", waiting).code == "proposal.proposer_may_no_longer"
    with city.change("local", "leaves too", "people") as change:
        end_memberships(change, [reviewing["id"]], change.on)
    for act in (approve, refuse):
        assert fault_of(act, city, "reviewer", waiting).code == "proposal.unknown"
    record(city, membership("reviewer", Role.AUDITOR, ScopeKind.FUND, "F1"))
    for act in (approve, refuse):
        assert fault_of(act, city, "reviewer", waiting).code == "permission.refused"
    refuse(city, "signatory", waiting)


def test_threat_04_a_retired_proposers_wish_is_not_carried_out(quick_city: Book) -> None:
    waiting = propose(quick_city, "official", "tag", tag("C1", "IC"))
    with quick_city.change("local", "left", "people") as change:
        retire_person(change, "official")
    assert fault_of(approve, quick_city, "signatory", waiting).code == "proposal.proposer_may_no_longer"


def test_threat_04_a_correction_does_not_move_a_row_to_another_owner(quick_city: Book) -> None:
    """T04: the right is asked for the row as it is and as it would be."""
    record(quick_city, nav("F1", 50), person="manager")
    (row,) = rows_of(quick_city, FundNav)
    draft = correction("fund_nav", row["id"], fund_id=row["fund_id"] + 1)
    assert rules_of(fault_of(propose, quick_city, "manager", "correction", draft)) == [
        "correction.fixed_column"
    ]


# Who may do what


@pytest.mark.parametrize(
    ("login", "kind", "draft"),
    [
        ("reviewer", "mark", mark("F1", "C1", 900)),
        ("manager", "nav", nav("M", 5)),
        ("reviewer", "tag", tag("C1", "IC")),
        ("official", "policy", policy("S02")),
    ],
)
def test_nobody_proposes_beyond_their_right(quick_city: Book, login: str, kind: str, draft: Draft) -> None:
    assert fault_of(propose, quick_city, login, kind, draft).code == "permission.refused"


@pytest.mark.parametrize(
    ("login", "kind", "draft"),
    [
        ("colleague", "tag", tag("C1", "IC")),
        ("analyst", "nature", nature("LP1")),
        ("analyst", "mark", mark("F1", "C1", 900)),
    ],
)
def test_only_whoever_may_confirm_ends_anothers_proposal(
    quick_city: Book, login: str, kind: str, draft: Draft
) -> None:
    waiting = propose(quick_city, "official", kind, draft)
    for act in (approve, refuse):
        assert fault_of(act, quick_city, login, waiting).code == "permission.refused"
    assert fault_of(withdraw, quick_city, login, waiting).code == "proposal.not_own"


def test_a_row_out_of_sight_takes_no_correction(quick_city: Book) -> None:
    record(quick_city, nature("GP", evidence="证据"), nav("M", 5))
    (hidden,) = rows_of(quick_city, FundNav)
    for table, row_id in (
        ("fund_nav", hidden["id"]),
        ("fund_nav", 999),
        ("nowhere", 1),
        ("membership", 1),
        ("person_fact", 1),
    ):
        draft = correction(table, row_id, nav_fen=1)
        fault = fault_of(propose, quick_city, "manager", "correction", draft)
        assert (type(fault), fault.code) == (NotFound, "proposal.no_such_row")


# How it ends


def test_a_refusal_needs_a_reason_and_changes_nothing_else(quick_city: Book) -> None:
    waiting = propose(quick_city, "official", "tag", tag("C1", "IC"))
    assert rules_of(fault_of(refuse, quick_city, "signatory", waiting, " ")) == ["proposal.no_reason"]
    assert rules_of(fault_of(refuse, quick_city, "signatory", waiting, "\x07")) == ["value.control_character"]
    refuse(quick_city, "signatory", waiting, " 依据不足 ")
    ending = proposed(quick_city, waiting).ending
    assert ending is not None
    assert (ending.outcome, ending.reason) == (ProposalOutcome.REFUSED, "依据不足")
    assert rows_of(quick_city, CompanyTag) == []
    assert propose(quick_city, "official", "tag", tag("C1", "IC")) == 2, "what was refused may be asked anew"


@pytest.mark.parametrize(
    ("end", "by", "code"),
    [
        (approve, "signatory", "proposal.already_approved"),
        (refuse, "signatory", "proposal.already_refused"),
        (withdraw, "official", "proposal.already_withdrawn"),
    ],
)
def test_a_proposal_ends_once(quick_city: Book, end: Callable[..., object], by: str, code: str) -> None:
    waiting = propose(quick_city, "official", "tag", tag("C1", "IC"))
    end(quick_city, by, waiting)
    late: list[tuple[Callable[..., object], str]] = [
        (approve, "second"),
        (refuse, "second"),
        (withdraw, "official"),
    ]
    for act, login in late:
        fault = fault_of(act, quick_city, login, waiting)
        assert (type(fault), fault.code) == (Conflict, code)
        assert fault.params["person"] == f"用户{by}"
    assert fault_of(approve, quick_city, "second", 99).code == "proposal.unknown"


def test_what_was_reversed_with_its_change_waits_no_more(quick_city: Book) -> None:
    waiting = propose(quick_city, "official", "tag", tag("C1", "IC"))
    made = proposed(quick_city, waiting).version
    with quick_city.change("official", "undo", "reverse", reverses_id=made) as change:
        reverse_revision(change, made)
    assert proposed(quick_city, waiting).state is ProposalState.UNDONE
    assert fault_of(approve, quick_city, "signatory", waiting).code == "proposal.undone"
    with quick_city.change("official", "after all", "reverse", reverses_id=change.revision_id) as again:
        reverse_revision(again, change.revision_id)
    assert proposed(quick_city, waiting).is_open
    version = approve(quick_city, "signatory", waiting)
    with quick_city.change("signatory", "wrong", "reverse", reverses_id=version) as change:
        assert reverse_revision(change, version) == 1
    assert rows_of(quick_city, CompanyTag) == []
    ending = proposed(quick_city, waiting).ending
    assert ending is not None
    assert ending.is_reversed


# What happened meanwhile


def test_a_stale_approval_says_what_happened_meanwhile(city: Book) -> None:
    waiting = propose(city, "official", "tag", tag("C1", "IC"))
    other = propose(city, "manager", "tag", tag("C1", "BIO", on="2021-01-01"))
    version = approve(city, "signatory", other)
    fault = fault_of(approve, city, "second", waiting)
    assert (type(fault), fault.code) == (Conflict, "proposal.overtaken")
    assert fault.params == {
        "about": "C1",
        "seen": str(version - 2),
        "version": str(version),
        "person": "用户signatory",
        "rows": "1",
    }
    refuse(city, "second", waiting, "已按另一提议办理")


def test_a_correction_is_overtaken_by_another_of_the_same_row(quick_city: Book) -> None:
    (row,) = rows_of(quick_city, PartyFact, name="市财政局")
    waiting = propose(
        quick_city, "official", "correction", correction("party_fact", row["id"], name="机构甲")
    )
    with quick_city.change("local", "rename", "correct") as change:
        correct_rows(change, [Correction(PartyFact, row["id"], {"name": "机构乙"})])
    assert fault_of(approve, quick_city, "analyst", waiting).code == "proposal.overtaken"


def test_what_the_proposer_saw_must_still_hold_when_proposing(quick_city: Book) -> None:
    seen = quick_city.head().version
    record(quick_city, tag("C1", "IC"))
    fault = fault_of(
        propose, quick_city, "official", "tag", tag("C1", "BIO", on="2021-01-01"), seen_version=seen
    )
    assert fault.code == "proposal.overtaken"
    now = quick_city.head().version
    propose(quick_city, "official", "tag", tag("C1", "BIO", on="2021-01-01"), seen_version=now)


def test_other_rows_do_not_overtake(quick_city: Book) -> None:
    waiting = propose(quick_city, "manager", "mark", mark("F1", "C1", 900))
    record(quick_city, mark("F1", "C1", 800, "2023-12-31"), tag("C1", "IC"))
    approve(quick_city, "reviewer", waiting)


# What may be proposed


def test_the_same_is_not_proposed_twice(quick_city: Book) -> None:
    waiting = propose(quick_city, "official", "tag", tag("C1", "IC"))
    fault = fault_of(propose, quick_city, "colleague", "tag", tag("C1", "IC"))
    assert (fault.code, fault.params) == ("proposal.asked_before", {"about": "C1"})
    hidden = propose(quick_city, "manager", "tag", tag("C1", "IC"))
    assert hidden == waiting + 1, "what is not the manager's to see does not stand in the way"
    withdraw(quick_city, "official", waiting)
    assert fault_of(propose, quick_city, "official", "tag", tag("C1", "IC")).code == "proposal.asked_before"
    approve(quick_city, "signatory", hidden)


def test_what_stands_already_is_no_proposal(quick_city: Book) -> None:
    record(quick_city, tag("C1", "IC"), mark("F1", "C1", 900), nature("LP1"))
    for kind, draft in (("tag", tag("C1", "IC")), ("mark", mark("F1", "C1", 900)), ("nature", nature("LP1"))):
        assert rules_of(fault_of(propose, quick_city, "official", kind, draft)) == ["proposal.nothing_new"]


def test_what_breaks_a_rule_is_not_proposed(quick_city: Book) -> None:
    for kind, drafts, codes in (
        ("tag", [tag("C1", "IC", 70), tag("C1", "BIO", 70)], ["tag.over_whole", "tag.tie"]),
        ("tag", [tag("C9", "IC")], ["code.unknown"]),
        ("tag", [tag("C1", "IC", segment="IC-9")], ["code.unknown"]),
        ("mark", [mark("F1", "C1", -1)], ["amount.negative"]),
        ("tag", [], ["proposal.nothing_new"]),
        ("nature", [tag("C1", "IC")], ["proposal.nothing_new"]),
        ("tag", [tag("C1", "IC", on="2020-01-01", basis="据" * 2_000)] * 12, ["proposal.too_long"]),
    ):
        assert rules_of(fault_of(propose, quick_city, "official", kind, *drafts)) == codes
    assert fault_of(propose, quick_city, "official", "wish", tag("C1", "IC")).code == "proposal.no_such_kind"
    fault = fault_of(propose, quick_city, "official", "tag", tag("C1", "IC"), reason="")
    assert rules_of(fault) == ["proposal.no_reason"]
    assert fault_of(propose, quick_city, "official", "mark", mark("F9", "C1", 1)).code == "code.unknown"
    assert rows_of(quick_city, Proposal) == []


def test_what_only_the_approver_may_write_is_judged_by_the_approval(quick_city: Book) -> None:
    waiting = propose(quick_city, "analyst", "policy", policy("S02", words="六成", value_e6=1))
    assert rules_of(fault_of(approve, quick_city, "signatory", waiting)) == ["policy.value_or_words"]
    assert proposed(quick_city, waiting).is_open


@pytest.mark.parametrize(
    "values", [{"valued_on": "year's end"}, {"method": "guess"}, {"fair_value_fen": "much"}, {"evidence": 3}]
)
def test_a_correction_takes_only_what_its_column_holds(quick_city: Book, values: dict[str, Any]) -> None:
    record(quick_city, mark("F1", "C1", 900), person="manager")
    draft = correction("mark", rows_of(quick_city, Mark)[0]["id"], **values)
    assert rules_of(fault_of(propose, quick_city, "manager", "correction", draft)) == ["correction.bad_value"]


def test_a_correction_may_empty_a_column_and_knows_only_columns_that_are_there(quick_city: Book) -> None:
    record(quick_city, mark("F1", "C1", 900, evidence="旧"), person="manager")
    row_id = rows_of(quick_city, Mark)[0]["id"]
    waiting = propose(quick_city, "manager", "correction", correction("mark", row_id, evidence=None))
    approve(quick_city, "official", waiting)
    (row,) = rows_of(quick_city, Mark)
    assert row["evidence"] is None
    draft = correction("mark", row["id"], colour="red")
    assert rules_of(fault_of(propose, quick_city, "manager", "correction", draft)) == [
        "correction.fixed_column"
    ]


def test_a_correction_of_a_citys_list_or_a_parks_figure_takes_the_right_of_its_table(
    quick_city: Book,
) -> None:
    from funds.models import ParkFact, ParkFigure
    from tests.builders import park_figure

    record(quick_city, park_figure("P1"), person="official")
    (figure,) = rows_of(quick_city, ParkFigure)
    (park,) = rows_of(quick_city, ParkFact, name="园区P1")
    own = propose(
        quick_city, "official", "correction", correction("park_figure", figure["id"], value_e6=61_000_000)
    )
    listed = propose(
        quick_city, "official", "correction", correction("park_fact", park["id"], district="某区")
    )
    approve(quick_city, "colleague", own)
    assert fault_of(approve, quick_city, "colleague", listed).code == "permission.refused"
    approve(quick_city, "analyst", listed)
    both = ProposalDraft(
        kind="correction",
        drafts=(correction("park_fact", 999, level="x"),),
        reason="一并更正",
    )
    with pytest.raises(NotFound), quick_city.change("official", "x", "propose") as change:
        record_proposals(change, [both])


def test_proposals_are_known_as_of_a_version(quick_city: Book) -> None:
    before = quick_city.head().version
    waiting = propose(quick_city, "official", "tag", tag("C1", "IC"))
    approve(quick_city, "signatory", waiting)
    with quick_city.look() as look:
        assert read_proposals(look.connection, before) == []
        assert read_proposals(look.connection, before + 1)[0].is_open
        assert read_proposals(look.connection, look.version, only_open=True) == []
        assert [one.id for one in read_proposals(look.connection, look.version, about="C1")] == [waiting]
