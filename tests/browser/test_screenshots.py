"""The pictures in the documents are those that `make screenshots` writes, and all of them are there."""

import re

from tests.browser.screenshots import PICTURES, name_pictures
from tests.house.tree import ROOT


def test_every_picture_is_there_and_none_is_left_over() -> None:
    assert {path.name for path in PICTURES.glob("*.jpg")} == name_pictures()


def test_the_readme_shows_pictures_that_are_written() -> None:
    shown = set(re.findall(r"docs/pictures/([\w.-]+)", (ROOT / "README.md").read_text("utf-8")))
    assert len(shown) >= 4
    assert shown <= name_pictures()
