"""What a program sends is recorded by the same verbs, once, with everything that is wrong named by its place."""

import threading
from typing import Any

import pytest
from sqlalchemy import func, select

from dashboard.api import requests, writing
from dashboard.api.requests import Claim, claim_request, keep_answer
from dashboard.jobs.retention import forget_past
from funds.book import OPEN, Book
from funds.errors import Conflict
from funds.kinds import ScopeKind
from funds.models import ApiRequest, Entry, FundNav, Mark, Revision
from tests.dashboard.api.programs import Body, Programs, build_trail_city
from tests.dashboard.api.test_reading import place
from tests.dashboard.serving import Clock
from tests.engines import Databases

PAID: dict[str, Any] = {"fund": "F1", "investor": "LP2", "amount": "1000.00", "received_on": "2025-11-11"}
BACK: dict[str, Any] = {
    "fund": "F1",
    "investor": "LP2",
    "amount": "10.50",
    "paid_on": "2025-12-01",
    "kind": "gain",
}
CALL: dict[str, Any] = {
    "notice_no": "N77",
    "fund": "F1",
    "investor": "LP2",
    "amount": "500.00",
    "noticed_on": "2025-11-01",
    "due_on": "2025-11-20",
}
MARKED: dict[str, Any] = {
    "fund": "F1",
    "company": "C1",
    "valued_on": "2025-09-30",
    "fair_value": "9120000.00",
    "method": "net_assets",
}
VALUED: dict[str, Any] = {"fund": "F1", "valued_on": "2025-09-30", "nav": "29000000.00"}
DEAL: Body = {
    "reason": "登记交易",
    "rounds": [{"code": "R9", "company": "C1", "name": "B轮", "closed_on": "2025-11-30", "total": "300.00"}],
    "round_investors": [
        {"round": "R9", "investor": "F1", "amount": "100.00", "share_origin": "primary"},
        {"round": "R9", "investor": "LP2", "amount": "200.00", "share_origin": "primary"},
    ],
    "investments": [
        {
            "fund": "F1",
            "company": "C1",
            "amount": "100.00",
            "paid_on": "2025-11-30",
            "round": "R9",
            "stake_ppm": 12_000,
        }
    ],
}
# LP2 has promised F1 2,000 万元 and paid half of it.
LAST_OF_COMMITMENT = "10000000.00"
SENT: dict[str, Body] = {
    "deals": DEAL,
    "calls": {"reason": "缴款通知", "calls": [CALL]},
    "contributions": {"reason": "实缴", "contributions": [PAID]},
    "distributions": {"reason": "分配", "distributions": [BACK]},
    "marks": {"reason": "估值", "marks": [MARKED]},
    "navs": {"reason": "净值", "navs": [VALUED]},
}


def count(desk: Programs, model: Any) -> int:
    """How many rows a table has."""
    with desk.book.look() as look:
        return int(look.connection.execute(select(func.count()).select_from(model)).scalar_one())


def where(got: Any) -> list[str]:
    """The places of what is wrong."""
    return [problem["where"] for problem in got.get_json()["problems"]]


@pytest.mark.parametrize("name", SENT)
def test_each_kind_is_recorded_in_one_revision_and_held_the_second_time(desk: Programs, name: str) -> None:
    before = desk.version()
    first = desk.post("manager", f"/{name}", SENT[name], "one-thing-1")
    assert (first.status_code, desk.version()) == (201, before + 1), first.text
    told = first.get_json()
    lines = sum(len(lines) for lines in SENT[name].values() if isinstance(lines, list))
    assert (told["version"], told["new"], told["same"]) == (before + 1, lines, 0)
    again = desk.post("manager", f"/{name}", SENT[name], "another-2")
    assert (again.status_code, again.get_json()["same"], desk.version()) == (200, lines, before + 1)


def test_a_revision_carries_its_person_and_its_reason(desk: Programs) -> None:
    desk.post("manager", "/contributions", SENT["contributions"], "one-thing-1")
    with desk.book.look() as look:
        reason = look.connection.execute(select(Revision.reason).order_by(Revision.id.desc()).limit(1))
        assert reason.scalar_one() == "实缴"


def test_a_token_vouches_for_nothing_even_for_whoever_may(desk: Programs) -> None:
    for name, model in (("marks", Mark), ("navs", FundNav)):
        assert desk.post("local", f"/{name}", SENT[name], f"value-{name}").status_code == 201
        with desk.book.look() as look:
            newest = select(model.approved_by_id).order_by(model.id.desc()).limit(1)
            assert look.connection.execute(newest).scalar_one() is None


