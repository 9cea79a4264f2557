"""A page that lacks a field or a section is refused, so that no reader meets half a definition."""

from datetime import date

import pytest

from dashboard.help import parse_page
from dashboard.help.page import HEADINGS

HEAD = "---\ncode: X\ntitle: 名: 称\nversion: 2\nfrom: 2024-05-01\nunit: 元\nbasis: 实缴\n---\n"
BODY = "".join(f"\n## {heading}\n\n{heading}的话\n" for heading in HEADINGS["zh"])


def test_a_page_is_read_field_by_field() -> None:
    page = parse_page(HEAD + BODY, "zh")
    assert (page.code, page.title, page.version, page.from_date) == ("X", "名: 称", 2, date(2024, 5, 1))
    assert page.section("example").text == "算例的话"
    assert [section.heading for section in page.sections] == list(HEADINGS["zh"])


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("unit: 元\n", "") + BODY,
        HEAD + BODY.replace("## 算例", "## 例子"),
        HEAD + BODY.replace("## 来源\n\n来源的话\n", ""),
        HEAD + "前言" + BODY,
        "前言\n" + HEAD + BODY,
        HEAD.replace("version: 2", "version: two") + BODY,
    ],
)
def test_an_incomplete_page_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_page(text, "zh")


def test_a_table_line_or_a_rule_in_the_text_does_not_end_a_section() -> None:
    page = parse_page(HEAD + BODY + "\n| a | b |\n|---|---|\n\n### 小标题\n", "zh")
    assert "小标题" in page.section("example").text
