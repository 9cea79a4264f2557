"""The sample's chains are graphs without circles whose ends are segments, and its codes are national ones."""

from dashboard.sample.chain_edges import draft_segment_codes, draft_segment_edges
from dashboard.sample.parks import draft_segments
from funds.kinds import Confirmation
from funds.policy import load_national_industries
from funds.rules.chains import find_path

SEGMENTS = {(row.industry, row.code) for row in draft_segments()}


def test_every_line_joins_two_segments_and_leads_downstream() -> None:
    ends: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in draft_segment_edges():
        source, target = (row.industry, row.source), (row.target_industry or row.industry, row.target)
        assert {source, target} <= SEGMENTS
        ends.setdefault(source, set()).add(target)
    numbers = {segment: number for number, segment in enumerate(sorted(SEGMENTS))}
    targets = {numbers[one]: {numbers[end] for end in found} for one, found in ends.items()}
    assert not [one for one, found in targets.items() for end in found if find_path(end, one, targets)]
    assert any(source[0] != target[0] for source, found in ends.items() for target in found)


def test_every_code_is_national_unchecked_and_of_a_segment() -> None:
    known = {row.code for row in load_national_industries()}
    for row in draft_segment_codes():
        assert (row.industry, row.segment) in SEGMENTS
        assert row.national_code in known
        assert row.confirmation is Confirmation.UNCHECKED
    assert {row.is_partial for row in draft_segment_codes()} == {True, False}