def test_everything_wrong_is_named_by_a_pointer_and_nothing_is_written(city: Programs) -> None:
    before, lines = city.version(), count(city, Entry)
    body = {
        "reason": "实缴",
        "contributions": [
            PAID,
            {**PAID, "amount": "-5.00"},
            {**PAID, "investor": "LPQ"},
            {**PAID, "fund": "F1", "received_on": "2039-01-01"},
        ],
    }
    got = city.post("manager", "/contributions", body, "everything_wrong_is_named_by_a_pointer_a")
    assert got.status_code == 422
    assert {"/contributions/1/amount", "/contributions/2/investor"} <= set(where(got))
    assert (city.version(), count(city, Entry)) == (before, lines)


@pytest.mark.parametrize(
    "amount",
    ["NaN", "Infinity", "1e400", "0.001", "1,234.56", "1.2亿", "￥5", "１００.００", "٣.٠٠", "1_000.00", "", True,
     10, 10.5, None, "99999999999999999.00"],
)  # fmt: skip
def test_an_amount_is_text_of_yuan_or_nothing(city: Programs, amount: object) -> None:
    """Threat 20 on the API."""
    before = city.version()
    got = city.post(
        "manager",
        "/contributions",
        {"reason": "实缴", "contributions": [{**PAID, "amount": amount}]},
        "k" * 8,
    )
    assert (got.status_code, where(got)) == (422, ["/contributions/0/amount"])
    assert city.version() == before


def test_too_much_is_told_by_the_parser_of_money(city: Programs) -> None:
    body = {"reason": "实缴", "contributions": [{**PAID, "amount": "99999999999999.99"}]}
    got = city.post("manager", "/contributions", body, "too_much_is_told_by_the_parser_of_money")
    assert got.get_json()["problems"][0]["code"] == "money.too_large"
    assert where(got) == ["/contributions/0"]


def test_the_whole_is_judged_once_and_points_at_what_broke_it(city: Programs) -> None:
    body = {**DEAL, "round_investors": DEAL["round_investors"][:1]}
    got = city.post("manager", "/deals", body, "the_whole_is_judged_once_and_points_at_w")
    assert got.status_code == 422
    assert all(one == "" or one.startswith("/") for one in where(got))
    assert any(one.startswith("/rounds/0") for one in where(got))


def test_a_fund_of_another_is_refused_and_so_is_moving_a_row_there(city: Programs) -> None:
    """Threats 02 and 04 on the API."""
    before = city.version()
    for name, body in SENT.items():
        theirs = {
            key: [{**line, "fund": "F2"} if "fund" in line else line for line in lines]
            if isinstance(lines, list)
            else lines
            for key, lines in body.items()
        }
        got = city.post("manager", f"/{name}", theirs, f"theirs-{name}")
        assert got.status_code == 403, name
    assert city.version() == before


def test_a_token_writes_no_further_than_it_is_kept_to(desk: Programs) -> None:
    elsewhere = desk.token("local", scope=place(desk, ScopeKind.PARK, "P2"))
    assert (
        desk.post("local", "/contributions", SENT["contributions"], "elsewhere-1", elsewhere).status_code
        == 403
    )
    here = desk.token("local", scope=place(desk, ScopeKind.FUND, "F1"))
    assert desk.post("local", "/contributions", SENT["contributions"], "here-here", here).status_code == 201


def test_a_token_that_reads_writes_nothing(city: Programs) -> None:
    token = city.token("manager", may_write=False)
    got = city.post(
        "manager", "/contributions", SENT["contributions"], "a_token_that_reads_writes_nothing", token
    )
    assert (got.status_code, got.get_json()["code"]) == (403, "api.reads_only")


@pytest.mark.parametrize(
    ("kind", "data", "status"),
    [
        ("text/plain", b"{}", 415),
        ("application/x-www-form-urlencoded", b"a=1", 415),
        (None, b"{}", 415),
        ("application/json", b"{", 400),
        ("application/json", b'{"reason": NaN}', 400),
        ("application/json", b'"\\ud800"', 400),
        ("application/json", b"[]", 422),
        ("application/json", b'"' + b"x" * 1024 * 1024 + b'"', 413),
    ],
)
def test_only_json_of_a_fit_size_is_read(city: Programs, kind: str | None, data: bytes, status: int) -> None:
    """Threat 31 on the API."""
    headers = {"Authorization": f"Bearer {city.token('manager')}", "Idempotency-Key": "k" * 8}
    got = city.client.post("/api/v1/marks", data=data, content_type=kind, headers=headers)
    assert got.status_code == status, got.text
    assert got.is_json


@pytest.mark.parametrize(("key", "code"), [(None, "api.no_key"), ("short", "api.bad_key")])
def test_a_request_that_records_has_a_key(city: Programs, key: str | None, code: str) -> None:
    headers = {"Authorization": f"Bearer {city.token('manager')}"}
    if key:
        headers["Idempotency-Key"] = key
    got = city.client.post("/api/v1/calls", json=SENT["calls"], headers=headers)
    assert (got.status_code, got.get_json()["code"]) == (400, code)


