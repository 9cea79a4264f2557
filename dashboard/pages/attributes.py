"""Attributes whose names are no names in Python: those for screen readers, and those for our own scripts."""

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """`aria(label="…")` gives `aria-label`."""
    return {f"aria-{name}": value for name, value in values.items()}


def data(**values: str) -> dict[str, Any]:
    """`data(language="en")` gives `data-language`."""
    return {f"data-{name}": value for name, value in values.items()}
