"""The child works apart, within limits, and its silence is heard as well."""

import os
import subprocess
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from funds.intake import parsing
from funds.intake.parsing import parse_workbook
from tests.funds.intake.workbooks import make_workbook

SOUND = make_workbook({"投资": [["x"]]})
TOO_HEAVY = {"problem": {"code": "import.too_heavy", "where": "", "params": {}}}


def _run_instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str) -> None:
    """Let the parent start a child of our own."""
    (tmp_path / "stand_in.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(parsing, "_MODULE", "stand_in")
    monkeypatch.setattr(parsing, "list_environment", lambda: {"PYTHONPATH": str(tmp_path)})


def test_a_workbook_is_parsed_in_another_process() -> None:
    lines = list(parse_workbook(SOUND))
    assert lines[-2:] == [{"rows": [["x"]]}, {"end": True}]


def test_the_current_folder_cannot_slip_in_modules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "zipfile.py").write_text("raise SystemExit", encoding="utf-8")
    (tmp_path / "funds").mkdir()
    monkeypatch.chdir(tmp_path)
    assert list(parse_workbook(SOUND))[-1] == {"end": True}


def test_the_child_knows_nothing_of_the_parents_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNDTRACKER_BOOK", "postgresql://a:secret@b/c")
    assert set(parsing.list_environment()) <= {"PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONUTF8"}


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _run_instead(monkeypatch, tmp_path, "import sys, time\nsys.stdin.buffer.read()\ntime.sleep(60)")
    started = time.monotonic()
    assert list(parse_workbook(SOUND, patience=0.5)) == [TOO_HEAVY]
    assert time.monotonic() - started < 20


def test_a_child_that_dies_before_it_listens_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _run_instead(monkeypatch, tmp_path, "import os\nos._exit(3)")
    assert list(parse_workbook(SOUND * 2000)) == [TOO_HEAVY]


def test_a_child_that_dies_half_way_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code = "import os, sys\nsys.stdin.buffer.read()\nprint('{\"rows\": []}', flush=True)\nos.abort()"
    _run_instead(monkeypatch, tmp_path, code)
    assert list(parse_workbook(SOUND)) == [{"rows": []}, TOO_HEAVY]


def test_a_child_may_not_take_more_memory_than_its_limit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code = (
        "from funds.intake import child\n"
        "child.describe_workbook = lambda content: iter([{'rows': len(bytearray(2**30))}])\n"
        "child.main()"
    )
    _run_instead(monkeypatch, tmp_path, code)
    root = str(Path(parsing.__file__).parents[2])
    monkeypatch.setattr(
        parsing, "list_environment", lambda: {"PYTHONPATH": os.pathsep.join((str(tmp_path), root))}
    )
    assert list(parse_workbook(SOUND)) == [TOO_HEAVY]


def test_who_stops_listening_leaves_no_child_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Watched(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    lines = parse_workbook(make_workbook({"投资": [["x" * 50] * 20] * 5000}))
    assert "sheet" in next(lines)
    assert isinstance(lines, Generator)
    lines.close()
    assert [process.poll() is not None for process in started] == [True]
