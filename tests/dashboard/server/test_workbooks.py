"""The book as a workbook of the template: what comes out goes in again without a change."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from funds.intake import import_workbook, read_content
from funds.problems import only_fatal
from tests.builders import invested_city, record
from tests.dashboard.serving import Served, serve


@pytest.fixture
def shop(own_url: str, tmp_path: Path) -> Iterator[Served]:
    made = serve(own_url, tmp_path)
    record(made.book, *invested_city())
    yield made
    made.book.close()


@pytest.mark.parametrize(
    ("query", "name"), [("", "台账"), ("?fund=F1", "F1 台账"), ("?park=P1", "P1 园区台账")]
)
def test_what_is_written_out_changes_nothing_when_it_comes_in_again(
    shop: Served, query: str, name: str
) -> None:
    answer = shop.signed_in("signatory").get(f"/workbook{query}")
    assert answer.status_code == 200
    version = shop.book.head().version
    assert f"{name}_v{version}.xlsx" in unquote(answer.headers["Content-Disposition"])
    result = import_workbook(shop.book, "local", read_content("x.xlsx", answer.data), dry_run=True)
    assert only_fatal(result.problems) == []
    assert (result.already, result.new) == (True, 0)


def test_the_version_in_the_address_is_the_one_that_is_written(shop: Served) -> None:
    client = shop.signed_in("signatory")
    assert client.get("/workbook?fund=F1&as_known=1").status_code == 404, "no fund was known then"
    assert client.get("/workbook?fund=F1&park=P1").status_code == 404
    assert shop.client().get("/workbook").status_code == 302
