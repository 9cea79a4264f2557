"""Each kind of column reads what may stand in a cell, and says what is wrong with the rest."""

from datetime import date

import pytest

from funds.faults import ValueFault
from funds.intake.cells import BLANK, Fraction, Sent, Unusable, decode_cell, list_codes, make_reader
from funds.intake.columns import FLAG, Column, Kind
from funds.money import Unit

CHOICES = {"市": "municipal", "省": "provincial", "市级": "municipal"}


def _read(kind: Kind, sent: Sent, unit: Unit = Unit.WAN, **options: object) -> object:
    return make_reader(Column("列", "x", kind, **options), unit)(sent)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sent", "cell"),
    [
        ("", None),
        (" 　 ", None),
        ("\u200b", None),
        ("x", "x"),
        (" x\u200b ", "x"),
        ("a\nb", "a\nb"),
        (5.0, 5.0),
        (True, True),
        ("\0date:2023-06-30", date(2023, 6, 30)),
        ("\0percent:0.125", Fraction(0.125)),
        ("\0formula:", Unusable("import.formula")),
        ("\0error_cell:#REF!", Unusable("import.error_cell", "#REF!")),
        ("\0time_cell:12:00:00", Unusable("import.time_cell", "12:00:00")),
        ("#N/A", Unusable("import.error_cell", "#N/A")),
        ("#1 车间", "#1 车间"),
    ],
)
def test_a_cell_is_decoded_as_what_it_is(sent: Sent, cell: object) -> None:
    assert decode_cell(sent) == cell


@pytest.mark.parametrize("kind", list(Kind))
def test_a_blank_cell_is_blank_in_every_kind_of_column(kind: Kind) -> None:
    assert _read(kind, "") is BLANK
    assert _read(kind, "  ") is BLANK


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ("\0formula:", "import.formula"),
        ("\0error_cell:#DIV/0!", "import.error_cell"),
        ("#VALUE!", "import.error_cell"),
        ("\0time_cell:12:00:00", "import.time_cell"),
    ],
)
def test_a_cell_without_a_value_is_refused_in_every_kind_of_column(kind: Kind, sent: str, code: str) -> None:
    with pytest.raises(ValueFault) as caught:
        _read(kind, sent)
    assert caught.value.code == code


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in (Kind.DATE, Kind.PERIOD)])
def test_a_date_is_refused_where_none_belongs(kind: Kind) -> None:
    with pytest.raises(ValueFault) as caught:
        _read(kind, "\0date:2023-03-01")
    assert caught.value.code == "import.unexpected_date"


@pytest.mark.parametrize(
    ("kind", "sent", "value"),
    [
        (Kind.CODE, "F001", "F001"),
        (Kind.CODE, " Ｆ００１ ", "F001"),
        (Kind.CODE, 1001.0, "1001"),
        (Kind.CODE, "0012", "0012"),
        (Kind.CODES, "27; 358；734、", ("27", "358", "734")),
        (Kind.CODES, 27.0, ("27",)),
        (Kind.PARK_OR_CITY, "P01", "P01"),
        (Kind.PARK_OR_CITY, "全市", None),
        (Kind.CREDIT_CODE, "91350100m000100y43", "91350100M000100Y43"),
        (Kind.NAME, "某某基金（有限合伙）", "某某基金（有限合伙）"),
        (Kind.NAME, 360.0, "360"),
        (Kind.TEXT, "第一行\n第二行\t尾", "第一行\n第二行\t尾"),
        (Kind.TEXT, 0.5, "0.5"),
        (Kind.DATE, "\0date:2023-06-30", date(2023, 6, 30)),
        (Kind.DATE, "2023年6月30日", date(2023, 6, 30)),
        (Kind.QUARTER, "2025年4季度", "2025-Q4"),
        (Kind.PERIOD, 2025.0, "2025"),
        (Kind.MONEY, 1.5, 1_500_000),
        (Kind.MONEY, "800元", 80_000),
        (Kind.PERCENT, 12.5, 125_000),
        (Kind.PERCENT, "\0percent:0.125", 125_000),
        (Kind.FIGURE, "1,155.5", 1_155_500_000),
        (Kind.FIGURE_OR_WORDS, 8.0, {"value_e6": 8_000_000}),
        (Kind.FIGURE_OR_WORDS, "1.5", {"value_e6": 1_500_000}),
        (Kind.FIGURE_OR_WORDS, "先回本后分利", {"words": "先回本后分利"}),
        (Kind.WHOLE, 2.0, 2),
    ],
)
def test_a_sound_cell_is_read(kind: Kind, sent: Sent, value: object) -> None:
    assert _read(kind, sent) == value


