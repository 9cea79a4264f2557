"""What is not safe does not start, and says what to change."""

import secrets
from pathlib import Path
from typing import Any

import pytest

from dashboard.server.checks import UnsafeStart, check_key, read_key
from dashboard.settings import Settings
from dashboard.words import LANGUAGES, say_problem
from funds.book import Book
from funds.book.app_role import admit_role
from tests.dashboard.serving import Served, build_own, retire_person, serve
from tests.engines import APP_ROLE, PostgresDatabases, SqliteDatabases

KEY = secrets.token_urlsafe(48)
PUBLIC: dict[str, Any] = {"host": "0.0.0.0", "secret_key": KEY}


@pytest.fixture
def url(sqlite: SqliteDatabases) -> str:
    """A book in which `local` has been retired, as it must be to serve others."""
    address = sqlite.copy_of("served own", build_own)
    book = Book(address)
    retire_person(book, "local")
    book.close()
    return address


def problems_of(url: str, folder: Path, **changes: Any) -> list[str]:
    """The codes of what keeps an application from starting."""
    with pytest.raises(UnsafeStart) as refused:
        serve(url, folder, **changes)
    for problem in refused.value.problems:
        for language in LANGUAGES:
            said = say_problem(problem, language)
            assert problem.params.get("variable", "") in said
            assert "{" not in said
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"foreign_switches": ("DASH_MCP_ENABLED",)}, "start.foreign_switch"),
        ({"foreign_switches": ("FLASK_DEBUG",)}, "start.foreign_switch"),
        ({**PUBLIC, "debug": True}, "start.debug_exposed"),
        ({"behind_proxy": True, "secret_key": KEY, "debug": True}, "start.debug_exposed"),
        ({"host": "0.0.0.0"}, "start.secret_missing"),
        ({"behind_proxy": True}, "start.secret_missing"),
        ({**PUBLIC, "secret_key": "short"}, "start.secret_weak"),
        ({**PUBLIC, "secret_key": "abcabc" * 10}, "start.secret_weak"),
        ({"secret_key": "a"}, "start.secret_weak"),
        ({**PUBLIC, "secret_key": "please-change-me-0123456789-abcdefgh"}, "start.secret_sample"),
        ({**PUBLIC, "secret_key": "My-Example-Key-0123456789-abcdefghij"}, "start.secret_sample"),
    ],
)
def test_an_unsafe_configuration_is_refused_by_name(
    url: str, tmp_path: Path, changes: dict[str, Any], code: str
) -> None:
    assert problems_of(url, tmp_path, **changes) == [code]


def test_local_is_not_served_to_others(own_url: str, tmp_path: Path) -> None:
    assert problems_of(own_url, tmp_path, **PUBLIC) == ["start.local_active"]


def test_a_role_that_no_wall_holds_is_not_served_and_an_owner_only_here(
    postgres: PostgresDatabases, tmp_path: Path
) -> None:
    owner = postgres.copy_of("served own", build_own)
    retired = Book(owner)
    retire_person(retired, "local")
    admit_role(retired.engine, APP_ROLE)
    retired.close()

    assert problems_of(postgres.as_superuser(owner), tmp_path) == ["start.role_unbound"]
    assert problems_of(owner, tmp_path, **PUBLIC) == ["start.role_owner"]
    for address, changes in ((owner, {}), (postgres.as_app(owner), PUBLIC)):
        serve(address, tmp_path, **changes).book.close()
    postgres.drop_made()


def test_everything_that_is_wrong_is_said_at_once(own_url: str, tmp_path: Path) -> None:
    found = problems_of(own_url, tmp_path, host="10.0.0.1", debug=True, foreign_switches=("DASH_DEBUG",))
    assert found == [
        "start.foreign_switch",
        "start.debug_exposed",
        "start.secret_missing",
        "start.local_active",
    ]


def test_a_key_file_that_others_can_read_is_refused(url: str, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    key = tmp_path / "state" / "secret.key"
    key.write_text(KEY)
    key.chmod(0o644)
    assert problems_of(url, tmp_path) == ["start.secret_file_open"]


def test_this_machine_gets_a_key_of_its_own_that_stays(tmp_path: Path) -> None:
    settings = Settings("book", tmp_path, tmp_path / "state")
    key = read_key(settings)
    assert check_key(key) == []
    assert read_key(settings) == key
    assert (tmp_path / "state" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_served_to_others_cookies_need_https_and_bear_the_host(url: str, tmp_path: Path) -> None:
    served = serve(url, tmp_path, **PUBLIC)
    answer = served.client().get("/sign-in", base_url="https://funds.city.example")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-fundtracker-")
    assert "Secure" in cookie
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    served.book.close()


def test_behind_a_proxy_the_address_of_the_visitor_is_the_one_it_names(url: str, tmp_path: Path) -> None:
    from sqlalchemy import select

    from funds.models import SignIn
    from tests.dashboard.serving import read_token

    served = serve(url, tmp_path, behind_proxy=True, secret_key=KEY, host_names=("funds.city.example",))
    client = served.client()
    through = {
        "base_url": "http://127.0.0.1",
        "headers": {
            "X-Forwarded-For": "10.9.8.7",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "funds.city.example",
            "Referer": "https://funds.city.example/sign-in",
        },
    }
    page = client.get("/sign-in", **through)
    cookie = page.headers["Set-Cookie"].split(";")[0]
    through["headers"] = {**through["headers"], "Cookie": cookie}  # type: ignore[dict-item]
    data = {"login": "signatory", "password": "wrong", "csrf_token": read_token(page.text)}
    assert client.post("/sign-in", data=data, **through).status_code == 403
    with served.book.look() as look:
        assert look.connection.execute(select(SignIn.address)).scalar() == "10.9.8.7"
    served.book.close()


def test_without_a_proxy_nobody_can_claim_another_address(served: Served) -> None:
    from sqlalchemy import select

    from funds.models import SignIn
    from tests.dashboard.serving import sign_in

    client = served.client()
    client.environ_base["HTTP_X_FORWARDED_FOR"] = "10.9.8.7"
    sign_in(client, "signatory", "wrong")
    with served.book.look() as look:
        assert look.connection.execute(select(SignIn.address)).scalar() == "127.0.0.1"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[::2]", "10.0.0.1"])
def test_this_machine_answers_to_no_other_name(served: Served, host: str) -> None:
    answer = served.client().get("/sign-in", base_url=f"http://{host}")
    assert answer.status_code in (400, 401)
    assert "csrf_token" not in answer.text
    assert served.signed_in().get("/_dash-layout", base_url=f"http://{host}").status_code in (400, 401)
