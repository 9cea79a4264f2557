"""Movements become signed lines: one per fund, or two where both sides are funds of the book."""

from typing import Any

from sqlalchemy import func, select

from funds.book import Book, visible
from funds.kinds import CommitmentChange, DistributionKind, EntryKind, ExitKind, FeeKind, ShareOrigin
from funds.models import (
    CommitmentMovement,
    Deal,
    DealFact,
    Entry,
    Exit,
    Holding,
    Party,
    Round,
    RoundInvestor,
)
from tests.builders import (
    base_city,
    commitment,
    contribution,
    day,
    distribution,
    exit_,
    fee,
    invested_city,
    investment,
    paid_city,
    record,
    round_,
    round_investor,
    rows_of,
    transfer,
    wan,
)


def lines_of(book: Book, *kinds: EntryKind) -> list[tuple[Any, ...]]:
    """Fund, counterparty, kind and amount (in 万元) of the ledger's lines of some kinds."""
    with book.look() as look:
        codes = {row.id: row.code for row in look.connection.execute(select(Party.id, Party.code))}
        funds = {1: "M", 2: "F1"}
        return [
            (
                funds[row["fund_id"]],
                codes.get(row["counterparty_id"]),
                str(row["kind"]),
                row["amount_fen"] // wan(1),
            )
            for row in rows_of(look, Entry)
            if row["kind"] in kinds
        ]


def movement_sums(book: Book) -> list[tuple[int, int]]:
    """Sum and number of lines of each movement that has more than one."""
    with book.look() as look:
        query = (
            select(func.sum(Entry.amount_fen), func.count())
            .where(visible(Entry, look.version))
            .group_by(Entry.movement_id)
            .having(func.count() > 1)
        )
        return [(int(row[0]), row[1]) for row in look.connection.execute(query)]


def test_an_outside_investor_has_no_line(book: Book) -> None:
    record(book, *base_city(), contribution("M", "LP1", 100, business_no="A"))
    (row,) = rows_of(book, Entry)
    assert row["movement_id"] == row["id"]
    assert (row["amount_fen"], row["moved_on"], row["business_no"]) == (wan(100), day("2020-03-01"), "A")
    assert (row["is_inside_commitment"], row["is_recallable"], row["origin"]) == (
        True,
        False,
        "contribution!2",
    )


def test_money_from_a_mother_makes_her_line_too(book: Book) -> None:
    record(book, *paid_city())
    assert lines_of(book, EntryKind.PAID_IN, EntryKind.STAKE_PAYMENT) == [
        ("M", "LP1", "paid_in", 6_000),
        ("F1", "M", "paid_in", 2_000),
        ("M", "F1", "stake_payment", -2_000),
        ("F1", "LP2", "paid_in", 1_000),
    ]
    assert movement_sums(book) == [(0, 2)]


def test_money_back_to_a_mother_makes_her_line_too(book: Book) -> None:
    back = distribution("F1", "M", 50, kind=DistributionKind.GAIN, is_recallable=True, is_in_kind=True)
    record(book, *paid_city(), back)
    lines = rows_of(book, Entry)[-2:]
    assert [(line["kind"], line["amount_fen"], line["movement_id"]) for line in lines] == [
        ("distribution", -wan(50), lines[0]["id"]),
        ("stake_receipt", wan(50), lines[0]["id"]),
    ]
    for line in lines:
        assert (line["detail"], line["is_recallable"], line["is_in_kind"]) == ("gain", True, True)


def test_fees_go_out_and_other_income_comes_in(book: Book) -> None:
    record(book, *paid_city(), fee("F1", 5), fee("F1", 2, kind=FeeKind.OTHER_INCOME))
    assert lines_of(book, EntryKind.FEE, EntryKind.OTHER_INCOME) == [
        ("F1", None, "fee", -5),
        ("F1", None, "other_income", 2),
    ]
    assert [row["detail"] for row in rows_of(book, Entry)][-2:] == ["management", "other_income"]


