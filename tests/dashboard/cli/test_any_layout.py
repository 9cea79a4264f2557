"""Files of any layout in, and the template out, at the command line."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.dashboard.cli.terminal import run

AS_OF = ("--as-of", "2025-12-31")
HEADER = ("被投企业名称", "投资时间", "投资金额（万元）", "备注")


@pytest.fixture
def book(tmp_path: Path) -> str:
    """A book with one fund of 10 million yuan, made from the template's own export."""
    path = tmp_path / "book.sqlite3"
    assert run("init", "--book", path, "--city", "示例市").code == 0
    base = tmp_path / "base.xlsx"
    workbook = Workbook()
    sheets: dict[str, list[tuple[str | int, ...]]] = {
        "机构": [("机构代码", "名称"), ("LP1", "示例出资人")],
        "基金": [("基金代码", "名称", "类型", "成立日"), ("F1", "示例一号基金", "子基金", "2020-01-01")],
        "基金园区": [("基金代码", "园区代码", "关系", "生效日"), ("F1", "全市", "设立", "2020-01-01")],
        "认缴": [
            ("基金代码", "出资人代码", "变更", "认缴额（万元）", "签署日"),
            ("F1", "LP1", "新增", 1000, "2020-01-01"),
        ],
        "实缴": [
            ("基金代码", "出资人代码", "实缴额（万元）", "到账日"),
            ("F1", "LP1", 1000, "2020-02-01"),
        ],
    }
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    del workbook["Sheet"]
    workbook.save(base)
    answer = run("import", base, "--book", path)
    assert answer.code == 0, answer.err
    return str(path)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.xlsx"
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        ("示例一号基金 项目台账",),
        HEADER,
        ("示例甲科技有限公司", "2021.3.5", 200, "首轮"),
        ("示例乙科技有限公司", "2021年4月6日", "300万元", None),
        ("合计", None, 500, None),
    ):
        sheet.append(row)
    workbook.save(path)
    return path


def test_nothing_is_imported_before_somebody_accepts_the_proposal(book: str, ledger: Path) -> None:
    head = run("verify", "--book", book).out
    answer = run("import", ledger, "--book", book)
    told = answer.out.decode()
    assert answer.code == 1
    assert "基金代码 ← F1　来自表格上方的标题或工作表名" in told
    assert "金额 ← 投资金额(万元)　表头一致" in told
    assert "--as-proposed" in told + answer.err
    assert run("verify", "--book", book).out == head


def test_an_accepted_proposal_is_imported_and_the_file_again_changes_nothing(book: str, ledger: Path) -> None:
    first = run("import", ledger, "--book", book, "--as-proposed")
    assert first.code == 0, first.err
    report = run("report", "fund", "--fund", "F1", *AS_OF, "--book", book, "--format", "json")
    assert report.figure("PF16")["value"] == "0.5"
    again = run("import", ledger, "--book", book, "--as-proposed")
    assert again.code == 0
    assert "新增 0 行" in again.out.decode()
    assert run("verify", "--book", book).code == 0


def test_a_mapping_is_written_corrected_and_applied(book: str, ledger: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mapping.json"
    assert run("import", ledger, "--book", book, "--dry-run", "--write-mapping", kept).code == 0
    text = kept.read_text("utf-8")
    assert '"F1"' in text
    kept.write_text(text.replace('"F1"', '"F2"'), "utf-8")
    wrong = run("import", ledger, "--book", book, "--mapping", kept)
    assert wrong.code == 1
    assert "F2" in wrong.out.decode()
    kept.write_text(text, "utf-8")
    assert run("import", ledger, "--book", book, "--mapping", kept).code == 0


def test_a_mapping_for_another_file_is_refused(book: str, ledger: Path, tmp_path: Path) -> None:
    kept = tmp_path / "mapping.json"
    for text in ("[]", "{", '[{"parts": [{"sheet": "投资", "feeds": {"金额": [99, ""]}}], "is_summary": 0}]'):
        kept.write_text(text, "utf-8")
        assert run("import", ledger, "--book", book, "--mapping", kept).code == 2


def test_a_file_that_nobody_understands_says_so(book: str, tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("没有,表头\n的,文件\n", "utf-8")
    answer = run("import", path, "--book", book)
    assert answer.code == 1
    assert "表头" in answer.err + answer.out.decode()


@pytest.mark.parametrize("scope", [(), ("--fund", "F1")])
def test_what_is_written_out_comes_in_again_without_a_change(
    book: str, tmp_path: Path, scope: tuple[str, ...]
) -> None:
    path = tmp_path / "out.xlsx"
    written = run("export", path, *scope, "--book", book)
    assert written.code == 0, written.err
    assert "再次导入不会有任何变化" in written.out.decode()
    assert "新增 0 行" in run("import", path, "--book", book).out.decode()


def test_what_is_not_there_cannot_be_written_out(book: str, tmp_path: Path) -> None:
    for scope in (("--fund", "F9"), ("--park", "P9")):
        answer = run("export", tmp_path / "out.xlsx", *scope, "--book", book)
        assert answer.code == 2
        assert not (tmp_path / "out.xlsx").exists()
