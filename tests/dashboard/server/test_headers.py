"""Every answer tells the browser to load nothing from elsewhere and to keep nothing of people."""

import re

import pytest

from tests.dashboard.serving import Served

PLAIN = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/sign-in",
        "/health",
        "/_dash-layout",
        "/_dash-dependencies",
        "/no/page",
        "/api/none",
        "/sign-out",
    ],
)
@pytest.mark.parametrize("is_in", [True, False])
def test_every_answer_carries_the_headers(served: Served, address: str, is_in: bool) -> None:
    client = served.signed_in() if is_in else served.client()
    headers = client.get(address).headers
    assert {name: headers.get(name) for name in PLAIN} == PLAIN
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers, "plain HTTP on this machine"


def test_no_policy_allows_inline_scripts_or_other_addresses(served: Served) -> None:
    client = served.signed_in()
    for address in ("/", "/sign-out", "/_dash-layout"):
        policy = client.get(address).headers["Content-Security-Policy"]
        scripts = re.search(r"script-src ([^;]*)", policy)
        assert scripts
        assert "unsafe" not in scripts[1]
        assert "http" not in policy
        assert "*" not in policy


def test_the_frame_runs_its_own_inline_script_by_its_hash(served: Served) -> None:
    policy = served.signed_in().get("/").headers["Content-Security-Policy"]
    (digest,) = served.app.csp_hashes()
    assert digest in policy


def test_the_door_needs_no_inline_style(served: Served) -> None:
    answer = served.client().get("/sign-in")
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert "style=" not in answer.text
    assert "<style" not in answer.text


def test_files_with_a_fingerprint_are_kept_and_others_asked_after(served: Served) -> None:
    client = served.signed_in()
    page = client.get("/").text
    suites = re.findall(r'src="(/_dash-component-suites/[^"]+)"', page)
    assets = re.findall(r'(?:src|href)="(/assets/[^"]+\?m=[^"]+)"', page)
    assert suites
    assert assets
    for address in (suites[0], assets[0]):
        answer = client.get(address, buffered=True)
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert client.get("/assets/scheme.js", buffered=True).headers["Cache-Control"] == "private, no-cache"
    assert client.get("/assets/none.js").headers["Cache-Control"] == "no-store"


def test_a_page_says_nothing_about_versions(served: Served) -> None:
    page = served.signed_in().get("/").text
    assert '"python_version":""' in page
    assert '"dash_version_url":""' in page
