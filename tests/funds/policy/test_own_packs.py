"""A policy file of one's own comes in as it stands, or everything that is wrong with it is told."""

from pathlib import Path

import pytest

from funds.errors import RulesBroken
from funds.kinds import Confirmation
from funds.policy import read_own_pack
from funds.policy.own_packs import LARGEST
from tests.builders import day

GOOD = """
pack = "本市"
document = "某号文"
from = 2026-07-01

[[row]]
code = "retention.drafts"
name = "保存期限：表单草稿"
value = "60.5"
unit = "天"

[[row]]
code = "leverage.official"
name = "口径"
words = "LV04"
from = 2026-01-01
to = 2027-01-01
clause = "第三条"
confirmation = "confirmed"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "本市.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_its_rows(tmp_path: Path) -> None:
    first, second = read_own_pack(write(tmp_path, GOOD))
    assert (first.pack, first.code, first.value_e6, first.words) == (
        "本市",
        "retention.drafts",
        60_500_000,
        None,
    )
    assert (first.from_date, first.to_date, first.document) == (day("2026-07-01"), None, "某号文")
    assert first.confirmation is Confirmation.UNCHECKED
    assert (second.words, second.value_e6, second.clause) == ("LV04", None, "第三条")
    assert (second.from_date, second.to_date) == (day("2026-01-01"), day("2027-01-01"))
    assert second.confirmation is Confirmation.CONFIRMED


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'code = "retention.drafts"',
            'kode = "x"',
            {("policy_file.unknown_field", 1), ("policy_file.missing", 1)},
        ),
        ("from = 2026-07-01", "", {("policy_file.missing", 1)}),
        ("from = 2026-07-01", 'from = "2026-07-01"', {("policy_file.not_a_date", 1)}),
        ("to = 2027-01-01", "to = 2027-01-01T00:00:00", {("policy_file.not_a_date", 2)}),
        ('value = "60.5"', "value = 60", {("policy_file.not_text", 1)}),
        ('value = "60.5"', 'value = "sixty"', {("policy_file.not_a_number", 1)}),
        ('value = "60.5"', 'value = "1.2345678"', {("policy_file.not_a_number", 1)}),
        ('value = "60.5"', "", {("policy_file.value_or_words", 1)}),
        ('words = "LV04"', 'words = "LV04"\nvalue = "1"', {("policy_file.value_or_words", 2)}),
        ('words = "LV04"', 'words = " "', {("policy_file.not_text", 2)}),
        ('confirmation = "confirmed"', 'confirmation = "yes"', {("policy_file.confirmation", 2)}),
        ('document = "某号文"', 'document = ""', {("policy_file.not_text", 1), ("policy_file.not_text", 2)}),
    ],
)
def test_what_is_wrong_is_told_with_its_row(
    tmp_path: Path, old: str, new: str, told: set[tuple[str, int]]
) -> None:
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(RulesBroken) as broken:
        read_own_pack(path)
    found = {(problem.code, int(problem.where.rpartition("!")[2])) for problem in broken.value.problems}
    assert found == told


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"pack = ", "policy_file.not_toml"),
        ("名=1".encode("gbk"), "policy_file.not_toml"),
        (b"pack = 'x'", "policy_file.no_rows"),
        (b"row = 3", "policy_file.no_rows"),
        (b"row = [3]", "policy_file.no_rows"),
        (b"#" * (LARGEST + 1), "policy_file.too_large"),
    ],
)
def test_what_is_no_policy_file_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    for asked, expected in ((path, code), (tmp_path / "absent.toml", "policy_file.not_there")):
        with pytest.raises(RulesBroken) as broken:
            read_own_pack(asked)
        assert [problem.code for problem in broken.value.problems] == [expected]
