"""The demo as `fundtracker demo` serves it: a process of its own with gunicorn, compression and all."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

PATIENCE = 60
PROGRAM = (sys.executable, "-c", "import sys; from dashboard.cli import main; sys.exit(main())")


@dataclass(frozen=True)
class Demo:
    """A demo in a folder of its own: book, state and all."""

    folder: Path

    def make(self) -> None:
        """Make the sample city's book."""
        subprocess.run([*PROGRAM, *self._arguments, "--no-serve"], env=self._environment, check=True)

    @contextmanager
    def serve(self) -> Iterator[str]:
        """The address at which it listens until the end."""
        port = find_port()
        address = f"http://127.0.0.1:{port}"
        server = subprocess.Popen(
            [*PROGRAM, *self._arguments, "--port", str(port)],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            wait_for(server, f"{address}/health")
            yield address
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=PATIENCE)

    @property
    def _arguments(self) -> list[str]:
        return ["demo", "--book", str(self.folder / "demo")]

    @property
    def _environment(self) -> dict[str, str]:
        """Nothing of whoever runs it: no settings, no key, no book."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FUNDTRACKER_")}
        kinds = ("DATA", "STATE", "CONFIG", "CACHE")
        return {**kept, **{f"XDG_{kind}_HOME": str(self.folder / kind.lower()) for kind in kinds}}


def find_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    """Until the server answers."""
    for _ in range(PATIENCE * 10):
        if server.poll() is not None:
            raise RuntimeError(f"the demo did not start: {server.returncode}")
        try:
            with urlopen(address, timeout=1):  # noqa: S310 (an address of this machine)
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nobody answers at {address}")
