"""The city's Sankey as a dictionary: columns in their order, every node once, no name left out."""

from typing import Any

from dashboard.figures.city_sankey import draw_city_sankey, lay_out_columns
from dashboard.figures.money_sankey import sum_through
from dashboard.figures.palette import PALETTES, fade


def link(giver: str, taker: str, amount: int, is_leading: bool = False) -> dict[str, Any]:
    return {"giver": giver, "taker": taker, "amount": amount, "is_leading": is_leading}


ROWS = [
    link("nature:fiscal", "tier:1", 60),
    link("nature:social", "tier:2", 30),
    link("reused", "tier:2", 5),
    link("tier:1", "tier:2", 50),
    link("tier:1", "kept", 10),
    link("tier:2", "industry:IC", 40, True),
    link("tier:2", "industry:BIO", 45),
    link("industry:IC", "park:P1", 30, True),
    link("industry:IC", "park:", 10, True),
    link("industry:BIO", "park:P2", 45),
]


def test_nodes_stand_by_column_larger_ones_first_and_the_citys_own_part_last() -> None:
    assert lay_out_columns(sum_through(ROWS)) == [
        ["nature:fiscal", "nature:social", "reused"],
        ["tier:1"],
        ["tier:2"],
        ["industry:BIO", "industry:IC", "kept"],
        ["park:P2", "park:P1", "park:"],
    ]


def test_every_node_has_its_place_inside_the_figure_and_money_goes_to_the_right() -> None:
    (flow,) = draw_city_sankey(ROWS, {}, str, "light")["data"]
    across, down = flow["node"]["x"], flow["node"]["y"]
    assert all(0 < place < 1 for place in (*across, *down))
    pairs = zip(flow["link"]["source"], flow["link"]["target"], strict=True)
    assert all(across[giver] < across[taker] for giver, taker in pairs)
    assert flow["link"]["value"] == [row["amount"] for row in ROWS]
    assert len(flow["node"]["label"]) == len(sum_through(ROWS))


def test_leading_money_is_coloured_from_the_funds_to_the_parks() -> None:
    palette = PALETTES["dark"]
    (flow,) = draw_city_sankey(ROWS, {"park:P1": "甲"}, str, "dark")["data"]
    colours = dict(zip(flow["node"]["label"], flow["node"]["color"], strict=True))
    assert (colours["甲"], colours["park:P2"]) == (palette.leading, palette.other)
    assert colours["nature:fiscal"] == palette.fiscal
    assert flow["link"]["color"][7] == fade(palette.leading, 0.38)
    assert flow["node"]["customdata"][flow["node"]["label"].index("tier:2")] == "85"


def test_a_flow_without_a_lower_tier_still_has_its_columns() -> None:
    rows = [link("nature:social", "tier:1", 5), link("tier:1", "kept", 5)]
    (flow,) = draw_city_sankey(rows, {}, str, "light")["data"]
    assert flow["node"]["label"] == ["nature:social", "tier:1", "kept"]
    assert flow["node"]["x"][0] < flow["node"]["x"][1] < flow["node"]["x"][2]
