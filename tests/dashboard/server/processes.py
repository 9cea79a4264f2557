"""`fundtracker serve` as it runs at work: a process of its own with several more below it, and its journal."""

import http.client
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.demo_server import PROGRAM, find_port, wait_for

PATIENCE = 60


@dataclass(frozen=True)
class Running:
    """A server, where it listens, and the file that its journal goes to."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def ask(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, str], Any]:
        """One request on a connection of its own: status, headers, and the answer as JSON or text."""
        sent = None if body is None else json.dumps(body)
        kind = {} if body is None else {"Content-Type": "application/json"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, sent, {**kind, **(headers or {})})
            with connection.getresponse() as answer:
                text = answer.read().decode("utf-8", "replace")
                told = {name.lower(): value for name, value in answer.getheaders()}
        is_json = "json" in told.get("content-type", "")
        return answer.status, told, json.loads(text) if is_json else text

    def journal(self) -> list[dict[str, Any]]:
        """The whole lines so far."""
        lines = self.log.read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    def process_of(self, request_id: str) -> int:
        """Which process answered a request."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            for line in self.journal():
                if line.get("request") == request_id and line.get("event") == "request":
                    return int(line["process"])
            time.sleep(0.02)
        raise AssertionError(f"no line about {request_id}")

    def end(self, number: int = signal.SIGTERM) -> int:
        """Tell it to end, and wait until it has."""
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)


@contextmanager
def running(book: str, folder: Path, *words: str, **settings: str) -> Iterator[Running]:
    """A server on a book, with nothing of whoever runs the tests."""
    port, log = find_port(), folder / "journal"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FUNDTRACKER_")}
    kinds = ("DATA", "STATE", "CONFIG", "CACHE")
    own = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in kinds}
    environment = {**kept, **own, "FUNDTRACKER_BOOK": book, **settings}
    command = [*PROGRAM, "serve", "--port", str(port), "--no-jobs", *words]
    with log.open("wb") as lines:
        process = subprocess.Popen(command, env=environment, stdout=lines, stderr=lines)
    try:
        wait_for(process, f"http://127.0.0.1:{port}/health")
        yield Running(process, port, log)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=PATIENCE)
