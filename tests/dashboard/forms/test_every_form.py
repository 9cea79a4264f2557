"""T20 and T21 at every form of daily work: what could be another amount or another day is refused where it stands."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from dashboard.forms.call_notice import read_notice
from dashboard.forms.commitment_transfer import read_commitment_transfer
from dashboard.forms.contribution import read_receipts
from dashboard.forms.distribution import read_distribution
from dashboard.forms.holding_moves import read_conversion, read_exit, read_holding_transfer
from dashboard.forms.local_recognition import read_recognition
from dashboard.forms.quarter_forms import LATE_KINDS, read_control_total, read_late_form
from dashboard.forms.quarter_marks import read_nav
from dashboard.forms.typed import TypedForm, TypedLine
from funds.errors import RulesBroken

DAY = "2026-01-05"
HELD = {"holding": "F1|C1"}
NOTICE = {"notice_no": "N1", "noticed_on": DAY, "due_on": DAY}
SHARED = {"paid_on": DAY, "received_on": DAY, "kind": "gain"}
TRANSFER = {"investor": "LP1", "transferee": "LP2", "amount": "1", "day": DAY}
AMOUNTS = (
    *("NaN", "Infinity", "1e400", "0.0000001", "12,34.5", "٣", "1_000"),
    *("100000000000", "$5", "true", "=1+1", "1 2", "一百"),
)
DAYS = ("45351", "2024-02-30", "03/04/2024", "0024-01-01", "2024-13", "明天", "20240230")
Read = Callable[[str], object]


def lines(text: str, day: str = "") -> list[TypedLine]:
    return [TypedLine("LP1", text, day)]


def late(kind: str, **texts: str) -> object:
    given = {"kind": kind, "day": DAY, "amount": "1", "other": "C1", "reason": "迟到", **texts}
    return read_late_form("F1", "2025-Q4", given)


# By form and field, how the text gets there.
MONEY: Mapping[tuple[str, str], Read] = {
    ("notice", "total"): lambda text: read_notice("F1", TypedForm({**NOTICE, "total": text}, lines("1"))),
    ("notice", "amount_fen-1"): lambda text: read_notice("F1", TypedForm(NOTICE, lines(text))),
    ("receipt", "amount_fen-1"): lambda text: read_receipts("F1", TypedForm(SHARED, lines(text))),
    ("distribution", "amount_fen-1"): lambda text: read_distribution("F1", TypedForm(SHARED, lines(text))),
    ("interest", "amount"): lambda text: read_commitment_transfer(
        "F1", TypedForm({**TRANSFER, "amount": text})
    ),
    ("exit", "amount"): lambda text: read_exit(
        TypedForm({**HELD, "kind": "transfer", "day": DAY, "amount": text})
    ),
    ("exit", "cost_out"): lambda text: read_exit(
        TypedForm({**HELD, "kind": "transfer", "day": DAY, "amount": "1", "cost_out": text})
    ),
    ("passing on", "amount"): lambda text: read_holding_transfer(
        TypedForm({**HELD, "buyer": "F2", "day": DAY, "amount": text})
    ),
    ("recognition", "amount"): lambda text: read_recognition(
        TypedForm({"fund": "F1", "company": "C1", "basis": "认定书", "day": DAY, "amount": text})
    ),
    ("control total", "called"): lambda text: read_control_total(
        "M", "2025-Q4", {"child": "F1", "called": text}
    ),
    ("control total", "distributed"): lambda text: read_control_total(
        "M", "2025-Q4", {"child": "F1", "distributed": text}
    ),
    ("reported value", "nav_value"): lambda text: read_nav("F1", date(2025, 12, 31), text, "audit", None),
    **{
        (f"late {kind}", "amount"): lambda text, kind=kind: late(kind, amount=text)  # type: ignore[misc]
        for kind in LATE_KINDS
    },
}
DATED: Mapping[tuple[str, str], Read] = {
    ("notice", "due_on"): lambda text: read_notice("F1", TypedForm({**NOTICE, "due_on": text}, lines("1"))),
    ("receipt", "day-1"): lambda text: read_receipts("F1", TypedForm(SHARED, lines("1", text))),
    ("distribution", "paid_on"): lambda text: read_distribution(
        "F1", TypedForm({**SHARED, "paid_on": text}, lines("1"))
    ),
    ("interest", "day"): lambda text: read_commitment_transfer("F1", TypedForm({**TRANSFER, "day": text})),
    ("exit", "day"): lambda text: read_exit(
        TypedForm({**HELD, "kind": "transfer", "day": text, "amount": "1"})
    ),
    ("conversion", "day"): lambda text: read_conversion(
        TypedForm({**HELD, "instrument": "股权", "day": text})
    ),
    ("recognition", "day"): lambda text: read_recognition(
        TypedForm({"fund": "F1", "company": "C1", "basis": "认定书", "amount": "1", "day": text})
    ),
    **{
        (f"late {kind}", "day"): lambda text, kind=kind: late(kind, day=text)  # type: ignore[misc]
        for kind in LATE_KINDS
    },
}


def faults(read: Read, text: str) -> list[tuple[str, str]]:
    """What the form says of a text, and where."""
    with pytest.raises(RulesBroken) as broken:
        read(text)
    return [(problem.code.split(".")[0], problem.where) for problem in broken.value.problems]


@pytest.mark.parametrize("form", MONEY, ids=" ".join)
def test_threat_20_no_form_guesses_an_amount(form: tuple[str, str]) -> None:
    where = ("money", f"form:{form[1]}")
    assert [text for text in AMOUNTS if faults(MONEY[form], text) != [where]] == []
    MONEY[form]("1")


@pytest.mark.parametrize("form", MONEY, ids=" ".join)
def test_threat_20_only_a_value_may_be_less_than_nothing(form: tuple[str, str]) -> None:
    if form[0] == "reported value":
        MONEY[form]("-1")
    else:
        assert faults(MONEY[form], "-1") == [("money", f"form:{form[1]}")]


@pytest.mark.parametrize("form", DATED, ids=" ".join)
def test_threat_21_no_form_guesses_a_day(form: tuple[str, str]) -> None:
    where = ("date", f"form:{form[1]}")
    assert [text for text in DAYS if faults(DATED[form], text) != [where]] == []
    DATED[form]("2026年1月5日")
