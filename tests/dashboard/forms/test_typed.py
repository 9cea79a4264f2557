"""Texts of a form become values or problems at their fields: no amount and no day is ever guessed."""

from enum import StrEnum

import pytest

from dashboard.forms.typed import FormLine, FormReader, TypedForm, clean_text
from funds.errors import RulesBroken
from tests.builders import day, wan


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def reader(**fields: str) -> FormReader:
    return FormReader(TypedForm(fields))


def told(form: FormReader) -> list[tuple[str, str]]:
    with pytest.raises(RulesBroken) as broken:
        form.finish()
    return [(problem.code, problem.where) for problem in broken.value.problems]


def test_what_can_be_read_is_read() -> None:
    form = reader(name=" 一 期\x07 ", amount="1.2亿元", on="2026年3月1日", part="12.5%", colour="blue")
    assert form.needed_text("name") == "一 期"
    assert form.needed_money("amount") == wan(12_000)
    assert form.needed_day("on") == day("2026-03-01")
    assert form.percent("part") == 125_000
    assert form.needed_choice("colour", Colour) is Colour.BLUE
    form.finish()


def test_an_empty_field_says_nothing_unless_it_is_needed() -> None:
    form = reader(amount=" ")
    assert (form.text("amount"), form.money("amount"), form.day("on"), form.percent("part")) == (None,) * 4
    form.finish()
    form.needed_text("name")
    form.needed_money("amount")
    form.needed_day("on")
    form.needed_choice("colour", Colour)
    assert told(form) == [("form.needed", f"form:{name}") for name in ("name", "amount", "on", "colour")]


def test_a_choice_that_was_not_offered_is_refused() -> None:
    form = reader(colour="green")
    form.needed_choice("colour", Colour)
    assert told(form) == [("form.no_such_choice", "form:colour")]


@pytest.mark.parametrize(
    "text",
    ["NaN", "Infinity", "1e400", "-1", "0.0000001", "12,34.5", "٣", "1_000", "100000000000", "$5", "true"],
)
def test_threat_20_an_amount_that_could_mean_anything_is_refused_at_its_field(text: str) -> None:
    form = reader(amount=text)
    form.needed_money("amount")
    ((code, where),) = told(form)
    assert (code.split(".")[0], where) == ("money", "form:amount")


@pytest.mark.parametrize("text", ["45351", "2024-02-30", "03/04/2024", "0024-01-01", "2024-13", "明天"])
def test_threat_21_a_day_that_could_be_another_is_refused_at_its_field(text: str) -> None:
    form = reader(on=text)
    form.needed_day("on")
    ((code, where),) = told(form)
    assert (code.split(".")[0], where) == ("date", "form:on")


def test_a_line_of_a_form_names_itself_in_problems_and_in_the_book() -> None:
    line = FormLine("缴款通知单", 3)
    assert (line.of("amount_fen"), line.origin) == ("form:amount_fen-3", "缴款通知单!3")


def test_a_text_is_one_line_of_bounded_length() -> None:
    assert clean_text("甲\n乙") == "甲 乙"
    assert len(clean_text("长" * 5_000)) == 2_000
