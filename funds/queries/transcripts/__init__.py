"""The book written out again as the drafts that would record it: the whole, some funds, or some parks."""

from funds.queries.transcripts.extent import Extent, find_extent
from funds.queries.transcripts.whole import transcribe

__all__ = ["Extent", "find_extent", "transcribe"]
