"""A holding passes to another fund: one movement, no money made or lost, cost and rights on both sides."""

from typing import Any

import pytest

from funds.book import Book
from funds.drafts.holdings import HoldingTransferDraft
from funds.errors import NotAllowed, RulesBroken
from funds.kinds import EntryKind, Role, ScopeKind
from funds.models import DealFact, Entry, Exit, Fund, Party
from funds.problems import Problem
from funds.queries.invariants import check_invariants
from funds.queries.ledger_slice import slice_ledger
from funds.queries.scopes import company_scope, fund_scope
from funds.recording import Recorded, record_holding_transfers
from funds.recording.corrections import Correction, correct_rows
from funds.recording.reversals import reverse_revision
from tests.builders import day, exit_, membership, person, problems_of, record, rows_of, wan

SOLD = "2023-06-30"


def sale(amount: int = 700, **more: Any) -> HoldingTransferDraft:
    kept = {"fund": "F1", "buyer": "M", "company": "C1", "transferred_ppm": 500_000, **more}
    return HoldingTransferDraft(amount_fen=wan(amount), transferred_on=day(SOLD), **kept)


def move(book: Book, *drafts: HoldingTransferDraft, person: str = "local") -> Recorded:
    with book.change(person, "内部转让") as change:
        return record_holding_transfers(change, drafts)


def codes(book: Book, *drafts: HoldingTransferDraft) -> list[tuple[str, str]]:
    with pytest.raises(RulesBroken) as broken:
        move(book, *drafts)
    return [(problem.code, problem.where) for problem in broken.value.problems]


def fund_id(book: Book, code: str) -> int:
    return int(rows_of(book, Fund, party_id=rows_of(book, Party, code=code)[0]["id"])[0]["id"])


def broken_invariants(book: Book) -> list[Problem]:
    with book.look() as look:
        return check_invariants(look.connection, look.version)


def test_a_transfer_between_funds_is_one_movement_that_sums_to_nothing(invested: Book) -> None:
    told = move(invested, sale())
    assert (told.new, told.same, told.total_fen) == (1, 0, wan(700))
    (exited,) = rows_of(invested, Exit)
    lines = rows_of(invested, Entry, movement_id=exited["movement_id"])
    assert [(line["kind"], line["amount_fen"]) for line in lines] == [
        (EntryKind.PROCEEDS, wan(700)),
        (EntryKind.INVESTMENT, -wan(700)),
    ]
    assert [line["fund_id"] for line in lines] == [fund_id(invested, "F1"), fund_id(invested, "M")]
    assert [row["paid_on"] for row in rows_of(invested, DealFact, movement_id=exited["movement_id"])] == [
        day(SOLD)
    ]
    assert broken_invariants(invested) == []


def test_the_same_transfer_again_adds_nothing(quick: Book) -> None:
    move(quick, sale())
    again = move(quick, sale())
    assert (again.new, again.same) == (0, 1)


def test_a_sale_that_is_on_file_without_its_buyer_is_not_recorded_twice(quick: Book) -> None:
    record(quick, exit_("F1", "C1", 700, SOLD, transferred_ppm=500_000))
    assert codes(quick, sale()) == [("twin.changed", "form:buyer")]


def test_either_side_of_it_in_a_workbook_is_nothing_new(quick: Book) -> None:
    move(quick, sale())
    told = record(quick, exit_("F1", "C1", 700, SOLD, transferred_ppm=500_000))
    assert (told["exit"].new, told["exit"].same) == (0, 1)


def test_a_fund_sells_to_another_what_it_holds(quick: Book) -> None:
    assert codes(quick, sale(buyer="F1")) == [("holding_transfer.to_self", "form:buyer")]
    assert codes(quick, sale(company="C3")) == [("holding.none", "form:company")]
    assert codes(quick, sale(0)) == [("amount.not_positive", "form:amount_fen")]
    assert codes(quick, sale(transferred_ppm=None)) == [("exit.no_cost", "form:cost_out_fen")]
    assert codes(quick, sale(transferred_ppm=None, cost_out_fen=wan(1_001))) == [
        ("exit.over_cost", "form:cost_out_fen")
    ]


def test_the_buyer_pays_with_what_it_has(quick: Book) -> None:
    assert codes(quick, sale(4_001)) == [("cash.negative", "form:amount_fen")]


def test_whoever_records_must_be_allowed_to_for_both_funds(invested: Book) -> None:
    seats = [(login, one) for login, scopes in (("seller", ("F1",)), ("both", ("F1", "M"))) for one in scopes]
    people = [person("seller"), person("both")]
    record(
        invested,
        *people,
        *(membership(login, Role.FUND_MANAGER, ScopeKind.FUND, fund) for login, fund in seats),
    )
    with pytest.raises(NotAllowed):
        move(invested, sale(), person="seller")
    assert move(invested, sale(), person="both").new == 1


def test_a_correction_of_one_side_is_a_correction_of_both(quick: Book) -> None:
    move(quick, sale())
    (exited,) = rows_of(quick, Exit)
    with quick.change("local", "金额有误", action="correct") as change:
        correct_rows(change, [Correction(Exit, exited["id"], {"amount_fen": wan(650)})])
    lines = rows_of(quick, Entry, movement_id=exited["movement_id"])
    assert sorted((line["amount_fen"], line["detail"]) for line in lines) == [
        (-wan(650), None),
        (wan(650), "transfer"),
    ]
    with quick.change("local", "方式有误", action="correct") as change:
        (now,) = rows_of(quick, Exit)
        correct_rows(change, [Correction(Exit, now["id"], {"kind": "buyback"})])
    lines = rows_of(quick, Entry, movement_id=exited["movement_id"])
    assert {line["detail"] for line in lines} == {None, "buyback"}
    assert broken_invariants(quick) == []


def test_undoing_it_undoes_both_sides(quick: Book) -> None:
    before = len(rows_of(quick, Entry))
    move(quick, sale())
    undone = quick.head().version
    with quick.change("local", "撤回", "reverse", reverses_id=undone) as change:
        reverse_revision(change, undone)
    assert len(rows_of(quick, Entry)) == before
    assert rows_of(quick, Exit) == []


def test_both_funds_show_it_once_on_the_firms_page(quick: Book) -> None:
    move(quick, sale())
    slice_ = slice_ledger(quick, "local", company_scope("C1"), day("2025-12-31"))
    (firm,) = [one.id for one in slice_.facts.companies.values() if one.code == "C1"]
    assert sorted(paper.paid_on for paper in slice_.open_company(firm).deals) == [
        day("2021-06-30"),
        day(SOLD),
    ]
    seller = slice_ledger(quick, "local", fund_scope("F1"), day("2025-12-31"))
    assert sum(seller.entries.amount.tolist()) == wan(3_000 - 1_500 + 700)
    assert problems_of(quick) == []
