"""One browser's connection: kept open, opened anew where it was closed, with cookies, and nothing parsed."""

from __future__ import annotations

import http.client
import re
import select
import socket
import time
from dataclasses import dataclass, field
from typing import ClassVar

TIMEOUT = 30.0
COOKIE = re.compile(r"^([^=]+)=([^;]*)")
FAULTS = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Answer:
    """What came back: status 0 where nothing did; `begun` and `taken` are seconds of the monotonic clock."""

    status: int
    body: bytes
    begun: float
    taken: float
    fault: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Browser:
    """A connection to one server, and the cookies that it holds."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _wire: http.client.HTTPConnection | None = None

    HOST: ClassVar[str] = "127.0.0.1"

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """One request, sent once: whether it may be sent again is for whoever knows what it does."""
        sent = {"Accept-Encoding": "gzip", "Accept": "*/*", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        begun = time.monotonic()
        self._drop_if_closed()
        try:
            return self._exchange(method, path, body, sent, begun)
        except FAULTS as fault:
            self.close()
            return Answer(0, b"", begun, time.monotonic() - begun, type(fault).__name__)

    def close(self) -> None:
        """Let go of the connection."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def _exchange(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str], begun: float
    ) -> Answer:
        if self._wire is None:
            self._wire = http.client.HTTPConnection(self.HOST, self.port, timeout=TIMEOUT)
        self._wire.request(method, path, body=body, headers=headers)
        got = self._wire.getresponse()
        content = got.read()
        taken = time.monotonic() - begun
        for cookie in got.headers.get_all("Set-Cookie") or ():
            if found := COOKIE.match(cookie):
                self.cookies[found[1]] = found[2]
        wanted = ("Location", "Content-Encoding", "Retry-After", "Idempotency-Replayed")
        headers = {name: value for name in wanted if (value := got.headers.get(name))}
        if got.will_close:
            self.close()
        return Answer(got.status, content, begun, taken, headers=headers)

    def _drop_if_closed(self) -> None:
        """A kept connection that has something to read before it was asked anything was closed by the server."""
        held: socket.socket | None = self._wire.sock if self._wire else None
        if held is None or select.select([held], [], [], 0)[0]:
            self.close()
