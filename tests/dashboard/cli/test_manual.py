"""The manual's own commands: each is one that the program takes, and all together they work on a real server."""

import os
import re
import shlex
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from dashboard.cli.arguments import make_parser
from tests.browser.demo_server import find_port
from tests.engines import APP_ROLE, PostgresDatabases
from tests.house.tree import ROOT

MANUAL = ROOT / "docs" / "operations.md"
PATIENCE = 900
BLOCK = re.compile(r"```bash\n(.*?)```", re.DOTALL)
# What the manual says of the reader's machine.
PLACES = {
    "OWNER": "owner",
    "FUNDTRACKER_BOOK": "app",
    "FUNDTRACKER_ANCHORS": "anchors",
    "BACKUPS": "backups",
}
# Stand-ins on the path: the program of this checkout, and a `curl` for machines without one.
STAND_INS = {
    "fundtracker": 'exec "$PYTHON" -c "import sys; from dashboard.cli import main; sys.exit(main())" "$@"',
    "curl": """for word in "$@"; do address="$word"; done
for _ in $(seq 600); do
  "$PYTHON" -c 'import sys, urllib.request as r; r.urlopen(sys.argv[1], timeout=5)' "$address" 2>/dev/null && exit 0
  sleep 0.1
done
exit 1""",
}


def blocks() -> list[str]:
    """The commands of the manual, in its order."""
    return BLOCK.findall(MANUAL.read_text("utf-8"))


def test_every_command_of_the_manual_is_one_that_the_program_takes() -> None:
    lines = [line for block in blocks() for line in block.splitlines()]
    commands = [words for line in lines if (words := _words_of(line))]
    assert {words[0] for words in commands} >= {
        "init", "serve", "backup", "restore", "verify", "upgrade", "forget", "doctor"
    }  # fmt: skip
    parser = make_parser("en")
    for words in commands:
        parser.parse_args(words)


def _words_of(line: str) -> list[str]:
    """What follows `fundtracker` in a line, up to where the shell takes over again."""
    said = re.sub(r'"\$\([^"]*("[^"]*"[^"]*)*\)"', "FILE", line)
    words = shlex.split(said)
    if "fundtracker" not in words:
        return []
    words = words[words.index("fundtracker") + 1 :]
    end = next((place for place, word in enumerate(words) if word in {"&", "||", ">", "|"}), len(words))
    return words[:end]


def stand_in(folder: Path) -> None:
    """Put the programs that the manual names where the shell finds them."""
    folder.mkdir()
    for name, script in STAND_INS.items():
        (folder / name).write_text(f"#!/bin/bash\n{script}\n")
        (folder / name).chmod(0o755)


@pytest.mark.full
def test_the_manual_is_carried_out_on_a_real_server(postgres: PostgresDatabases, tmp_path: Path) -> None:
    owner = postgres.empty()
    for name in ("anchors", "backups"):
        (tmp_path / name).mkdir(mode=0o700)
    stand_in(tmp_path / "bin")
    places = {"owner": owner, "app": postgres.as_app(owner)}
    script = "\n".join(blocks()).replace("APP_ROLE=fundtracker_app", f"APP_ROLE={APP_ROLE}")
    for name, kind in PLACES.items():
        value = places.get(kind, str(tmp_path / kind))
        script, count = re.subn(
            rf"^export {name}=.*$", f"export {name}={shlex.quote(value)}", script, flags=re.M
        )
        assert count == 1, name
    kinds = {
        f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("DATA", "STATE", "CONFIG", "CACHE")
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FUNDTRACKER_")}
    end = 'kill -TERM "$(jobs -p)"; wait "$(jobs -p)"; echo ended $?'
    process = subprocess.Popen(
        ["bash", "-eu", "-o", "pipefail", "-c", f"{script}\n{end}"],
        env={
            **kept,
            **kinds,
            "PATH": f"{tmp_path / 'bin'}:{kept['PATH']}",
            "PYTHON": sys.executable,
            "FUNDTRACKER_PORT": str(find_port()),
        },
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        told, _ = process.communicate(timeout=PATIENCE)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 0, told
    assert told.rstrip().endswith("ended 0"), told
    postgres.drop_made()
