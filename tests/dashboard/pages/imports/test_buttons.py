"""The buttons of the import centre, as a browser sends them, and the files behind its links."""

import base64
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard.worker.work import work_all
from tests.browser.city import build_city, serve_city
from tests.dashboard.pages.imports.ledger import write_ledger
from tests.dashboard.serving import Served, callback_body, post_callback, read_token
from tests.engines import SqliteDatabases


def find(served: Served, *words: str) -> str:
    """The callback whose outputs or inputs name all of some words."""
    entries: Iterable[tuple[str, Any]] = served.app.callback_map.items()
    return next(name for name, entry in entries if all(word in f"{name}{entry['inputs']}" for word in words))


@pytest.fixture
def served(sqlite: SqliteDatabases, tmp_path: Path) -> Iterator[Served]:
    """The same city behind a server of its own."""
    with serve_city(sqlite.copy_of("made-up city", build_city), tmp_path) as made:
        yield made
    sqlite.drop_made()


def enter(served: Served, identity: str) -> FlaskClient:
    client = served.client()
    token = read_token(client.get("/sign-in").text)
    assert client.post("/demo/enter", data={"identity": identity, "csrf_token": token}).status_code == 303
    return client


def press(served: Served, client: FlaskClient, kind: str, act: str, path: str) -> Any:
    """A click on a button of a workbook's page."""
    name = find(served, '"type":"import-act"', '"type":"import-all"')
    body = callback_body(served.app, name, {"url.pathname": path, "url.search": ""})
    wire = {"id": {"type": kind, "act": act}, "property": "n_clicks", "value": 1}
    body["inputs"] = [[wire], []] if kind == "import-act" else [[], [wire]]
    body["changedPropIds"] = [f'{{"act":"{act}","type":"{kind}"}}.n_clicks']
    return post_callback(client, body)


def test_buttons_and_decisions_do_what_they_say_and_only_for_the_owner(served: Served) -> None:
    client = enter(served, "manager")
    upload = find(served, "import-told.children", "import-upload")
    wired = f"data:x;base64,{base64.b64encode(write_ledger()).decode()}"
    body = callback_body(
        served.app, upload, {"import-upload.contents": wired, "import-upload.filename": "../a.xlsx"}
    )
    path = post_callback(client, body).json["response"]["url"]["href"]  # type: ignore[index]
    work_all(served.book)
    bad = callback_body(
        served.app, upload, {"import-upload.contents": "data:,%", "import-upload.filename": None}
    )
    assert "没有传完整" in post_callback(client, bad).text

    tick = find(served, "import-draft.children", "import-tick")
    beat = callback_body(
        served.app, tick, {"import-tick.n_intervals": 1, "url.pathname": path, "url.search": ""}
    )
    assert "还有 2 行没有决定" in post_callback(client, beat).text
    assert post_callback(enter(served, "commission"), beat).status_code == 404

    assert "现在不能提交" in press(served, client, "import-act", "commit", path).text
    assert "form-fault" in press(served, client, "import-act", "dance", path).text
    assert press(served, client, "import-all", "dance", path).status_code == 200, "no row offers it"
    assert "不能取消" in press(served, client, "import-act", "stop", path).text
    choose = find(served, "import-commit.children")
    for row, value, status in (("费用!2", "skip", 200), ("费用!2", "eat", 400), ("费用!99", "skip", 400)):
        named = {"type": "import-choice", "row": row}
        body = callback_body(served.app, choose, {"url.pathname": path, "url.search": ""})
        body["inputs"] = [[{"id": named, "property": "value", "value": value}]]
        body["state"][0] = [{"id": named, "property": "id", "value": named}]
        body["changedPropIds"] = []
        assert post_callback(client, body).status_code == status
    assert "记为一次变更" in press(served, client, "import-all", "skip", path).text
    waiting = press(served, client, "import-act", "commit", path).text
    assert "排队中，前面的作业完成就开始" in waiting
    served.clock.advance(minutes=2)
    assert "没有正在运行的作业进程" in post_callback(client, beat).text, "nobody takes jobs here"
    work_all(served.book)
    assert "已导入：新增 46 行" in post_callback(client, beat).text
    assert "现在不能提交" in press(served, client, "import-act", "commit", path).text
    assert press(served, client, "import-act", "forget", path).json["response"]["url"]["href"] == "/imports"

    undo = find(served, "import-centre.children")
    version = served.book.head().version
    values: dict[str, object] = {"import-undo.n_clicks": 1, "url.search": f"?batch={version}"}
    told = post_callback(client, callback_body(served.app, undo, values)).text
    assert "请填写撤销原因" in told
    values["import-undo-reason.value"] = "导错"
    assert "已撤销批次" in post_callback(client, callback_body(served.app, undo, values)).text


def test_files_are_handed_out_under_their_own_names(served: Served) -> None:
    answer = enter(served, "manager").get("/import-files/template")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "%E5%A1%AB%E6%8A%A5%E6%A8%A1%E6%9D%BF.xlsx" in answer.headers["Content-Disposition"]
    example = enter(served, "manager").get("/import-files/example")
    assert "投资" in load_workbook(BytesIO(example.data)).sheetnames
    assert served.client().get("/import-files/template").status_code == 401
