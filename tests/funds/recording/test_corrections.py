"""A correction takes the place of a row, and of everything that says the same thing elsewhere."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from funds.book import Book, Findings
from funds.drafts import Draft, Place
from funds.errors import NotAllowed, RulesBroken
from funds.kinds import CommitmentChange, EntryKind, ExitKind, FeeKind, ParkRelation, Role, ScopeKind
from funds.models import (
    CallNotice,
    CommitmentMovement,
    CompanyFact,
    DealFact,
    Definition,
    Entry,
    Exit,
    FundFact,
    FundPark,
    Mark,
    Membership,
    ParkFact,
    ParkFigure,
    PartyFact,
    PersonFact,
    Policy,
    Replaceable,
    RoundFact,
)
from funds.recording.corrections import Correction, correct_rows, correctable
from tests.builders import (
    day,
    exit_,
    fee,
    fund_park,
    invested_city,
    mark,
    membership,
    notice,
    park_figure,
    party,
    person,
    prepared_book,
    record,
    rows_of,
    transfer,
    wan,
    whole_city,
)
from tests.engines import SqliteDatabases


def correct(
    book: Book, model: type[Replaceable], row_id: int, values: Mapping[str, object], by: str = "local"
) -> list[int]:
    """One correction as a change of its own."""
    with book.change(by, "correction") as change:
        return correct_rows(change, [Correction(model, row_id, values)])


def refusals(book: Book, model: type[Replaceable], row_id: int, values: Mapping[str, object]) -> list[Any]:
    """Codes and places of why a correction is refused."""
    with pytest.raises(RulesBroken) as broken:
        correct(book, model, row_id, values)
    return [(problem.code, problem.where) for problem in broken.value.problems]


def find(book: Book, model: type[Replaceable], **equal: object) -> dict[str, Any]:
    """The one visible row of a table with some values."""
    (row,) = rows_of(book, model, **equal)
    return row


def test_a_correction_replaces_the_row_and_keeps_the_rest(invested: Book) -> None:
    book = invested
    (row_id,) = correct(book, PartyFact, 1, {"name": "市财政局（新）"})
    row = find(book, PartyFact, id=row_id)
    assert (row["name"], row["party_id"], row["replaces_id"]) == ("市财政局（新）", 1, 1)
    assert row["origin"] is None
    with book.look(2) as look:
        assert rows_of(look, PartyFact, id=1)[0]["name"] == "市财政局"


def test_both_sides_of_a_transfer_move_together(invested: Book) -> None:
    book = invested
    child = find(book, Entry, kind=EntryKind.PAID_IN, amount_fen=wan(2_000))
    mother = find(book, Entry, kind=EntryKind.STAKE_PAYMENT)
    correct(book, Entry, mother["id"], {"amount_fen": -wan(1_999), "moved_on": day("2020-03-05")})
    lines = rows_of(book, Entry, movement_id=child["id"])
    assert [(line["kind"], line["amount_fen"], line["moved_on"]) for line in lines] == [
        ("paid_in", wan(1_999), day("2020-03-05")),
        ("stake_payment", -wan(1_999), day("2020-03-05")),
    ]


def test_a_payment_and_its_deal_keep_one_day(invested: Book) -> None:
    book = invested
    correct(book, DealFact, 1, {"paid_on": day("2021-07-01"), "instrument": "增资"})
    assert find(book, Entry, kind=EntryKind.INVESTMENT, amount_fen=-wan(1_000))["moved_on"] == day(
        "2021-07-01"
    )
    line = find(book, Entry, kind=EntryKind.INVESTMENT, amount_fen=-wan(500))
    correct(book, Entry, line["id"], {"moved_on": day("2021-07-02")})
    assert find(book, DealFact, movement_id=line["id"])["paid_on"] == day("2021-07-02")


def test_an_exit_and_its_line_say_the_same(book: Book) -> None:
    record(book, *invested_city(), exit_("F1", "C1", 80, cost_out_fen=wan(60)))
    exited = find(book, Exit)
    values = {"amount_fen": wan(81), "kind": ExitKind.BUYBACK, "business_no": "X", "cost_out_fen": wan(61)}
    correct(book, Exit, exited["id"], values)
    line = find(book, Entry, kind=EntryKind.PROCEEDS)
    assert (line["amount_fen"], line["detail"], line["business_no"]) == (wan(81), "buyback", "X")
    correct(book, Entry, line["id"], {"detail": "merger", "moved_on": day("2023-07-01")})
    exited = find(book, Exit)
    assert (exited["kind"], exited["exited_on"], exited["cost_out_fen"]) == (
        ExitKind.MERGER,
        day("2023-07-01"),
        wan(61),
    )


def test_both_halves_of_a_transferred_commitment_move_together(book: Book) -> None:
    record(book, *invested_city(), transfer("F1", "LP2", "LP1", 500))
    half = rows_of(book, CommitmentMovement, kind=CommitmentChange.TRANSFER)[0]
    correct(book, CommitmentMovement, half["id"], {"amount_fen": -wan(400), "signed_on": day("2022-07-01")})
    halves = rows_of(book, CommitmentMovement, movement_id=half["movement_id"])
    assert sorted(half["amount_fen"] for half in halves) == [-wan(400), wan(400)]
    assert {half["signed_on"] for half in halves} == {day("2022-07-01")}


def test_the_occurrence_of_a_corrected_row_is_counted_anew(book: Book) -> None:
    record(book, *invested_city(), fee("F1", 10), fee("F1", 11))
    lines = rows_of(book, Entry, kind=EntryKind.FEE)
    correct(book, Entry, lines[1]["id"], {"amount_fen": -wan(10)})
    assert [line["occurrence"] for line in rows_of(book, Entry, kind=EntryKind.FEE)] == [1, 2]


@pytest.fixture
def exited(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The invested city with a sale, a write-off and a fee."""

    def make() -> list[Draft]:
        lost = exit_("F1", "C2", 0, kind=ExitKind.WRITE_OFF)
        return [*invested_city(), exit_("F1", "C1", 80, cost_out_fen=wan(60)), lost, fee("F1", 1)]

    with prepared_book(sqlite, "exited", make) as book:
        yield book
    sqlite.drop_made()


