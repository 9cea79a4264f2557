"""Rules of S02–S20: the unit that each is filed in, and the values that it can have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from funds.measures import MICRO, format_scaled
from funds.rules.values import Fault

PERCENT = "%"


@dataclass(frozen=True)
class Measure:
    """How an indicator is counted: its unit, whether parts of one can be, and the most there can be."""

    unit: str
    is_whole: bool = True
    most: int | None = None


MEASURES: Mapping[str, Measure] = {
    "S02": Measure(PERCENT, is_whole=False, most=100),
    "S03": Measure("个"),
    "S04": Measure("个"),
    "S05": Measure("家"),
    "S06": Measure("个"),
    "S07": Measure("家"),
    "S08": Measure(PERCENT, is_whole=False, most=100),
    "S09": Measure(PERCENT, is_whole=False, most=100),
    "S10": Measure("平方米", is_whole=False),
    "S11": Measure("支"),
    "S12": Measure("家"),
    "S13": Measure("家"),
    "S14": Measure("个"),
    "S15": Measure("家"),
    "S16": Measure(PERCENT, is_whole=False, most=100),
    "S17": Measure("个"),
    "S18": Measure("只"),
    "S19": Measure("倍", is_whole=False),
    "S20": Measure("名次"),
}


def check_measure(values: Mapping[str, Any]) -> Iterator[Fault]:
    """What an indicator's unit and value break; an unknown indicator is judged elsewhere."""
    measure = MEASURES.get(values["indicator"])
    if measure is None:
        return
    if values["unit"] is not None and values["unit"] != measure.unit:
        yield Fault("indicator.wrong_unit", "unit", {"text": values["unit"], "unit": measure.unit})
    value = values["value_e6"]
    if value < 0 or (measure.most is not None and value > measure.most * MICRO):
        yield Fault(
            "indicator.out_of_range", "value_e6", {"text": format_scaled(value, MICRO), "unit": measure.unit}
        )
    elif measure.is_whole and value % MICRO:
        yield Fault(
            "indicator.not_whole", "value_e6", {"text": format_scaled(value, MICRO), "unit": measure.unit}
        )
