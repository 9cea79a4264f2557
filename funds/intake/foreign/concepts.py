"""What the title of a column means: known words, words that hold one of them, and words much like one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources import files

from funds.numerals import fold_width

_CLOSE_ENOUGH = 0.75


class Likeness(StrEnum):
    """How a title came to its meaning."""

    SAME = "same"
    HOLDS = "holds"
    ALIKE = "alike"


@dataclass(frozen=True)
class Meaning:
    """A concept, by which known words, and how surely."""

    concept: str
    words: str
    likeness: Likeness


@cache
def known_words() -> Mapping[str, str]:
    """Every known title, folded, to its concept."""
    listed = tomllib.loads(files(__package__).joinpath("concepts.toml").read_text("utf-8"))
    return {_fold(word): concept for concept, words in listed.items() for word in words}


def find_meaning(name: str) -> Meaning | None:
    """What a title without its unit means, if anything is known of it."""
    folded = _fold(name)
    if not folded:
        return None
    words = known_words()
    if folded in words:
        return Meaning(words[folded], folded, Likeness.SAME)
    # One sign alone within a longer title would mean too much.
    held = [word for word in words if len(word) > 1 and word in folded and 2 * len(word) >= len(folded)]
    if held:
        longest = max(held, key=lambda word: (len(word), folded.endswith(word)))
        return Meaning(words[longest], longest, Likeness.HOLDS)
    close = get_close_matches(folded, words, n=1, cutoff=_CLOSE_ENOUGH)
    return Meaning(words[close[0]], close[0], Likeness.ALIKE) if close else None


def _fold(text: str) -> str:
    return "".join(fold_width(text).split()).casefold()