@pytest.mark.parametrize(
    ("model", "row_id", "values", "refused"),
    [
        (PartyFact, 1, {"name": "市财政局"}, ("correction.no_change", "form:row")),
        (PartyFact, 1, {"party_id": 2}, ("correction.fixed_column", "form:party_id")),
        (PartyFact, 1, {"nonsense": 2}, ("correction.fixed_column", "form:nonsense")),
        (PartyFact, 99, {"name": "甲"}, ("correction.not_visible", "party_fact#99")),
        (PartyFact, 1, {"name": "长" * 201}, ("value.too_long", "form:name")),
        (Entry, 1, {"fund_id": 2}, ("correction.fixed_column", "form:fund_id")),
        (Entry, 1, {"kind": EntryKind.FEE}, ("correction.fixed_column", "form:kind")),
        (Entry, 1, {"amount_fen": -5}, ("ledger.wrong_sign", "form:amount_fen")),
        (Entry, 1, {"amount_fen": 0}, ("ledger.wrong_sign", "form:amount_fen")),
        (Entry, 7, {"detail": FeeKind.OTHER_INCOME}, ("ledger.wrong_sign", "form:detail")),
        (Entry, 1, {"moved_on": day("2026-02-01")}, ("day.in_future", "form:moved_on")),
        (Entry, 1, {"amount_fen": wan(1)}, ("cash.negative", "entry#3")),
        (Entry, 2, {"moved_on": day("2019-12-01")}, ("fund.before_established", "form:received_on")),
        (CommitmentMovement, 1, {"amount_fen": -5}, ("ledger.wrong_sign", "form:amount_fen")),
        (CommitmentMovement, 1, {"amount_fen": wan(1)}, ("paid_in.over_commitment", "entry#1")),
        (Exit, 1, {"amount_fen": 0}, ("correction.no_entry", "form:amount_fen")),
        (Exit, 2, {"amount_fen": 5, "kind": ExitKind.MERGER}, ("correction.no_entry", "form:amount_fen")),
        (Exit, 1, {"cost_out_fen": wan(9_999)}, ("exit.over_cost", "form:cost_out_fen")),
    ],
)
def test_a_correction_obeys_the_rules(
    exited: Book, model: type[Replaceable], row_id: int, values: dict[str, object], refused: tuple[str, str]
) -> None:
    assert refused in refusals(exited, model, row_id, values)


