"""What is dropped lets go of the answers that lie on it: they hold it in turn, and would wait for a full collection."""

from typing import Protocol, runtime_checkable


@runtime_checkable
class Clearable(Protocol):
    """A store that can be emptied, whoever looks into it at the time."""

    def clear(self) -> None:
        """Forget everything."""


def let_go(*things: object) -> None:
    """Empty the stores that lie on columns or facts, none of which are a field of theirs: they are named with `_`."""
    for thing in things:
        for name, kept in list(vars(thing).items()):
            if name.startswith("_") and isinstance(kept, Clearable):
                kept.clear()
