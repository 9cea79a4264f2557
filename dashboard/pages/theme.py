"""The components' theme: our type, our greys, and an accent so quiet that colour is left for meaning."""

from typing import Any

from dashboard.figures.template import FONT

# Ten steps of one blue grey; the seventh is the accent by day, the third by night.
_SLATE = [
    "#F0F4F8",
    "#D9E2EC",
    "#BCCCDC",
    "#A9BDD2",
    "#829AB1",
    "#627D98",
    "#3E5873",
    "#243B53",
    "#1B2F45",
    "#102A43",
]
# From text to ground, as the components expect their dark greys.
_DARK = [
    "#E7ECF1",
    "#C5CED8",
    "#A5B1BF",
    "#6B7A8B",
    "#3B4753",
    "#2D3742",
    "#222B35",
    "#1A2129",
    "#11161C",
    "#0B0F14",
]

THEME: dict[str, Any] = {
    "fontFamily": FONT,
    "fontFamilyMonospace": 'ui-monospace, "Noto Sans Mono CJK SC", monospace',
    "headings": {"fontFamily": FONT, "fontWeight": "600"},
    "fontSizes": {"xs": "12px", "sm": "13px", "md": "14px", "lg": "16px", "xl": "20px"},
    "spacing": {"xs": "8px", "sm": "12px", "md": "16px", "lg": "24px", "xl": "32px"},
    "colors": {"slate": _SLATE, "dark": _DARK},
    "primaryColor": "slate",
    "primaryShade": {"light": 7, "dark": 3},
    "autoContrast": True,
    "black": "#17202B",
    "defaultRadius": "sm",
    "cursorType": "pointer",
    "components": {
        "Paper": {"defaultProps": {"shadow": "none"}},
        "Card": {"defaultProps": {"shadow": "none"}},
        "Popover": {"defaultProps": {"shadow": "sm"}},
        "Menu": {"defaultProps": {"shadow": "sm"}},
    },
}
