"""The template under every figure, worked out once per light; figures are plain dictionaries that name it."""

from collections.abc import Mapping
from typing import Any

from dashboard.figures.palette import PALETTES, Palette, fade

FONT = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif'
CLEAR = "rgba(0,0,0,0)"


def _axis(palette: Palette) -> dict[str, Any]:
    return {
        "automargin": True,
        "gridcolor": palette.rule,
        "linecolor": palette.rule_strong,
        "zerolinecolor": palette.rule_strong,
        "tickcolor": palette.rule_strong,
        "tickfont": {"color": palette.ink_soft},
        "title": {"standoff": 12, "font": {"color": palette.ink_soft}},
    }


def _layout(palette: Palette) -> dict[str, Any]:
    return {
        "font": {"family": FONT, "size": 13, "color": palette.ink},
        # The card shows through, so that a figure lies on whatever it is put on.
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "colorway": [palette.between, palette.leading, palette.social, palette.state_owned, palette.fiscal],
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "separators": ".,",
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": palette.raised,
            "bordercolor": palette.rule_strong,
            "font": {"family": FONT, "size": 13, "color": palette.ink},
            "align": "left",
        },
        "legend": {"orientation": "h", "x": 0, "y": -0.12, "font": {"color": palette.ink_soft}},
        "xaxis": _axis(palette),
        "yaxis": {**_axis(palette), "showgrid": False},
        "bargap": 0.35,
        "colorscale": {"sequential": _shades(palette)},
        "coloraxis": {
            "colorbar": {"outlinewidth": 0, "thickness": 12, "tickfont": {"color": palette.ink_soft}}
        },
    }


def _shades(palette: Palette) -> list[list[object]]:
    """From nothing to all of the leading colour, for the heat map."""
    return [[0, fade(palette.leading, 0.04)], [1, palette.leading]]


def _marks(palette: Palette) -> dict[str, list[dict[str, Any]]]:
    """How each kind of trace is drawn unless it says otherwise."""
    text = {"family": FONT, "size": 13, "color": palette.ink}
    return {
        "bar": [{"marker": {"line": {"width": 0}}, "textfont": text, "cliponaxis": False}],
        "scatter": [{"line": {"width": 2}, "marker": {"size": 6}}],
        "waterfall": [
            {
                "connector": {"line": {"color": palette.rule_strong, "width": 1}},
                "increasing": {"marker": {"color": palette.social}},
                "decreasing": {"marker": {"color": palette.between}},
                "totals": {"marker": {"color": palette.accent}},
                "textfont": text,
            }
        ],
        "heatmap": [{"colorscale": _shades(palette), "xgap": 1, "ygap": 1}],
        "sankey": [
            {
                # Plotly draws a pale halo around labels, which cannot be read on a dark card.
                "textfont": {**text, "shadow": "none"},
                "node": {"color": palette.between, "line": {"width": 0}, "pad": 14, "thickness": 14},
                "link": {"color": fade(palette.between, 0.28)},
            }
        ],
    }


TEMPLATES: Mapping[str, dict[str, Any]] = {
    scheme: {"layout": _layout(palette), "data": _marks(palette)} for scheme, palette in PALETTES.items()
}


def graph_config(language: str) -> dict[str, Any]:
    """How every figure behaves: in the language of the visit, without a link to anybody."""
    return {
        "displaylogo": False,
        "responsive": True,
        "locale": "zh-CN" if language == "zh" else "en",
        "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d", "sendDataToCloud"],
        "toImageButtonOptions": {"format": "svg", "filename": "figure"},
    }