def test_a_row_is_corrected_once_and_then_its_copy(invested: Book) -> None:
    book = invested
    (copy,) = correct(book, PartyFact, 1, {"name": "甲"})
    assert refusals(book, PartyFact, 1, {"name": "乙"}) == [("correction.not_visible", "party_fact#1")]
    correct(book, PartyFact, copy, {"name": "乙"})
    assert find(book, PartyFact, party_id=1)["name"] == "乙"


def test_problems_of_corrections_are_gathered_where_somebody_gathers(invested: Book) -> None:
    book = invested
    place = Place("更正", 5, {"name": "C"})
    with book.change("local", "correction", dry_run=True) as change:
        change.findings = Findings()
        done = correct_rows(
            change,
            [
                Correction(PartyFact, 99, {"name": "甲"}),
                Correction(PartyFact, 1, {"name": " "}, place),
                Correction(PartyFact, 2, {"name": "乙"}),
            ],
        )
        gathered = [(problem.code, problem.where) for problem in change.findings.problems]
    assert len(done) == 1
    assert gathered == [("correction.not_visible", "party_fact#99"), ("value.blank", "更正!C5")]


def test_what_a_table_lets_be_corrected() -> None:
    terms = {"buyback", "anti_dilution", "landing"}
    assert correctable(DealFact) == {"decided_on", "paid_on", "instrument", "stake_ppm"} | terms
    assert correctable(Mark) == {"valued_on", "fair_value_fen", "method", "evidence"}
    assert "park_id" in correctable(FundPark)
    assert correctable(Membership) == {"person_id", "role", "scope_kind", "park_id", "from_date", "to_date"}


