"""Formats of files that show a number as the page wrote it."""

import pytest

from dashboard.tables.number_formats import shape_as_written


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("62.5%", "#,##0.0%"),
        ("62.5% ✓", '#,##0.0%" ✓"'),
        ("1,204", "#,##0"),
        ("1,204 ✗", '#,##0" ✗"'),
        ("✓ +2.5", '"✓ +"#,##0.0;"✓ +"#,##0.0'),
        ("−3", '"−"#,##0;"−"#,##0'),
        ("0.38×", '#,##0.00"×"'),
        ("0", "#,##0"),
    ],
)
def test_a_file_shows_the_number_as_the_page_does(text: str, shape: str) -> None:
    assert shape_as_written(text) == shape


@pytest.mark.parametrize("text", ["", "—", "3 / 4"])
def test_what_is_not_one_number_has_no_format(text: str) -> None:
    with pytest.raises(ValueError, match="not one number"):
        shape_as_written(text)
