"""The grid's own words (filters, menus, what a screen reader says), in the language of the visit."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def read_grid_words(language: str) -> Mapping[str, str]:
    """What goes into a grid's `localeText`; the grid speaks English by itself."""
    if language != "zh":
        return {}
    words: dict[str, str] = json.loads(
        files("dashboard.words").joinpath("zh", "grid.json").read_text("utf-8")
    )
    return words
