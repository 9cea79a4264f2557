"""Colours are the same in figures and on pages, and can be read in both lights."""

import re
from dataclasses import asdict
from pathlib import Path

import pytest

import dashboard
from dashboard.figures.palette import LIGHT, PALETTES, contrast, fade
from dashboard.figures.template import TEMPLATES, graph_config

STYLE = (Path(dashboard.__file__).parent / "assets" / "colours.css").read_text("utf-8")
SURFACES = ("ground", "paper", "raised")
TEXTS = ("ink", "ink_soft", "accent", *(name for name in asdict(LIGHT) if name.endswith("_text")))
FILLS = ("fiscal", "state_owned", "social", "between", "leading", "good", "near", "broken", "rule_strong")


def variables(scheme: str) -> dict[str, str]:
    """The colours that the style sheet names for a light."""
    block = re.search(rf'data-mantine-color-scheme="{scheme}"\] \{{(.*?)\}}', STYLE, re.DOTALL)
    assert block
    return dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6});", block[1]))


@pytest.mark.parametrize("scheme", PALETTES)
def test_the_style_sheet_repeats_the_palette(scheme: str) -> None:
    named = {name.replace("_", "-"): colour for name, colour in asdict(PALETTES[scheme]).items()}
    assert variables(scheme) == named


@pytest.mark.parametrize("scheme", PALETTES)
@pytest.mark.parametrize("surface", SURFACES)
def test_text_can_be_read_on_every_surface(scheme: str, surface: str) -> None:
    palette = asdict(PALETTES[scheme])
    faint = {name: contrast(palette[name], palette[surface]) for name in TEXTS}
    assert {name: ratio for name, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", PALETTES)
@pytest.mark.parametrize("surface", SURFACES)
def test_fills_stand_out_from_every_surface(scheme: str, surface: str) -> None:
    palette = asdict(PALETTES[scheme])
    faint = {name: contrast(palette[name], palette[surface]) for name in FILLS}
    assert {name: ratio for name, ratio in faint.items() if ratio < 3} == {}


@pytest.mark.parametrize("scheme", PALETTES)
def test_a_button_can_be_read(scheme: str) -> None:
    assert contrast(PALETTES[scheme].on_accent, PALETTES[scheme].accent) >= 4.5


def test_contrast_runs_from_one_to_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


def test_the_meanings_by_day_are_the_agreed_colours() -> None:
    agreed = ("#9B2C2C", "#B7791F", "#2B6CB0", "#718096", "#0F766E", "#A0AEC0", "#2F855A", "#C53030")
    used = (
        LIGHT.fiscal,
        LIGHT.state_owned,
        LIGHT.social,
        LIGHT.between,
        LIGHT.leading,
        LIGHT.other,
        LIGHT.good,
    )
    assert (*used, LIGHT.broken) == agreed


def test_a_colour_fades_to_a_share_of_itself() -> None:
    assert fade("#102030", 0.5) == "rgba(16,32,48,0.5)"


@pytest.mark.parametrize("scheme", PALETTES)
def test_a_figure_lies_on_what_is_below_it_in_the_ink_of_its_light(scheme: str) -> None:
    layout = TEMPLATES[scheme]["layout"]
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert layout["font"]["color"] == PALETTES[scheme].ink


def test_a_figure_speaks_the_language_of_the_visit_and_links_to_nobody() -> None:
    assert graph_config("zh")["locale"] == "zh-CN"
    assert graph_config("en")["locale"] == "en"
    assert graph_config("zh")["displaylogo"] is False
