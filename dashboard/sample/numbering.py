"""Business numbers: one run per fund and kind of movement; a fund that numbers nothing gets none."""

from collections import Counter
from collections.abc import Iterable


class Numbering:
    """Hands out `F03-P0012`: the fund, a letter for the kind, and the place in its run."""

    def __init__(self, keyless: Iterable[str] = ()) -> None:
        self._keyless = frozenset(keyless)
        self._last: Counter[tuple[str, str]] = Counter()

    def next(self, fund: str, letter: str) -> str | None:
        """The next number of a fund's run."""
        if fund in self._keyless:
            return None
        self._last[fund, letter] += 1
        return f"{fund}-{letter}{self._last[fund, letter]:04d}"
