"""What the figures were measured on: the processor, the memory, the versions, the commit; no name of a host."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = (
    *("numpy", "scipy", "pandas", "pyxirr", "numpy-financial", "openpyxl", "python-calamine", "xlsxwriter"),
    *("sqlalchemy", "psycopg", "dash", "plotly", "orjson", "gunicorn", "flask"),
)
ROOT = Path(__file__).parent.parent


def describe_machine() -> dict[str, str]:
    """One line for each thing that a figure may depend on."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": read_commit(),
        "processor": f"{read_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / (1 << 30):.0f} GiB",
        "system": platform.system(),
        "load at the start": f"{os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
        "libraries": ", ".join(f"{name} {found}" for name in LIBRARIES if (found := _find_version(name))),
    }


def read_processor(information: Path = Path("/proc/cpuinfo")) -> str:
    """The processor as it names itself."""
    try:
        lines = information.read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def read_commit(root: Path = ROOT) -> str:
    """The commit of the checkout, with a word where files differ from it."""
    try:
        found = _ask_git(root, "rev-parse", "--short=12", "HEAD")
        return f"{found} and changes" if _ask_git(root, "status", "--porcelain", "-uno") else found
    except (OSError, subprocess.CalledProcessError):
        return "no checkout"


def _ask_git(root: Path, *asked: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *asked], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _find_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
