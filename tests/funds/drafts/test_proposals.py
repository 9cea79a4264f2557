"""Drafts come back from their text as they were, without the place that they had in a file."""

from dataclasses import replace

import pytest

from funds.drafts import CompanyTagDraft, Draft, FundDraft, MarkDraft, NatureDraft, PolicyDraft
from funds.drafts.proposals import ChangedValue, CorrectionDraft, read_drafts, write_drafts
from funds.kinds import GovernmentLevel
from tests.builders import fund, mark, nature, place, policy, tag

EVERY_KIND: list[Draft] = [
    tag("C1", "IC", 60, is_primary=True, segment="IC-2"),
    nature("LP1", level=GovernmentLevel.DISTRICT, evidence="章程“甲”\n第二行"),
    mark("F1", "C1", "900.01"),
    policy("S02", words="六成"),
    fund("F1", fields=("IC", "BIO")),
    CorrectionDraft(
        table="mark",
        row_id=7,
        values=(ChangedValue("evidence", None), ChangedValue("amount_fen", 3), ChangedValue("yes", True)),
    ),
]


@pytest.mark.parametrize("draft", EVERY_KIND, ids=lambda draft: type(draft).__name__)
def test_a_draft_comes_back_as_it_was(draft: Draft) -> None:
    text = write_drafts([draft, draft])
    assert read_drafts(type(draft), text) == (draft, draft)
    assert write_drafts(read_drafts(type(draft), text)) == text


def test_the_same_drafts_give_the_same_text_wherever_they_stood() -> None:
    draft = tag("C1", "IC")
    assert write_drafts([place(draft, 7)]) == write_drafts([draft])
    assert write_drafts([replace(draft, basis="年报")]) != write_drafts([draft])


def test_the_text_holds_no_more_than_the_fields() -> None:
    assert write_drafts([mark("F1", "C1", 9)]) == (
        '[{"company":"C1","evidence":null,"fair_value_fen":9000000,"fund":"F1",'
        '"method":"recent_round","valued_on":"2024-12-31"}]'
    )
    assert {CompanyTagDraft, NatureDraft, MarkDraft, PolicyDraft, FundDraft, CorrectionDraft} == {
        type(draft) for draft in EVERY_KIND
    }
