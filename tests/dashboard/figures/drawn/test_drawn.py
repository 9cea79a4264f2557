"""Charts for paper are sound SVG, hold the amounts in proportion, and let no sign through that could mean more."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from dashboard.figures.drawn.bars import Bar, draw_paper_bars
from dashboard.figures.drawn.eras import draw_paper_eras
from dashboard.figures.drawn.flow import Link, draw_paper_flow
from dashboard.figures.drawn.ink import WIDTH, shorten
from dashboard.figures.drawn.strips import draw_paper_strips
from dashboard.figures.leading_timeline import Era
from dashboard.figures.palette import LIGHT
from dashboard.figures.quantiles import Strip

SVG = "{http://www.w3.org/2000/svg}"


def parse(drawing: str) -> ET.Element:
    return ET.fromstring(drawing)  # noqa: S314 (what was drawn a line above)


def test_bars_are_as_long_as_their_amounts() -> None:
    drawn = parse(
        draw_paper_bars([Bar("甲", 50, "50", LIGHT.leading), Bar("乙", 25, "25", LIGHT.other)], "两家")
    )
    lengths = [float(bar.attrib["width"]) for bar in drawn.iter(f"{SVG}rect")]
    assert lengths[0] == 2 * lengths[1]
    assert drawn.attrib["aria-label"] == "两家"


def test_bars_of_nothing_are_drawn_as_nothing() -> None:
    drawn = parse(draw_paper_bars([Bar("甲", 0, "0", LIGHT.leading)], "无"))
    assert [float(bar.attrib["width"]) for bar in drawn.iter(f"{SVG}rect")] == [1]


def test_a_name_that_looks_like_markup_is_text() -> None:
    drawn = draw_paper_bars([Bar("<script>x</script>", 1, "&", LIGHT.leading)], '"told"')
    assert "<script" not in drawn
    assert [text.text for text in parse(drawn).iter(f"{SVG}text")] == ["<script>x</script>", "&"]


@pytest.mark.parametrize(("text", "kept"), [("短", "短"), ("一二三四五六", "一二…"), ("abcdefgh", "abcde…")])
def test_names_are_cut_to_their_room(text: str, kept: str) -> None:
    assert shorten(text, 6) == kept


def test_a_strip_holds_the_dot_the_ring_and_the_spread() -> None:
    strips = [
        Strip("成本", "60.0%", 0.6, 0.4, {"p25": 0.2, "median": 0.5, "p75": 0.7}),
        Strip("家数", "—", None, None, None),
    ]
    drawn = parse(draw_paper_strips(strips, "投向"))
    ring, dot = list(drawn.iter(f"{SVG}circle"))
    assert ring.attrib["fill"] == "none"
    assert float(ring.attrib["cx"]) < float(dot.attrib["cx"]) < WIDTH
    assert len(list(drawn.iter(f"{SVG}rect"))) == 1


def test_eras_run_to_the_day_and_those_that_ended_are_grey() -> None:
    eras = [
        Era("新材料", "起", date(2020, 1, 1), None, ""),
        Era("旧业", "止", date(2018, 1, 1), date(2020, 1, 1), ""),
    ]
    drawn = parse(draw_paper_eras(eras, date(2022, 1, 1), "沿革"))
    now, then = list(drawn.iter(f"{SVG}rect"))
    assert (now.attrib["fill"], then.attrib["fill"]) == (LIGHT.leading, LIGHT.other)
    assert float(now.attrib["x"]) == pytest.approx(
        float(then.attrib["x"]) + float(then.attrib["width"]), abs=0.05
    )


def test_a_long_past_is_marked_every_second_year() -> None:
    eras = [Era("新材料", "", date(2000, 6, 1), None, "")]
    drawn = parse(draw_paper_eras(eras, date(2022, 1, 1), "沿革"))
    years = [text.text for text in drawn.iter(f"{SVG}text") if text.text and text.text.isdigit()]
    assert years[:2] == ["2001", "2003"]


def test_bands_are_as_wide_as_their_amounts_and_nodes_hold_them() -> None:
    links = [
        Link("基金", "甲", 0, 60, LIGHT.leading),
        Link("基金", "乙", 0, 30, LIGHT.other),
        Link("甲", "上游", 1, 60, LIGHT.leading),
        Link("乙", "下游", 1, 30, LIGHT.other),
    ]
    drawn = parse(draw_paper_flow(links, {(0, "基金"): LIGHT.between}, "去向"))
    widths = [float(path.attrib["stroke-width"]) for path in drawn.iter(f"{SVG}path")]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.05)
    heights = sorted(float(node.attrib["height"]) for node in drawn.iter(f"{SVG}rect"))
    assert heights[-1] == pytest.approx(widths[0] + widths[1], abs=0.05)
    assert next(text.text for text in drawn.iter(f"{SVG}text")) == "基金"
