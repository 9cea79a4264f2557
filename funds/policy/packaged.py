"""Reads the data files that travel inside the package, from a checkout or from a wheel alike."""

import tomllib
from importlib.resources import files
from typing import Any


def read_packaged(name: str) -> str:
    """The text of one data file."""
    return files("funds.policy").joinpath("data", name).read_text(encoding="utf-8")


def read_tables(name: str) -> dict[str, Any]:
    """One data file in TOML, parsed."""
    return tomllib.loads(read_packaged(name))
