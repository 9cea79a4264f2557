"""The golden cases of the trade, read from the files beside this one."""

import json
from datetime import date
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"


def read_cases(name: str) -> Any:
    """One file of cases."""
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


def split_flows(flows: list[list[Any]]) -> tuple[list[date], list[float]]:
    """Dates and amounts of a case's flows."""
    return [date.fromisoformat(day) for day, _ in flows], [float(amount) for _, amount in flows]
