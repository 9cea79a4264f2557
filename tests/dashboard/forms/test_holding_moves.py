"""Forms of what leaves a holding, of an interest that changes hands, and of a recognition become drafts."""

import pytest

from dashboard.forms.commitment_transfer import read_commitment_transfer
from dashboard.forms.holding_moves import read_conversion, read_exit, read_holding_transfer
from dashboard.forms.local_recognition import read_recognition
from dashboard.forms.typed import TypedForm
from funds.errors import RulesBroken
from funds.kinds import CommitmentChange, ExitKind
from tests.builders import day, wan

HOLDING = {"holding": "F1|C1", "day": "2026-01-05"}


def test_an_exit_in_part_names_its_cost_or_its_part() -> None:
    draft = read_exit(TypedForm({**HOLDING, "kind": "transfer", "amount": "600", "part": "40"}))
    assert (draft.fund, draft.company, draft.kind) == ("F1", "C1", ExitKind.TRANSFER)
    assert (draft.amount_fen, draft.transferred_ppm, draft.cost_out_fen) == (wan(600), 400_000, None)


def test_only_a_write_off_goes_without_an_amount() -> None:
    assert read_exit(TypedForm({**HOLDING, "kind": "write_off"})).amount_fen == 0
    with pytest.raises(RulesBroken) as broken:
        read_exit(TypedForm({**HOLDING, "kind": "buyback", "part": "101"}))
    assert [problem.where for problem in broken.value.problems] == ["form:amount", "form:part"]


def test_a_transfer_names_seller_buyer_and_price() -> None:
    fields = {**HOLDING, "buyer": "F2", "amount": "1亿", "cost_out": "5000", "business_no": "B1"}
    draft = read_holding_transfer(TypedForm(fields))
    assert (draft.fund, draft.buyer, draft.amount_fen) == ("F1", "F2", wan(10_000))
    assert (draft.cost_out_fen, draft.transferred_on, draft.business_no) == (
        wan(5_000),
        day("2026-01-05"),
        "B1",
    )


def test_a_conversion_names_what_it_becomes() -> None:
    draft = read_conversion(TypedForm({**HOLDING, "instrument": "股权"}))
    assert (draft.instrument, draft.earlier, draft.converted_on) == ("股权", None, day("2026-01-05"))


def test_an_interest_that_changes_hands_is_a_change_of_the_commitment() -> None:
    fields = {"investor": "LP1", "transferee": "LP2", "amount": "300", "day": "2026-01-05", "basis": "协议"}
    draft = read_commitment_transfer("F1", TypedForm(fields))
    assert (draft.kind, draft.investor, draft.transferee) == (CommitmentChange.TRANSFER, "LP1", "LP2")
    assert (draft.amount_fen, draft.basis) == (wan(300), "协议")


def test_a_recognition_has_a_ground() -> None:
    fields = {"fund": "F1", "company": "C1", "amount": "500", "day": "2026-01-05"}
    with pytest.raises(RulesBroken) as broken:
        read_recognition(TypedForm(fields))
    assert [problem.where for problem in broken.value.problems] == ["form:basis"]
    draft = read_recognition(TypedForm({**fields, "basis": "认定书"}))
    assert (draft.amount_fen, draft.basis) == (wan(500), "认定书")
