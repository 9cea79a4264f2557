"""A paper on its way: made by a worker, shown to its owner alone, called off, refused, forgotten, made again."""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard.jobs.presence import note_worker
from dashboard.jobs.retention import forget_past
from dashboard.jobs.runners import name_runner
from dashboard.server.papers import MOST_UNDER_WAY
from dashboard.worker.work import work_all, work_once
from funds.kinds import Role
from tests.builders import membership, park, record
from tests.dashboard.serving import Served, build_own, read_token, serve
from tests.engines import Databases

ORDER = "/paper?page=/parks/P1&paper=pack&as_of=2026-03-31&form=xlsx"
MAKING, MADE, FAILED, CANCELLED = "正在生成文件", "文件已生成", "文件没有生成", "已取消生成"


@pytest.fixture
def shop(databases: Databases, tmp_path: Path) -> Iterator[Served]:
    """The application over a book with a park and a worker that does nothing by itself."""
    made = serve(databases.copy_of("served own", build_own), tmp_path)
    record(made.book, park("P1", "甲园区"))
    note_worker(made.book, name_runner())
    yield made
    made.book.close()
    databases.drop_made()


def order(client: FlaskClient, address: str = ORDER) -> str:
    answer = client.get(address)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_a_paper_is_made_beside_the_requests_and_follows_by_itself(shop: Served) -> None:
    client = shop.signed_in("manager")
    place = order(client)
    waiting = client.get(place)
    assert MAKING in waiting.text
    assert waiting.headers["Refresh"] == f"1; url={place}"
    assert order(client) == place, "asked for twice, it is made once"
    assert client.get(f"{place}/file").status_code == 303
    assert work_all(shop.book) == 1

    done = client.get(place)
    assert MADE in done.text
    assert re.search(r"甲园区[^<]*_2026-03-31_v\d+\.xlsx<", done.text)
    assert done.headers["Refresh"] == f"0; url={place}/file"
    given = client.get(f"{place}/file")
    assert given.status_code == 200
    assert given.headers["Cache-Control"] == "no-store"
    assert re.search(r"甲园区.*_2026-03-31_v\d+\.xlsx$", unquote(given.headers["Content-Disposition"]))
    assert load_workbook(BytesIO(given.data)).worksheets[0].max_row > 3
    assert order(client) != place, "what is made is made: who asks again gets the book as it is by then"


def test_nobody_else_hears_of_it(shop: Served) -> None:
    place = order(shop.signed_in("manager"))
    other = shop.signed_in("signatory")
    token = read_token(other.get(order(other)).text)
    for address in (place, f"{place}/file"):
        assert other.get(address).status_code == 404
    assert other.post(f"{place}/stop", data={"csrf_token": token}).status_code == 404
    assert work_all(shop.book) == 2
    assert other.get(f"{place}/file").status_code == 404
    assert shop.client().get(place).status_code == 302


def test_it_can_be_called_off_until_it_is_made(shop: Served) -> None:
    client = shop.signed_in("manager")
    place = order(client)
    token = read_token(client.get(place).text)
    assert client.post(f"{place}/stop").status_code == 400, "without the page's token nothing happens"
    assert client.post(f"{place}/stop", data={"csrf_token": token}).headers["Location"] == place
    assert CANCELLED in client.get(place).text
    assert not work_once(shop.book)
    later = order(client)
    assert work_once(shop.book)
    assert client.post(f"{later}/stop", data={"csrf_token": token}).status_code == 303
    assert MADE in client.get(later).text


def test_with_other_rights_it_is_made_anew_or_refused(shop: Served) -> None:
    client = shop.signed_in("bystander")
    assert client.get(ORDER).status_code == 403
    record(shop.book, membership("bystander", Role.AUDITOR))
    place = order(client)
    work_all(shop.book)
    assert client.get(f"{place}/file").status_code == 200
    record(shop.book, membership("bystander", Role.COMMISSION_ANALYST))
    for address in (place, f"{place}/file"):
        answer = client.get(address)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/paper?")


def test_what_fails_says_why_and_how_to_go_on(shop: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    client = shop.signed_in("manager")
    place = order(client, ORDER.replace("xlsx", "pdf"))
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    work_all(shop.book)
    told = client.get(place).text
    assert FAILED in told
    assert "industry-fund-tracker[report]" in told
    assert "form=pdf" in told


def test_one_person_has_only_so_many_under_way(shop: Served) -> None:
    client = shop.signed_in("manager")
    for day in range(1, MOST_UNDER_WAY + 1):
        order(client, ORDER.replace("03-31", f"03-{day:02}"))
    refused = client.get(ORDER)
    assert refused.status_code == 409
    assert str(MOST_UNDER_WAY) in refused.text
    assert order(shop.signed_in("signatory"))


def test_the_file_is_forgotten_and_can_be_had_again(shop: Served) -> None:
    client = shop.signed_in("manager")
    place = order(client)
    work_all(shop.book)
    for hours, status in ((23, 200), (2, 303)):
        shop.clock.advance(hours=hours)
        client = shop.signed_in("manager")
        forget_past(shop.book)
        assert client.get(f"{place}/file").status_code == status
    for address in (place, f"{place}/file"):
        assert client.get(address).headers["Location"].startswith("/paper?")
    assert client.get("/paper/999").status_code == 404
