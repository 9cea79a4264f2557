"""The jobs of workbooks and of recording run to their end at a tiny size, and what they measure is right."""

import pytest

from benchmarks import export, intake, recording
from benchmarks.movements import MIXED, draw_movements
from funds.drafts import CallNoticeDraft, ContributionDraft, DistributionDraft, FeeDraft


def test_the_movements_are_as_many_of_each_kind_as_asked() -> None:
    drawn = draw_movements(200, MIXED)
    assert {kind: len(drafts) for kind, drafts in drawn.items()} == {
        CallNoticeDraft: 30,
        ContributionDraft: 100,
        DistributionDraft: 50,
        FeeDraft: 20,
    }


@pytest.mark.full
def test_what_is_written_out_is_read_again_to_the_fen() -> None:
    rows = list(export.rows(60))
    assert [row.met for row in rows][:1] == [True]
    assert len(rows) == 2


@pytest.mark.full
def test_lines_are_recorded_by_both_ways() -> None:
    assert [row.job.partition(",")[0] for row in recording.rows(60)] == ["recording", "recording"]


@pytest.mark.full
def test_a_workbook_comes_to_its_preview() -> None:
    found = {row.job: row for row in intake.rows(600, 20)}
    alone = found["intake, 600 rows, 实缴 alone: preview"]
    assert alone.met
    assert found["intake, 20 rows of another layout, to the preview"].ours.endswith("20 new rows")
