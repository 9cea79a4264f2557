"""One field of a proposal: as it was when it was made, as it is now, as it would be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Side:
    """One field of one thing; `things` are the ids of what it is about, by column. None is blank or not there."""

    table: str
    things: tuple[tuple[str, int], ...]
    column: str
    seen: object
    now: object
    asked: object

    @property
    def is_change(self) -> bool:
        """Whether approval changes the field."""
        return self.asked != self.now

    @property
    def is_gone(self) -> bool:
        """Whether it is a tag that holds now and would no longer."""
        return self.column == "weight_ppm" and self.asked is None
