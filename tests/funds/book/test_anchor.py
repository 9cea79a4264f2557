"""The anchor takes a whole line or says that it could not; the change itself is kept all the same."""

import errno
import os
from pathlib import Path

import pytest

from funds.book import Anchor, Book, Head
from funds.errors import NotAnchored
from tests.builders import build_book, party, record
from tests.engines import SqliteDatabases


def test_half_a_line_is_taken_back_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anchor = Anchor(tmp_path / "a.anchor")
    anchor.append(Head(1, "a" * 64))
    write = os.write
    room = [10]

    def write_what_fits(handle: int, line: bytes) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        part, room[0] = line[: room[0]], 0
        return write(handle, part)

    with monkeypatch.context() as patch, pytest.raises(NotAnchored) as refused:
        patch.setattr(os, "write", write_what_fits)
        anchor.append(Head(2, "b" * 64))
    assert refused.value.code == "book.not_anchored"
    assert refused.value.params["version"] == "2"
    anchor.append(Head(3, "c" * 64))
    assert anchor.read() == [Head(1, "a" * 64), Head(3, "c" * 64)]


def test_a_line_that_goes_in_by_parts_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anchor = Anchor(tmp_path / "a.anchor")
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, line: write(handle, line[:7]))
        anchor.append(Head(1, "a" * 64))
    assert anchor.read() == [Head(1, "a" * 64)]


def test_a_change_is_kept_although_the_anchor_took_no_head(sqlite: SqliteDatabases, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("where a folder should be")
    url = sqlite.copy_of("built-founded", build_book)
    with Book(url, anchors=blocked) as book:
        with pytest.raises(NotAnchored):
            record(book, party("LP1"))
        assert book.head().version == 2
    sqlite.drop_made()
