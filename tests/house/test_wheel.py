"""The wheel, alone in an empty environment and run from another folder, makes and fills a book."""

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOMS, ROOT, modules_of

# What a book on PostgreSQL needs beyond the base lock.
POSTGRES = ("psycopg", "psycopg-binary")
PARKS = (("W1", "轮子一园"), ("W2", "轮子二园"))


@dataclass(frozen=True)
class Environment:
    """A virtual environment that holds the wheel, and an empty folder to work in."""

    programs: Path
    folder: Path

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of its programs in that folder, with a home of its own."""
        home = self.folder / "home"
        kinds = ("DATA", "STATE", "CONFIG", "CACHE")
        own = {"HOME": str(home), **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in kinds}}
        return subprocess.run(
            [str(self.programs / program), *arguments],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **own},
            capture_output=True,
            text=True,
            check=False,
        )

    def succeed(self, program: str, *arguments: str) -> str:
        """Run one of its programs and insist on success."""
        done = self.run(program, *arguments)
        assert done.returncode == 0, f"{program} {' '.join(arguments)}:\n{done.stdout}{done.stderr}"
        return done.stdout


def locked_names() -> list[str]:
    """The distributions of the base lock that belong on this machine."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    locked = [Requirement(line.rstrip("\\ ")) for line in lines if line[:1].isalnum()]
    return [one.name for one in locked if one.marker is None or one.marker.evaluate()]


def link_distributions(names: list[str], folder: Path) -> None:
    """Show the installed files of these distributions, and no others, in a folder: nothing is fetched."""
    folder.mkdir()
    for name in names:
        distribution = metadata.distribution(name)
        tops = {Path(file).parts[0] for file in distribution.files or () if ".." not in Path(file).parts}
        for top in tops - {"__pycache__"}:
            link = folder / top
            if not link.exists():
                link.symlink_to(Path(str(distribution.locate_file(top))))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    options = ["--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*pip, *options, str(ROOT)], check=True, capture_output=True, text=True)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An empty environment with the wheel and just the base lock (and the driver of PostgreSQL)."""
    folder = tmp_path_factory.mktemp("empty")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
    python = folder / "venv" / "bin" / "python"
    link_distributions([*locked_names(), *POSTGRES], folder / "locked")
    [packages] = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "locked.pth").write_text(f"{folder / 'locked'}\n")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    options = ["install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    subprocess.run([*pip, *options], check=True, capture_output=True, text=True)
    (folder / "elsewhere" / "home").mkdir(parents=True)
    return Environment(python.parent, folder / "elsewhere")


def outside_names(path: Path) -> Iterator[str]:
    """The top-level names that a module imports from neither the house nor the standard library."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        for top in {name.partition(".")[0] for name in names}:
            if top not in ROOMS and top not in sys.stdlib_module_names:
                yield top


def test_every_library_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = (project["dependencies"], *project["optional-dependencies"].values())
    declared = {canonicalize_name(Requirement(line).name) for group in groups for line in group}
    sources = metadata.packages_distributions()
    undeclared = {
        f"{name} in {path.relative_to(ROOT)}"
        for path in modules_of(*ROOMS)
        for name in outside_names(path)
        if not declared & {canonicalize_name(source) for source in sources.get(name, [name])}
    }
    assert undeclared == set()


def test_the_wheel_runs_its_own_files_and_sees_no_development_tools(environment: Environment) -> None:
    where = "import funds, valuation, dashboard, migrations; print(funds.__file__, dashboard.__file__)"
    places = environment.succeed("python", "-c", where).split()
    assert all(str(environment.programs.parent) in place for place in places)
    assert environment.run("python", "-c", "import pytest").returncode != 0


def write_parks(template: Path, path: Path) -> None:
    """Two parks on the sheet for parks, under the titles that the template gives it."""
    lines = load_workbook(template)["园区"].iter_rows(values_only=True)
    titles = next(line for line in lines if any("园区代码" in str(title) for title in line))
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("园区")
    sheet.append(titles)
    for code, name in PARKS:
        values = {"园区代码": code, "名称": name}
        sheet.append([values.get(str(title).rstrip("*")) for title in titles])
    book.save(path)


@pytest.mark.parametrize(
    "databases",
    [pytest.param(one, marks=pytest.mark.full) for one in ("sqlite", "postgresql")],
    indirect=True,
)
def test_the_wheel_creates_upgrades_and_fills_a_book(environment: Environment, engine_url: str) -> None:
    template, workbook = (environment.folder / f"{name}.xlsx" for name in ("template", "parks"))
    environment.succeed("fundtracker", "init", "--book", engine_url)
    environment.succeed("fundtracker", "upgrade", "--book", engine_url)
    template.unlink(missing_ok=True)
    environment.succeed("fundtracker", "template", str(template))
    write_parks(template, workbook)
    environment.succeed("fundtracker", "import", str(workbook), "--book", engine_url)
    environment.succeed("fundtracker", "verify", "--book", engine_url)
    report = ("report", "city", "--city", "--as-of", "2025-12-31", "--format", "json")
    assert '"report"' in environment.succeed("fundtracker", *report, "--book", engine_url)
