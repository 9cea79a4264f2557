"""The help pages list every definition and every term, and each leads to the others."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from dashboard.help import definition_codes, load_definition, load_terms
from tests.dashboard.pages.drawn import draw, links, parts, text_of
from tests.dashboard.serving import Served

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_holds_every_definition_with_its_meaning_and_version(served: Served, language: str) -> None:
    content = draw(served, "/definitions", language=language)["content.children"]
    told = text_of(content)
    addresses = [address for _, address in links(content)]
    for code in definition_codes():
        page = load_definition(code, language)
        assert f"/definitions/{code}" in addresses
        assert page.section("meaning").text.partition("\n")[0] in told
        assert page.title in told
    assert str(len(definition_codes())) in told


def test_the_list_is_grouped_and_jumps_lead_to_the_groups(served: Served) -> None:
    content = draw(served, "/definitions")["content.children"]
    jumps = [address.removeprefix("#") for _, address in links(content) if address.startswith("#")]
    assert jumps == ["family-LV", "family-PF", "family-AL", "family-S"]
    assert {part.get("id") for part in parts(content)} >= set(jumps)


def test_the_export_of_a_family_is_what_the_page_shows_in_its_order(served: Served) -> None:
    search = "?sort=definitions_AL.-code"
    content = draw(served, "/definitions", search)["content.children"]
    (table,) = [part for part in parts(content) if part.get("id") == "table-definitions_AL"]
    shown = [
        [text_of(cell) for cell in row["children"]]
        for row in parts(table["children"])
        if isinstance(row.get("children"), list) and len(row["children"]) == 6
    ]
    address = f"/export{search}&page=/definitions&table=definitions_AL"
    file = served.signed_in().get(address)
    assert file.status_code == 200
    lines = load_workbook(BytesIO(file.data)).worksheets[0].iter_rows(values_only=True)
    exported = [
        [str(value) for value in line] for line in lines if line[1] and re.match(r"AL\d", str(line[1]))
    ]
    assert [row for row in shown if row[1].startswith("AL")] == exported
    assert [row[1] for row in exported] == sorted((row[1] for row in exported), reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_definition_leads_back_to_the_list_and_on_to_others(served: Served, language: str) -> None:
    search = "?as_of=2025-12-31&as_known=3"
    for code in definition_codes():
        content = draw(served, f"/definitions/{code}", search, language)["content.children"]
        addresses = [address for _, address in links(content)]
        assert addresses[0] == f"/definitions{search}", code
        others = [address for address in addresses[1:] if address.startswith("/definitions/")]
        assert any(address.startswith(f"/glossary{search}#term-") for address in addresses), code
        assert others, code
        assert all(address.endswith(search) for address in others), code
        assert f"/definitions/{code}{search}" not in others, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_says_every_term_in_the_language_with_the_other_beside_it(
    served: Served, language: str
) -> None:
    content = draw(served, "/glossary", language=language)["content.children"]
    by_id = {part["id"]: text_of(part["children"]) for part in parts(content) if "id" in part}
    addresses = {address for _, address in links(content)}
    for term in load_terms():
        told = by_id[f"term-{term.code}"]
        assert told.startswith(term.names[language])
        assert term.meanings[language] in told
        assert all(name in told for name in term.names.values())
        assert {f"/definitions/{code}" for code in term.figures} <= addresses
    assert {address.removeprefix("#") for address in addresses if address.startswith("#")} <= by_id.keys()


def test_the_help_stands_in_the_navigation_under_its_heading(served: Served) -> None:
    nav = draw(served, "/glossary")["nav.children"]
    assert "帮助" in text_of(nav)
    assert [part["label"] for part in parts(nav) if part.get("active")] == ["术语"]
    addresses = [part["href"] for part in parts(nav) if "href" in part]
    assert addresses.index("/definitions") + 1 == addresses.index("/glossary")


def test_somebody_without_the_right_to_read_sees_no_help(served: Served) -> None:
    assert "没有查看权限" in text_of(draw(served, "/glossary", login="bystander")["content.children"])
