"""In the Sankey of links as much leaves a firm as enters it, and leading industries keep their colour."""

from collections import Counter

from dashboard.figures.palette import PALETTES, fade
from dashboard.figures.segments_sankey import LINK_SHARE, Stream, draw_segments_sankey

STREAMS = [
    Stream("基金甲", "企业一", "集成电路 · 设计", True, 70),
    Stream("基金乙", "企业一", "集成电路 · 设计", True, 30),
    Stream("基金甲", "其他 2 家", "新材料 · 原料", False, 20),
    Stream("基金甲", "其他 2 家", "集成电路 · 设计", True, 5),
]


def flow(scheme: str = "light") -> dict[str, dict[str, list[object]]]:
    (found,) = draw_segments_sankey(STREAMS, lambda fen: f"{fen} 分", scheme)["data"]
    return dict(found)


def test_what_enters_a_firm_leaves_it() -> None:
    found = flow()
    labels, link = found["node"]["label"], found["link"]
    into: Counter[object] = Counter()
    out: Counter[object] = Counter()
    for source, target, value in zip(link["source"], link["target"], link["value"], strict=True):
        out[labels[int(str(source))]] += int(str(value))
        into[labels[int(str(target))]] += int(str(value))

    assert into["企业一"] == out["企业一"] == 100
    assert into["其他 2 家"] == out["其他 2 家"] == 25
    assert out["基金甲"] + out["基金乙"] == into["集成电路 · 设计"] + into["新材料 · 原料"] == 125


def test_a_fund_and_a_link_of_one_name_are_two_nodes() -> None:
    same = [Stream("甲", "甲", "甲", True, 1)]
    (found,) = draw_segments_sankey(same, str, "light")["data"]

    assert found["node"]["label"] == ["甲", "甲", "甲"]
    assert found["link"]["source"] == [0, 1]


def test_bands_that_serve_a_leading_industry_have_its_colour() -> None:
    for scheme, palette in PALETTES.items():
        colours = flow(scheme)["link"]["color"]
        assert set(colours) == {fade(palette.leading, LINK_SHARE), fade(palette.other, LINK_SHARE)}


def test_a_node_tells_all_that_passes_it() -> None:
    node = flow()["node"]
    told = dict(zip(node["label"], node["customdata"], strict=True))

    assert told["基金甲"] == "95 分"
    assert told["集成电路 · 设计"] == "105 分"
