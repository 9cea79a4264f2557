"""The funnel as a dictionary: bars of parts that add up, words over each bar, an outline for what is only aimed at."""

from typing import Any

from dashboard.figures.funnel import PARTS, draw_funnel
from dashboard.figures.palette import PALETTES

STEPS = ("aimed", "committed", "distributed")
NAMES = {name: name.upper() for name in (*STEPS, *PARTS)}
LABELS = {step: (f"{step} left", f"{step} right") for step in STEPS}


def make_rows(**amounts: int | None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"step": step, "amount": amounts.get(step)} for step in STEPS]
    rows[1] |= {"part_fiscal": 30, "part_social": 50, "part_undetermined": 20}
    return rows


def test_parts_stand_in_the_colours_of_their_nature_and_add_up() -> None:
    figure = draw_funnel(make_rows(aimed=200, committed=100, distributed=10), NAMES, LABELS, str, "light")
    bars = {bar["name"]: bar for bar in figure["data"]}
    assert sum(bars[name]["x"][0] for name in ("FISCAL", "SOCIAL", "UNDETERMINED")) == 100
    assert bars["FISCAL"]["marker"]["color"] == PALETTES["light"].fiscal
    assert "pattern" in bars["UNDETERMINED"]["marker"]
    assert bars["AIMED"]["marker"]["line"]["color"] == PALETTES["light"].rule_strong
    assert bars["FISCAL"]["customdata"] == [["COMMITTED", "30"]]


def test_every_step_has_its_words_even_where_there_is_no_bar() -> None:
    figure = draw_funnel(make_rows(aimed=None, committed=100, distributed=0), NAMES, LABELS, str, "dark")
    assert "AIMED" not in {bar["name"] for bar in figure["data"]}
    said = [note["text"] for note in figure["layout"]["annotations"]]
    assert said == [f"{step} {side}" for step in STEPS for side in ("left", "right")]


def test_a_funnel_of_nothing_is_drawn_without_a_bar() -> None:
    rows = [{"step": step, "amount": 0} for step in STEPS]
    figure = draw_funnel(rows, NAMES, LABELS, str, "light")
    assert figure["data"] == []
    assert figure["layout"]["xaxis"]["range"][1] > 0
