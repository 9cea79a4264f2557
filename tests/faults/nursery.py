"""A process that has everything imported and forks a child for each job, so that a hundred are killed within seconds."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).parents[2]
_MOST = 2**16


@dataclass
class Child:
    """A running job; what it says comes line by line."""

    pid: int
    ear: IO[str]
    nursery: "Nursery"

    def hear(self) -> str:
        """Its next line, without the end; empty when it has ended."""
        return self.ear.readline().rstrip("\n")

    def kill(self) -> list[str]:
        """End it at once, whatever it is doing; the whole lines that it still said."""
        self.nursery.ask({"kill": self.pid})
        said = self.ear.read()
        self.ear.close()
        # The last line may be cut off in the pipe; only whole ones were said.
        return said.rpartition("\n")[0].split("\n") if "\n" in said else []

    def finish(self) -> tuple[int, list[str]]:
        """Wait until it ends by itself: its exit code, and the lines that it still said."""
        said = self.ear.read().splitlines()
        self.ear.close()
        return self.nursery.ask({"wait": self.pid}), said


@dataclass
class Nursery:
    """The near end of the process that forks."""

    line: socket.socket

    def start(self, job: str, **given: Any) -> Child:
        """A child that does a job of `tests.faults.jobs`."""
        near, far = os.pipe()
        socket.send_fds(self.line, [json.dumps({"job": job, "given": given}).encode()], [far])
        os.close(far)
        return Child(int(self.line.recv(_MOST)), os.fdopen(near, encoding="utf-8"), self)

    def ask(self, order: dict[str, int]) -> int:
        """Have a child killed or waited for; its exit code, negative for a signal."""
        self.line.send(json.dumps(order).encode())
        return int(self.line.recv(_MOST))


@contextmanager
def open_nursery() -> Iterator[Nursery]:
    """A nursery that goes with all its children."""
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.faults.nursery", str(far.fileno())]
    process = subprocess.Popen(command, cwd=ROOT, pass_fds=[far.fileno()])
    far.close()
    try:
        assert near.recv(_MOST) == b"ready"
        yield Nursery(near)
    finally:
        near.close()
        process.wait(timeout=30)


def serve(line: socket.socket) -> None:
    """Fork, kill and wait as asked until the other end is gone, then let no child outlive this process."""
    from tests.faults import jobs

    living: set[int] = set()
    line.send(b"ready")
    while True:
        message, handles, _, _ = socket.recv_fds(line, _MOST, 1)
        if not message:
            break
        order = json.loads(message)
        if "job" in order:
            pid = os.fork()
            if not pid:
                line.close()
                _work(jobs.JOBS[order["job"]], order["given"], handles[0])
            os.close(handles[0])
            living.add(pid)
            line.send(str(pid).encode())
            continue
        (verb, pid), *_ = order.items()
        if verb == "kill":
            os.kill(pid, signal.SIGKILL)
        living.discard(pid)
        line.send(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())
    for pid in living:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _work(job: Any, given: dict[str, Any], handle: int) -> None:
    """Do the job in the child and leave without a word to what the parent had open."""
    code = 1
    try:
        # A line is one write, said before anything else happens.
        code = job(lambda said: os.write(handle, f"{said}\n".encode()), **given) or 0
    except BaseException as fault:
        os.write(2, f"{type(fault).__name__}: {fault}\n".encode()[:2_000])
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
