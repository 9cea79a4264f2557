"""The form of a document: which thing it is for, of what kind, under which title, and the file itself."""

import base64
import binascii
from collections.abc import Mapping

from funds.drafts.signing import AttachmentDraft
from funds.errors import RulesBroken
from funds.kinds import AttachmentSubject, DocumentKind
from funds.problems import Problem, fatal

FIELDS = ("thing", "kind", "title", "name", "file")
LONGEST = 200
JOIN = ":"


def read_attachment(fund: str | None, park: str | None, texts: Mapping[str, str]) -> AttachmentDraft:
    """The draft that the texts say; everything that is missing is told at once."""
    given = {name: texts.get(name, "").strip() for name in FIELDS}
    problems = [
        fatal(f"document.missing_{name}", f"form:{name}")
        for name in ("thing", "kind", "file")
        if not given[name]
    ]
    subject = _read_thing(given["thing"], problems)
    kind = _read_kind(given["kind"], problems)
    content = _read_content(given["file"], problems)
    if problems or subject is None or kind is None:
        raise RulesBroken(problems)
    name = given["name"].replace("\\", "/").rpartition("/")[2]
    return AttachmentDraft(
        subject=subject[0],
        subject_id=subject[1],
        kind=kind,
        title=_clean(given["title"]) or _clean(name.rpartition(".")[0]) or name,
        file_name=name,
        content=content,
        fund=fund,
        park=park,
    )


def write_thing(subject: AttachmentSubject, row_id: int) -> str:
    """A thing as a choice of the form: `holding:12`."""
    return f"{subject.value}{JOIN}{row_id}"


def read_thing(text: str) -> tuple[AttachmentSubject, int] | None:
    """The thing that such a text names; None where it names none."""
    kind, _, row = text.partition(JOIN)
    if kind not in set(AttachmentSubject) or not (row.isascii() and row.isdigit() and len(row) < 19):
        return None
    return AttachmentSubject(kind), int(row)


def _read_thing(text: str, problems: list[Problem]) -> tuple[AttachmentSubject, int] | None:
    found = read_thing(text)
    if text and found is None:
        problems.append(fatal("document.bad_thing", "form:thing", text=text[:40]))
    return found


def _read_kind(text: str, problems: list[Problem]) -> DocumentKind | None:
    if text and text not in set(DocumentKind):
        problems.append(fatal("document.bad_kind", "form:kind", text=text[:40]))
    return DocumentKind(text) if text in set(DocumentKind) else None


def _read_content(text: str, problems: list[Problem]) -> bytes:
    """The bytes behind `data:…;base64,…`; what type the browser takes them for does not matter."""
    head, comma, body = text.partition(",")
    if not text:
        return b""
    try:
        if not comma or not head.startswith("data:") or not head.endswith(";base64"):
            raise ValueError(head[:20])
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        problems.append(fatal("document.bad_upload", "form:file"))
        return b""


def _clean(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()[:LONGEST]
