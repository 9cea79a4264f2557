"""What the house tests look at: the modules of the rooms, by path and by name."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("funds", "valuation", "dashboard", "migrations")


def modules_of(*folders: str) -> Iterator[Path]:
    """Every Python file below the named folders of the checkout, in order of path."""
    for folder in folders:
        yield from sorted(path for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    """The dotted name of a module of the checkout."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
