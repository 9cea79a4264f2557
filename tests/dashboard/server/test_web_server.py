"""How the processes of a server share its people: a kept connection ends after some requests."""

from pathlib import Path

from gunicorn.config import Config
from gunicorn.http import RequestParser

from dashboard.server.web_server import MOST_ON_ONE_CONNECTION, choose_options
from dashboard.settings import Settings

ASKED = b"GET /health HTTP/1.1\r\nHost: here\r\n\r\n"


def test_a_connection_is_told_to_end_after_some_requests_and_not_before(tmp_path: Path) -> None:
    settings = Settings("book.sqlite3", tmp_path / "anchors", tmp_path / "state")
    config = Config()
    for name, value in choose_options(settings).items():
        config.set(name, value)
    ends = []
    requests = RequestParser(config, iter([ASKED * MOST_ON_ONE_CONNECTION]), ("127.0.0.1", 1))
    for request in requests:
        config.pre_request(None, request)
        ends.append(request.should_close())
    assert ends == [False] * (MOST_ON_ONE_CONNECTION - 1) + [True]
