"""The form of a document: what is missing is told at once, and a file is the bytes that were sent."""

import base64

import pytest

from dashboard.forms.attachment import read_attachment, read_thing, write_thing
from funds.errors import RulesBroken
from funds.kinds import AttachmentSubject, DocumentKind

GIVEN = {
    "thing": "holding:12",
    "kind": "voucher",
    "title": " 付款\t凭证 ",
    "name": "回单.pdf",
    "file": "data:application/pdf;base64," + base64.b64encode(b"%PDF").decode(),
}


def codes(**changed: str) -> list[tuple[str, str]]:
    with pytest.raises(RulesBroken) as caught:
        read_attachment("F1", None, {**GIVEN, **changed})
    return [(one.code, one.where) for one in caught.value.problems]


def test_a_whole_form_is_a_draft() -> None:
    draft = read_attachment("F1", None, GIVEN)
    assert (draft.subject, draft.subject_id, draft.kind) == (
        AttachmentSubject.HOLDING,
        12,
        DocumentKind.VOUCHER,
    )
    assert (draft.title, draft.file_name, draft.content, draft.fund) == (
        "付款 凭证",
        "回单.pdf",
        b"%PDF",
        "F1",
    )


@pytest.mark.parametrize(
    ("name", "kept", "title"),
    [
        ("..\\..\\回单.pdf", "回单.pdf", "回单"),
        ("/etc/回单.pdf", "回单.pdf", "回单"),
        ("C:\\回单.pdf", "回单.pdf", "回单"),
        ("无尾", "无尾", "无尾"),
    ],
)
def test_a_name_without_a_title_is_the_title_and_leads_into_no_folder(
    name: str, kept: str, title: str
) -> None:
    draft = read_attachment("F1", None, {**GIVEN, "name": name, "title": ""})
    assert (draft.file_name, draft.title) == (kept, title)


def test_what_is_missing_is_told_field_by_field() -> None:
    assert codes(thing="", kind="", file="") == [
        ("document.missing_thing", "form:thing"),
        ("document.missing_kind", "form:kind"),
        ("document.missing_file", "form:file"),
    ]


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("thing", "secret:1", "document.bad_thing"),
        ("thing", "holding:x", "document.bad_thing"),
        ("thing", "holding:²", "document.bad_thing"),
        ("kind", "x", "document.bad_kind"),
        ("file", "data:text/html,<script>", "document.bad_upload"),
        ("file", "https://example.com/a.pdf", "document.bad_upload"),
        ("file", "data:application/pdf;base64,***", "document.bad_upload"),
    ],
)
def test_what_no_page_sends_is_refused(field: str, text: str, code: str) -> None:
    assert codes(**{field: text}) == [(code, f"form:{field}")]


def test_a_thing_is_written_and_read_alike() -> None:
    assert read_thing(write_thing(AttachmentSubject.AUDIT_ITEM, 7)) == (AttachmentSubject.AUDIT_ITEM, 7)
    assert read_thing("7") is None
