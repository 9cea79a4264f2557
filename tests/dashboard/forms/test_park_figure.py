"""The form of a park's figure is read whole: a draft in the indicator's unit, or every fault at its field."""

import pytest

from dashboard.forms.park_figure import read_form
from funds.errors import RulesBroken

WHOLE = {
    "indicator": "S02",
    "period": "2025年",
    "value": "62.5",
    "source": " 统计局\u0007 ",
    "owner": "管委会",
}


def faults(is_correction: bool = False, **texts: str) -> list[tuple[str, str]]:
    with pytest.raises(RulesBroken) as broken:
        read_form("P1", {**WHOLE, **texts}, is_correction=is_correction)
    return [(problem.code, problem.where) for problem in broken.value.problems]


def test_a_whole_form_is_a_draft_with_the_unit_of_its_indicator() -> None:
    form = read_form("P1", WHOLE, is_correction=False)
    draft = form.draft
    assert (draft.park, draft.indicator, draft.period, draft.value_e6, draft.unit) == (
        "P1",
        "S02",
        "2025",
        62_500_000,
        "%",
    )
    assert (draft.source, draft.owner, draft.evidence, form.reason) == ("统计局", "管委会", None, "")


def test_everything_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(RulesBroken) as broken:
        read_form(None, {}, is_correction=True)
    assert [problem.where for problem in broken.value.problems] == [
        f"form:{name}" for name in ("indicator", "period", "value", "source", "owner", "reason")
    ]


def test_only_a_correction_needs_a_reason() -> None:
    assert faults(is_correction=True) == [("park_figure.missing_reason", "form:reason")]


def test_what_cannot_be_read_is_told_at_its_field() -> None:
    assert faults(indicator="S99", period="去年", value="62.5%") == [
        ("indicator.unknown", "form:indicator"),
        ("date.not_a_period", "form:period"),
        ("measure.percent_sign", "form:value"),
    ]
