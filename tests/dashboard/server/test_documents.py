"""Documents over the wire: handed in by a form, taken as files by whoever may see them, never opened as pages."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.pages.context import BadAddress
from dashboard.pages.documents.attach import AttachPlace, read_place
from funds.book import Book
from funds.drafts.signing import AttachmentDraft
from funds.kinds import AttachmentSubject, DocumentKind
from funds.models import Attachment, Document
from funds.recording import record_attachments, withdraw_attachments
from tests.builders import rows_of
from tests.dashboard.pages.signing.visits import (
    ANALYST,
    AUDITOR,
    MANAGER,
    build_audited_city,
    lines_of,
    sent_page,
    table_at,
)
from tests.dashboard.serving import Served, callback_body, post_callback, serve
from tests.engines import SqliteDatabases
from tests.funds.recording.files import PAGE, PDF, TEXT
from tests.memory import scratch_folder

PLACE = "F1|"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """One city for the whole module; each test brings files of its own."""
    with scratch_folder("documents") as folder:
        made = serve(SqliteDatabases(folder).copy_of("audited city", build_audited_city), folder)
        yield made
        made.book.close()


def press(
    served: Served, client: FlaskClient, place: object = PLACE, content: bytes = PDF, **changed: object
) -> dict[str, Any]:
    """Hand a file in as the form does."""
    output = next(name for name in served.app.callback_map if '"part":"told"' in name)
    body = callback_body(served.app, output)
    values = {
        "save": 1,
        "thing": "fund:2",
        "kind": "voucher",
        "title": "付款凭证",
        "filename": "凭证.pdf",
        "contents": "data:application/pdf;base64," + base64.b64encode(content).decode(),
        **changed,
    }

    def wire(one: dict[str, Any]) -> dict[str, Any]:
        if not one["id"].startswith("{"):
            return {**one, "value": ""}
        part = json.loads(one["id"].replace('["MATCH"]', '"MATCH"'))["part"]
        key = one["property"] if part == "file" else part
        return {**one, "id": {"type": "attach", "part": part, "place": place}, "value": values[key]}

    for side in ("inputs", "state"):
        body[side] = [wire(one) for one in body[side]]
    body["outputs"] = [
        {**one, "id": {"type": "attach", "part": part, "place": place}}
        for one, part in zip(body["outputs"], ("told", "list", "file"), strict=True)
    ]
    told = json.dumps(body["inputs"][0]["id"], sort_keys=True, separators=(",", ":"))
    body["changedPropIds"] = [f"{told}.n_clicks"]
    answer = post_callback(client, body)
    assert answer.status_code == 200, answer.text
    return {"text": json.dumps(answer.json, ensure_ascii=False)}


def take(served: Served, login: str, number: int, **query: str) -> TestResponse:
    return served.signed_in(login).get("/document", query_string={"id": str(number), **query})


def attach(book: Book, content: bytes, name: str = "凭证.pdf", fund: str | None = "F1") -> int:
    """A document beside a fund, by the city's own hand; returns the document's number."""
    draft = AttachmentDraft(
        subject=AttachmentSubject.FUND,
        subject_id={"F1": 2, "M": 1}[fund or "F1"],
        kind=DocumentKind.VOUCHER,
        title="凭证",
        file_name=name,
        content=content,
        fund=fund,
    )
    with book.change("local", "资料") as change:
        record_attachments(change, [draft])
    return int(rows_of(book, Attachment)[-1]["document_id"])


def test_a_manager_hands_a_file_in_and_finds_it_listed(served: Served) -> None:
    client = served.signed_in(MANAGER)
    told = press(served, client)["text"]
    assert "已登记“付款凭证”" in told
    assert "凭证.pdf" in told
    assert "没有重复登记" in press(served, client)["text"]
    page = sent_page(served.book, MANAGER, "/documents?fund=F1")
    assert "付款凭证" in page
    assert '"part": "file"' in page
    assert '"part": "file"' not in sent_page(served.book, AUDITOR, "/documents?fund=F1")
    (line, *_) = lines_of(table_at(served.book, AUDITOR, "/documents?fund=F1", "documents"))
    assert (line["title"], line["thing"].split(" ")[0]) == ("付款凭证", "基金")


def test_what_is_refused_is_said_and_nothing_is_kept(served: Served) -> None:
    client, before = served.signed_in(MANAGER), len(rows_of(served.book, Document))
    assert "扩展名 .pdf 不符" in press(served, client, content=PAGE)["text"]
    assert "请选择文件" in press(served, client, contents=None)["text"]
    assert "不收这种文件" in press(served, client, filename="a.html")["text"]
    assert "F9" in press(served, client, place="F9|")["text"]
    assert "权限" in press(served, client, place="M|", thing="fund:1")["text"]
    assert "所选的项不存在" in press(served, client, thing="fund:1")["text"]
    assert "form-fault" in press(served, client, place="")["text"]
    assert len(rows_of(served.book, Document)) == before


def test_threat_17_a_document_is_always_saved_and_never_shown(served: Served) -> None:
    number = attach(served.book, TEXT, "说明 甲.txt")
    answer = take(served, MANAGER, number)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, TEXT, "application/octet-stream")
    headers = answer.headers
    assert headers["Content-Disposition"] == (
        "attachment; filename=\"__ _.txt\"; filename*=UTF-8''%E8%AF%B4%E6%98%8E%20%E7%94%B2.txt"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_threat_02_a_document_of_another_fund_is_not_there(served: Served) -> None:
    theirs = attach(served.book, PDF + b"\n%%EOF", "母基金.pdf", "M")
    assert take(served, ANALYST, theirs).status_code == 200
    refused, absent = take(served, MANAGER, theirs), take(served, MANAGER, 999)
    assert (refused.status_code, absent.status_code) == (404, 404)
    assert refused.text.replace(str(theirs), "#") == absent.text.replace("999", "#")
    assert "母基金" not in refused.text
    assert "母基金" not in sent_page(served.book, MANAGER, "/documents")
    assert served.client().get(f"/document?id={theirs}").status_code == 302


def test_an_auditor_takes_a_document_as_it_was_known(served: Served) -> None:
    number = attach(served.book, PDF + b"1\n%%EOF")
    known = served.book.head().version
    with served.book.change("local", "撤下") as change:
        withdraw_attachments(change, [rows_of(served.book, Attachment)[-1]["id"]])
    assert take(served, AUDITOR, number).status_code == 404
    assert take(served, AUDITOR, number, as_known=str(known)).status_code == 200
    page = sent_page(served.book, AUDITOR, f"/documents?as_known={known}")
    assert f"/document?id={number}&as_known={known}" in page


@pytest.mark.parametrize("number", ["", "x", "-1", "1;DROP", "../1", "²"])
def test_a_number_that_is_none_is_refused(served: Served, number: str) -> None:
    answer = served.signed_in(ANALYST).get("/document", query_string={"id": number})
    assert answer.status_code in (400, 404)


def test_a_place_is_read_as_it_was_written() -> None:
    place = AttachPlace("F1", (AttachmentSubject.ENTRY, 7))
    assert read_place(place.text) == place
    assert read_place(AttachPlace("F1").text) == AttachPlace("F1")
    for odd in ("", "F1", "|fund:1", "F1|x:1", None, 7):
        with pytest.raises(BadAddress):
            read_place(odd)


def test_an_auditor_takes_the_trail_as_it_was_known(served: Served) -> None:
    client = served.signed_in(AUDITOR)
    for known in (2, served.book.head().version):
        asked = {"page": "/trail", "table": "trail", "as_known": str(known)}
        answer = client.get("/export", query_string=asked)
        assert answer.status_code == 200
        assert f"_v{known}.xlsx" in answer.headers["Content-Disposition"]
