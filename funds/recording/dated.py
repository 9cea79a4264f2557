"""Facts that hold from a day on: whoever changes what a thing is asks for the right to correct it."""

from collections.abc import Sequence
from typing import Any

from funds.recording.facts import Line, Noun, read_standing
from funds.recording.guards import require_row
from funds.recording.sieve import Sieve

FROM = "from_date"


def require_dated(sieve: Sieve[Any], noun: Noun, lines: Sequence[Line]) -> None:
    """Refuse a fact from a day on about a thing whose standing facts this person could not put right."""
    dated = [line for line in lines if line.values[FROM] is not None and sieve.is_sound(line.draft)]
    for row in read_standing(sieve.change, noun, dated):
        require_row(sieve.change, sieve.rights, noun.model, row)