@pytest.mark.parametrize(
    ("kind", "sent", "code"),
    [
        (Kind.CODE, 1001.5, "import.code_not_whole"),
        (Kind.CODE, 9.11101081234568e17, "import.code_digits_lost"),
        (Kind.CODE, True, "import.not_words"),
        (Kind.CODE, "\0percent:0.5", "import.not_words"),
        (Kind.CODE, "a\nb", "import.control_character"),
        (Kind.CODE, "x" * 65, "import.too_long"),
        (Kind.CODES, "a;" + "x" * 65, "import.too_long"),
        (Kind.CREDIT_CODE, 9.11101081234568e17, "credit_code.not_text"),
        (Kind.CREDIT_CODE, "91350100M000100Y4Z", "credit_code.characters"),
        (Kind.NAME, "x" * 201, "import.too_long"),
        (Kind.NAME, "a\x07b", "import.control_character"),
        (Kind.NAME, True, "import.not_words"),
        (Kind.TEXT, "x" * 2001, "import.too_long"),
        (Kind.DATE, 45107.0, "date.number"),
        (Kind.DATE, "03/04/2024", "date.ambiguous"),
        (Kind.QUARTER, 2025.0, "date.not_a_quarter"),
        (Kind.PERIOD, "\0date:2025-12-01", "date.period_became_date"),
        (Kind.MONEY, True, "money.not_a_number"),
        (Kind.MONEY, "\0percent:0.5", "money.not_a_number"),
        (Kind.MONEY, -1.0, "money.negative"),
        (Kind.PERCENT, 120.0, "measure.not_a_share"),
        (Kind.PERCENT, "\0percent:1.2", "measure.not_a_share"),
        (Kind.FIGURE, "\0percent:0.08", "measure.percent_sign"),
        (Kind.FIGURE_OR_WORDS, "8%", "measure.percent_sign"),
        (Kind.FIGURE_OR_WORDS, "\0percent:0.08", "measure.percent_sign"),
        (Kind.FIGURE_OR_WORDS, True, "measure.not_a_number"),
        (Kind.WHOLE, 0.0, "measure.not_whole"),
    ],
)
def test_a_faulty_cell_says_what_is_wrong(kind: Kind, sent: Sent, code: str) -> None:
    with pytest.raises(ValueFault) as caught:
        _read(kind, sent)
    assert caught.value.code == code


def test_a_choice_is_read_by_any_of_its_words() -> None:
    assert [_read(Kind.CHOICE, word, choices=CHOICES) for word in ("市", " 市 级", "省")] == [
        "municipal",
        "municipal",
        "provincial",
    ]


def test_an_unknown_choice_lists_the_words_to_choose_from() -> None:
    with pytest.raises(ValueFault) as caught:
        _read(Kind.CHOICE, "县", choices=CHOICES)
    assert caught.value.code == "import.unknown_choice"
    assert caught.value.params == {"text": "县", "choices": "市、省"}


@pytest.mark.parametrize(("sent", "value"), [("是", True), ("否", False), (True, True), (False, False)])
def test_yes_and_no_may_be_words_or_truths(sent: Sent, value: bool) -> None:
    assert _read(Kind.CHOICE, sent, choices=FLAG) is value


@pytest.mark.parametrize(("sent", "choices"), [(True, CHOICES), (1.0, FLAG), (0.0, CHOICES)])
def test_a_truth_or_number_is_no_other_choice(sent: Sent, choices: dict[str, object]) -> None:
    with pytest.raises(ValueFault):
        _read(Kind.CHOICE, sent, choices=choices)


def test_remembering_does_not_take_a_truth_for_a_number() -> None:
    read = make_reader(Column("列", "x", Kind.CODE), Unit.WAN)
    assert read(1.0) == "1"
    assert read(1.0) == "1"
    with pytest.raises(ValueFault):
        read(True)


def test_what_may_be_a_code_is_found_in_a_row_that_is_not_read() -> None:
    assert list_codes(["F1", 1001.0, "", True, 1.5, "\0formula:", " Ｐ1 "]) == {"F1", "1001", "P1"}


def test_a_percentage_is_shown_as_the_cell_shows_it() -> None:
    assert str(Fraction(0.125)) == "12.5%"
