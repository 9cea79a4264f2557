"""After signing in one goes on to a page of this server and nowhere else."""

import pytest

from dashboard.auth.views import safe_target


@pytest.mark.parametrize("target", ["/", "/parks/A?as_of=2026-06-30", "/企业", "/a//b"])
def test_a_page_of_ours_is_gone_on_to(target: str) -> None:
    assert safe_target(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "parks",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/a\\b",
        "https://elsewhere.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        "/\t/elsewhere.example",
        "/sign-in",
        "/sign-in?next=/sign-in",
        "/sign-out",
    ],
)
def test_anything_else_leads_to_the_first_page(target: str | None) -> None:
    assert safe_target(target) == "/"
