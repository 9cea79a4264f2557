"""Compresses the same answer once: what goes out is kept by the digest of what it says, so that nothing can be mixed up."""

from hashlib import blake2b

from flask import Flask, Request, Response, g

from dashboard.readings.answer_store import AnswerStore

# An answer is asked for again soon or not at all: the next entry makes another one of it.
MOST_BYTES = 12 * 1024 * 1024
# Half the work of the usual six, for pages that are a sixth longer: the server's time is scarcer than the wire's.
LEVEL = 3
NO_DIGEST = ";"  # a key ends like this where the answer goes out in pieces


class CompressedAnswers:
    """Compressed answers by algorithm and digest; one that has not been there is compressed and then set."""

    def __init__(self) -> None:
        self._kept = AnswerStore[bytes](MOST_BYTES, len)

    def get(self, key: str) -> bytes | None:
        """The compressed answer, if it is there."""
        return self._kept.get(key)

    def set(self, key: str, compressed: bytes) -> None:
        """Keep it, unless nothing is known of what it says."""
        if not key.endswith(NO_DIGEST):
            self._kept.find(key, lambda: compressed)


def keep_compressed(server: Flask) -> None:
    """Before Dash sets its compression up: let it look here first."""
    server.config.update(
        COMPRESS_CACHE_BACKEND=CompressedAnswers, COMPRESS_CACHE_KEY=_read_digest, COMPRESS_LEVEL=LEVEL
    )


def note_digests(server: Flask) -> None:
    """After Dash has set its compression up, which then comes after this."""

    def note(response: Response) -> Response:
        is_whole = not response.is_streamed and not response.direct_passthrough
        g.answer_digest = blake2b(response.get_data(), digest_size=20).hexdigest() if is_whole else ""
        return response

    server.after_request(note)


def _read_digest(_request: Request) -> str:
    digest: str = g.answer_digest
    return digest
