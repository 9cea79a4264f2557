"""Bars run from the first day to the last, or to the as-of day while an industry leads."""

from datetime import date, timedelta

from dashboard.figures.leading_timeline import MILLISECONDS, Era, draw_leading_timeline
from dashboard.figures.palette import PALETTES

AS_OF = date(2026, 9, 30)
NOW = Era("1. 绿色能源", "2024-01-01 → 今", date(2024, 1, 1), None, "now")
OVER = Era("1. 汽车", "2020-01-01 → 2024-01-01", date(2020, 1, 1), date(2024, 1, 1), "over")


def test_a_bar_is_as_long_as_the_industry_led() -> None:
    (bars,) = draw_leading_timeline([NOW, OVER], AS_OF, "light")["data"]

    assert bars["base"] == ["2024-01-01", "2020-01-01"]
    assert [length // MILLISECONDS for length in bars["x"]] == [(AS_OF - NOW.start).days, 1461]


def test_what_ended_is_grey_and_stands_below() -> None:
    for scheme, palette in PALETTES.items():
        (bars,) = draw_leading_timeline([NOW, OVER], AS_OF, scheme)["data"]
        assert bars["marker"]["color"] == [palette.leading, palette.other]
        assert bars["y"] == [1, 0]


def test_every_era_has_its_name_and_dates_in_words() -> None:
    layout = draw_leading_timeline([NOW, OVER], AS_OF, "light")["layout"]

    assert [note["text"] for note in layout["annotations"]] == [NOW.name, NOW.told, OVER.name, OVER.told]


def test_a_long_time_has_a_tick_every_other_year() -> None:
    old = Era("1. 老", "", AS_OF - timedelta(days=20 * 365), None, "")

    assert draw_leading_timeline([NOW], AS_OF, "light")["layout"]["xaxis"]["dtick"] == "M12"
    assert draw_leading_timeline([old], AS_OF, "light")["layout"]["xaxis"]["dtick"] == "M24"