@pytest.fixture
def peopled(sqlite: SqliteDatabases) -> Iterator[Book]:
    """The whole city, with managers of M and of F1, an official of P1 and an analyst."""

    def make() -> list[Draft]:
        return [
            *whole_city(),
            person("m"),
            person("f1"),
            person("p1"),
            person("analyst"),
            membership("m", Role.FUND_MANAGER, ScopeKind.FUND, "M"),
            membership("f1", Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
            membership("p1", Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
            membership("analyst", Role.COMMISSION_ANALYST),
        ]

    with prepared_book(sqlite, "peopled", make) as book:
        yield book
    sqlite.drop_made()


@pytest.mark.parametrize(
    ("login", "model", "equal", "values"),
    [
        # another's fund, by each way from a row to its fund
        ("m", Entry, {"kind": EntryKind.FEE}, {"business_no": "X"}),
        ("m", FundFact, {"name": "基金F1"}, {"filing_no": "S12345"}),
        ("m", Exit, {"kind": ExitKind.TRANSFER}, {"business_no": "X"}),
        ("m", CallNotice, {}, {"amount_fen": wan(999)}),
        ("m", DealFact, {"movement_id": 9}, {"instrument": "X"}),
        # the mother's line belongs to the child's movement
        ("m", Entry, {"kind": EntryKind.STAKE_PAYMENT}, {"business_no": "X"}),
        # confirmed by the commission
        ("f1", Mark, {}, {"fair_value_fen": wan(901)}),
        # not mine, and city-wide
        ("f1", PartyFact, {"name": "市财政局"}, {"name": "甲"}),
        ("m", RoundFact, {}, {"name": "B轮"}),
        ("f1", ParkFact, {"name": "园区P1"}, {"name": "甲"}),
        ("analyst", Policy, {}, {"name": "甲"}),
        ("analyst", Definition, {}, {"version": 2}),
        ("analyst", PersonFact, {"name": "用户m"}, {"active": False}),
        ("analyst", Membership, {"role": Role.COMMISSION_ANALYST}, {"role": Role.COMMISSION_SIGNATORY}),
        # another's park, before or after
        ("p1", ParkFigure, {"indicator": "S03"}, {"unit": "个"}),
        ("p1", ParkFigure, {"indicator": "S02"}, {"park_id": 2}),
        ("p1", FundPark, {"share_ppm": 600_000}, {"park_id": 2}),
    ],
)
def test_what_is_not_yours_is_not_yours_to_correct(
    peopled: Book, login: str, model: type[Replaceable], equal: dict[str, Any], values: dict[str, object]
) -> None:
    row = rows_of(peopled, model, **equal)[0]
    with pytest.raises(NotAllowed):
        correct(peopled, model, row["id"], values, login)


@pytest.mark.parametrize(
    ("login", "model", "equal", "values"),
    [
        ("f1", Entry, {"kind": EntryKind.STAKE_PAYMENT}, {"business_no": "X"}),
        ("f1", FundFact, {"name": "基金F1"}, {"filing_no": "S12345"}),
        ("p1", ParkFigure, {"indicator": "S02"}, {"unit": "%"}),
        ("analyst", ParkFact, {"name": "园区P1"}, {"name": "甲"}),
        ("analyst", PartyFact, {"name": "市财政局"}, {"name": "甲"}),
        ("analyst", CompanyFact, {"company_id": 1}, {"ownership": "民营"}),
        ("local", Mark, {}, {"fair_value_fen": wan(901)}),
    ],
)
def test_what_is_yours_is_yours_to_correct(
    peopled: Book, login: str, model: type[Replaceable], equal: dict[str, Any], values: dict[str, object]
) -> None:
    row = rows_of(peopled, model, **equal)[0]
    (copy,) = correct(peopled, model, row["id"], values, login)
    assert find(peopled, model, id=copy) | values == find(peopled, model, id=copy)


def test_who_recorded_reference_data_may_put_them_right(peopled: Book) -> None:
    record(peopled, party("NEW"), person="f1")
    row = rows_of(peopled, PartyFact, name="机构NEW")[0]
    correct(peopled, PartyFact, row["id"], {"name": "机构新"}, "f1")
    with pytest.raises(NotAllowed):
        correct(peopled, PartyFact, rows_of(peopled, PartyFact, name="机构新")[0]["id"], {"name": "甲"}, "m")


def test_a_correction_of_a_waiting_mark_goes_on_waiting(peopled: Book) -> None:
    record(peopled, mark("F1", "C1", 5, "2025-06-30"), person="f1")
    row = rows_of(peopled, Mark)[-1]
    correct(peopled, Mark, row["id"], {"fair_value_fen": wan(6)}, "f1")
    assert rows_of(peopled, Mark)[-1]["approved_by_id"] is None
    correct(peopled, Mark, rows_of(peopled, Mark)[-1]["id"], {"fair_value_fen": wan(7)})
    assert rows_of(peopled, Mark)[-1]["approved_by_id"] == 1


def test_a_corrected_park_share_is_judged_with_the_others(book: Book) -> None:
    record(book, *invested_city(), fund_park("F1", "P1", 60), fund_park("F1", None, 40))
    share = find(book, FundPark, park_id=1)
    assert refusals(book, FundPark, share["id"], {"share_ppm": 500_000}) == [
        ("park_share.not_whole", "form:share_ppm")
    ]
    correct(book, FundPark, share["id"], {"park_id": 2})
    assert find(book, FundPark, share_ppm=600_000)["relation"] is ParkRelation.ESTABLISHED


def test_other_corrections_touch_no_companions(book: Book) -> None:
    record(book, *invested_city(), notice("F1", "LP2", 100), park_figure("P1"))
    before = len(rows_of(book, Entry))
    correct(book, CallNotice, 1, {"amount_fen": wan(99)})
    correct(book, ParkFigure, 1, {"value_e6": 61_000_000})
    assert len(rows_of(book, Entry)) == before
