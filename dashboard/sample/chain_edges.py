"""What leaves one segment of a chain goes into another, and which national codes speak for a segment (示例)."""

import tomllib
from importlib.resources import files

from funds.drafts import CrosswalkDraft, SegmentEdgeDraft

BASIS = "示例产业链图谱"
ELSEWHERE = "/"


def draft_segment_edges() -> list[SegmentEdgeDraft]:
    """The lines of every chain, and those from one chain into another."""
    return [
        SegmentEdgeDraft(
            industry=industry,
            source=source,
            target=target.rpartition(ELSEWHERE)[2],
            target_industry=target.rpartition(ELSEWHERE)[0] or None,
            basis=BASIS,
        )
        for industry, table in _load().items()
        for source, targets in table["edges"].items()
        for target in targets
    ]


def draft_segment_codes() -> list[CrosswalkDraft]:
    """National codes of segments, none of them confirmed."""
    return [
        CrosswalkDraft(
            industry=industry,
            segment=segment,
            national_code=code.rstrip("*"),
            is_partial=code.endswith("*"),
            basis=BASIS,
        )
        for industry, table in _load().items()
        for segment, codes in table["codes"].items()
        for code in codes
    ]


def _load() -> dict[str, dict[str, dict[str, list[str]]]]:
    text = files("dashboard.sample").joinpath("chain_edges.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