def test_the_same_key_gives_the_same_answer_and_writes_nothing(desk: Programs) -> None:
    """Threat 24 on the API: double submission and replay."""
    first = desk.post("manager", "/calls", SENT["calls"], "one-thing-1")
    before = desk.version()
    again = desk.post("manager", "/calls", SENT["calls"], "one-thing-1")
    assert (again.status_code, again.data) == (first.status_code, first.data)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = desk.post("manager", "/calls", {**SENT["calls"], "reason": "别的事"}, "one-thing-1")
    assert (other.status_code, other.get_json()["code"]) == (409, "api.key_reused")
    elsewhere = desk.post("manager", "/contributions", SENT["contributions"], "one-thing-1")
    assert elsewhere.status_code == 409
    assert desk.version() == before
    assert desk.post("official", "/calls", SENT["calls"], "one-thing-1").status_code == 200, (
        "a key of her own"
    )


def test_a_refusal_is_answered_again_too(desk: Programs) -> None:
    body = {"reason": "实缴", "contributions": [{**PAID, "investor": "LPQ"}]}
    first, again = (desk.post("manager", "/contributions", body, "one-thing-1") for _ in range(2))
    assert first.status_code == again.status_code == 422
    assert first.data == again.data
    assert "Idempotency-Replayed" in again.headers


def test_a_failure_of_ours_frees_the_key(desk: Programs, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise RuntimeError("out of order")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "_apply", fail)
        assert desk.post("manager", "/calls", SENT["calls"], "one-thing-1").status_code == 500
    assert desk.post("manager", "/calls", SENT["calls"], "one-thing-1").status_code == 201


def test_keys_are_forgotten_after_thirty_days(desk: Programs) -> None:
    desk.post("manager", "/calls", SENT["calls"], "one-thing-1")
    desk.served.clock.advance(days=31)
    desk.tokens.clear()
    forget_past(desk.served.book)
    again = desk.post("manager", "/calls", SENT["calls"], "one-thing-1")
    assert (again.status_code, again.get_json()["new"]) == (200, 0)


def open_claims(databases: Databases) -> tuple[Book, Clock, int]:
    """A book, its clock, and somebody in it."""
    clock = Clock()
    book = Book(databases.copy_of("trail city", build_trail_city), clock=clock)
    from funds.book import find_person
    from funds.permissions import LATEST

    with book.look(sight=OPEN) as look:
        return book, clock, find_person(look.connection, "manager", LATEST)


def test_of_two_at_once_one_takes_the_request_and_the_lost_one_writes_nothing(databases: Databases) -> None:
    book, clock, person = open_claims(databases)
    mine = claim_request(book, person, "one-thing-1", "d" * 64)
    assert isinstance(mine, Claim)
    with pytest.raises(Conflict, match="under_way"):
        claim_request(book, person, "one-thing-1", "d" * 64)
    clock.advance(minutes=3)
    theirs = claim_request(book, person, "one-thing-1", "d" * 64)
    assert isinstance(theirs, Claim)
    with pytest.raises(Conflict, match="under_way"), book.keep() as connection:
        keep_answer(connection, mine, requests.Answered(201, "{}"))
    with book.keep() as connection:
        keep_answer(connection, theirs, requests.Answered(201, "{}"))
    assert claim_request(book, person, "one-thing-1", "d" * 64) == requests.Answered(201, "{}")
    book.close()


def test_many_at_once_with_one_key_write_once(desk: Programs) -> None:
    """Threats 24 and 28 on the API."""
    before, statuses = desk.version(), []
    token = desk.token("manager")
    app = desk.served.app.server

    def send() -> None:
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "race-race-1"}
        got = app.test_client().post("/api/v1/calls", json=SENT["calls"], headers=headers)
        statuses.append(got.status_code)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {201, 409}
    assert 201 in statuses
    assert desk.version() == before + 1
    with desk.book.look(sight=OPEN) as look:
        assert len(look.connection.execute(select(ApiRequest.key)).all()) == 1


def test_calls_beyond_a_commitment_are_refused_however_many_come_at_once(desk: Programs) -> None:
    """Threat 28 on the API: the last of a commitment is called once."""
    last = {**PAID, "amount": LAST_OF_COMMITMENT}
    statuses: list[int] = []
    token = desk.token("manager")
    app = desk.served.app.server

    def send(number: int) -> None:
        line = {**last, "business_no": f"B{number}"}
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"over-call-{number}"}
        sent = {"reason": "缴款", "contributions": [line]}
        got = app.test_client().post("/api/v1/contributions", json=sent, headers=headers)
        statuses.append(got.status_code)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201, 422, 422, 422]
