"""The colours and what they mean, for light and dark; the style sheet repeats them under the same names."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """One light: surfaces and ink, then the meanings, which never change from page to page."""

    ground: str
    paper: str
    raised: str
    ink: str
    ink_soft: str
    rule: str
    rule_strong: str
    accent: str
    on_accent: str
    fiscal: str
    state_owned: str
    social: str
    between: str
    leading: str
    other: str
    good: str
    near: str
    broken: str
    unknown: str
    # The same meanings as text, where a fill would be too faint to read.
    fiscal_text: str
    state_owned_text: str
    social_text: str
    leading_text: str
    good_text: str
    near_text: str
    broken_text: str


LIGHT = Palette(
    ground="#F4F6F8",
    paper="#FFFFFF",
    raised="#FFFFFF",
    ink="#17202B",
    ink_soft="#546170",
    rule="#DFE4EA",
    rule_strong="#7A8797",
    accent="#243B53",
    on_accent="#FFFFFF",
    fiscal="#9B2C2C",
    state_owned="#B7791F",
    social="#2B6CB0",
    between="#718096",
    leading="#0F766E",
    other="#A0AEC0",
    good="#2F855A",
    near="#B7791F",
    broken="#C53030",
    unknown="#A0AEC0",
    fiscal_text="#9B2C2C",
    state_owned_text="#8A5A12",
    social_text="#2B6CB0",
    leading_text="#0F766E",
    good_text="#256B48",
    near_text="#8A5A12",
    broken_text="#C53030",
)

DARK = Palette(
    ground="#11161C",
    paper="#1A2129",
    raised="#222B35",
    ink="#E7ECF1",
    ink_soft="#A5B1BF",
    rule="#2D3742",
    rule_strong="#6B7A8B",
    accent="#A9BDD2",
    on_accent="#11161C",
    fiscal="#DE7272",
    state_owned="#D9A23F",
    social="#63A4E6",
    between="#94A3B8",
    leading="#2BB5A6",
    other="#6F7F92",
    good="#55B685",
    near="#D9A23F",
    broken="#F07373",
    unknown="#6F7F92",
    fiscal_text="#E58A8A",
    state_owned_text="#E0B057",
    social_text="#7DB5EE",
    leading_text="#3FC3B4",
    good_text="#6AC496",
    near_text="#E0B057",
    broken_text="#F58C8C",
)

PALETTES: Mapping[str, Palette] = {"light": LIGHT, "dark": DARK}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as the web's accessibility guidelines count it, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def fade(colour: str, share: float) -> str:
    """A colour let through to a share, for the links of a flow and the ground of a heading."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share:g})"


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
