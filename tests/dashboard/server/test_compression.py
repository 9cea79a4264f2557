"""The same answer is compressed once, and two answers are never taken for one another."""

import gzip

import pytest
from flask import Flask
from flask_compress import Compress

from dashboard.server.compression import CompressedAnswers, keep_compressed, note_digests

TEXTS = {"one": "一" * 2_000, "two": "二" * 2_000}


@pytest.fixture
def server() -> Flask:
    made = Flask(__name__)
    keep_compressed(made)
    compress = Compress(made)
    note_digests(made)
    made.add_url_rule("/<name>", "text", lambda name: TEXTS[name])
    assert isinstance(compress.cache, CompressedAnswers)
    made.extensions["kept"] = compress.cache
    return made


def test_answers_keep_to_what_they_say(server: Flask) -> None:
    client = server.test_client()
    for name in ("one", "two", "one", "two"):
        answer = client.get(f"/{name}", headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.data).decode() == TEXTS[name]
    assert len(server.extensions["kept"]._kept) == 2


def test_an_answer_of_which_no_digest_is_known_is_not_kept() -> None:
    kept = CompressedAnswers()
    kept.set("gzip;", b"gone out in pieces")
    assert kept.get("gzip;") is None
    kept.set("gzip;0a", b"whole")
    assert kept.get("gzip;0a") == b"whole"