def test_a_deal_has_one_holding_and_one_line_per_payment(book: Book) -> None:
    record(
        book,
        *paid_city(),
        round_("R1", "C1", 100),
        investment("F1", "C1", 60, round="R1", decided_on=day("2021-06-01"), stake_ppm=5),
        investment("F1", "C1", 40, "2021-07-30", round="R1", instrument="增资"),
        investment("F1", "C1", 10, "2022-01-01"),
        investment("F1", "C1", 11, "2022-02-01"),
    )
    assert len(rows_of(book, Holding)) == 1
    assert [deal["round_id"] for deal in rows_of(book, Deal)] == [1, None]
    lines = rows_of(book, Entry, kind=EntryKind.INVESTMENT)
    assert [line["deal_id"] for line in lines] == [1, 1, 2, 2]
    facts = rows_of(book, DealFact)
    assert [fact["movement_id"] for fact in facts] == [line["id"] for line in lines]
    assert [(fact["decided_on"], fact["instrument"], fact["stake_ppm"]) for fact in facts[:2]] == [
        (day("2021-06-01"), None, 5),
        (None, "增资", None),
    ]
    record(book, investment("F1", "C1", 12, "2023-01-01"))
    assert len(rows_of(book, Holding)) == 1
    assert len(rows_of(book, Deal)) == 2


def test_an_exit_is_an_exit_row_and_a_line(book: Book) -> None:
    record(book, *invested_city(), exit_("F1", "C1", 80, cost_out_fen=wan(60), business_no="T"))
    (row,) = rows_of(book, Exit)
    line = rows_of(book, Entry)[-1]
    assert (line["kind"], line["amount_fen"], line["detail"]) == ("proceeds", wan(80), "transfer")
    assert (row["movement_id"], row["holding_id"]) == (line["id"], line["holding_id"])
    assert (row["amount_fen"], row["cost_out_fen"], row["business_no"]) == (wan(80), wan(60), "T")


def test_a_write_off_writes_no_line(book: Book) -> None:
    lost = exit_("F1", "C1", 0, kind=ExitKind.WRITE_OFF)
    record(book, *invested_city(), lost, exit_("F1", "C2", 3, kind=ExitKind.DIVIDEND))
    assert [(row["kind"], row["movement_id"] is None) for row in rows_of(book, Exit)] == [
        ("write_off", True),
        ("dividend", False),
    ]
    assert len(rows_of(book, Entry, kind=EntryKind.PROCEEDS)) == 1


def test_commitments_are_signed_by_their_kind(book: Book) -> None:
    record(
        book,
        *base_city(),
        commitment("F1", "LP2", 100, "2021-01-01", kind=CommitmentChange.INCREASE),
        commitment("F1", "LP2", 50, "2021-02-01", kind=CommitmentChange.DECREASE),
        commitment("F1", "LP2", 40, "2021-03-01", kind=CommitmentChange.CANCEL),
    )
    assert [row["amount_fen"] // wan(1) for row in rows_of(book, CommitmentMovement)][-3:] == [100, -50, -40]


def test_a_transferred_commitment_has_two_halves(book: Book) -> None:
    record(book, *base_city(), transfer("F1", "LP2", "LP1", 500, basis="协议"))
    halves = rows_of(book, CommitmentMovement, kind=CommitmentChange.TRANSFER)
    assert [half["amount_fen"] for half in halves] == [-wan(500), wan(500)]
    assert {half["movement_id"] for half in halves} == {halves[0]["id"]}
    assert [half["basis"] for half in halves] == ["协议", "协议"]
    assert halves[0]["commitment_id"] != halves[1]["commitment_id"]


def test_a_round_keeps_who_bought_new_and_old_shares(book: Book) -> None:
    record(
        book,
        *base_city(),
        round_("R1", "C1", 100, secondary_fen=wan(30)),
        round_investor("R1", "LP2", 70),
        round_investor("R1", "LP2", 30, ShareOrigin.SECONDARY),
    )
    assert [row["code"] for row in rows_of(book, Round)] == ["R1"]
    assert [row["share_origin"] for row in rows_of(book, RoundInvestor)] == ["primary", "secondary"]


def test_totals_are_of_what_was_new(book: Book) -> None:
    first = record(book, *invested_city())
    assert first["investment"].total_fen == wan(1_500)
    assert first["commitment"].total_fen == wan(16_000)
    more = record(book, *invested_city(), investment("F1", "C1", 7, business_no="Z"))
    assert (more["investment"].new, more["investment"].total_fen) == (1, wan(7))
