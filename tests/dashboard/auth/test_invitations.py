"""An invitation lets one person set a password once, for a while, and says nothing to anybody else."""

import pytest

from dashboard.auth.access_rules import DEFAULT_RULES
from dashboard.auth.administration import end_all_sessions, invite, read_states, reset_factor, unlock
from dashboard.auth.recovery import count_codes
from funds.book import Book
from funds.errors import NotAllowed
from tests.dashboard.auth.second_steps import (
    CODE,
    INVITATION,
    fill_in,
    is_in,
    person_id_of,
    set_up_factor,
)
from tests.dashboard.serving import PASSWORD, Served, add_person, retire_person, sign_in

NEW = "eight large ships"


def redeem(
    served: Served, login: str, code: str, password: str = NEW, again: str | None = None
) -> tuple[int, str]:
    """Fill in the form of an invitation; the status and what is told."""
    answer = fill_in(
        served.client(), INVITATION, login=login, code=code, password=password, again=again or password
    )
    return answer.status_code, answer.text


def test_an_invited_person_sets_a_password_and_is_in(served: Served) -> None:
    code = invite(served.book, "sysadmin", "bystander")
    client = served.client()
    shown = {"login": " bystander ", "code": f" {code.lower()} ", "password": NEW, "again": NEW}
    answer = fill_in(client, INVITATION, **shown)
    assert answer.location == "/account", "a person without any role begins at the own account"
    assert is_in(client)
    assert sign_in(served.client(), "bystander", NEW).status_code == 303
    assert sign_in(served.client(), "bystander", PASSWORD).status_code == 403


def test_a_code_works_once(served: Served) -> None:
    code = invite(served.book, "sysadmin", "bystander")
    assert redeem(served, "bystander", code)[0] == 303
    assert redeem(served, "bystander", code, "nine larger ships")[0] == 403


def test_a_code_ends_after_its_time_and_with_the_next_one(served: Served) -> None:
    first, second = (invite(served.book, "sysadmin", "bystander") for _ in range(2))
    assert redeem(served, "bystander", first)[0] == 403
    served.clock.advance(hours=72)
    assert redeem(served, "bystander", second)[0] == 403


@pytest.mark.parametrize("login", ["manager", "nobody", "", "\x00"])
def test_a_code_is_of_one_person_only(served: Served, login: str) -> None:
    code = invite(served.book, "sysadmin", "bystander")
    status, told = redeem(served, login, code)
    assert status == 403
    assert "用户名或邀请码不正确" in told
    assert redeem(served, "bystander", code)[0] == 303


def test_a_retired_person_is_no_longer_invited(served: Served) -> None:
    code = invite(served.book, "sysadmin", "manager")
    retire_person(served.book, "manager")
    assert redeem(served, "manager", code)[0] == 403


def test_a_poor_password_uses_up_neither_the_code_nor_a_try(served: Served) -> None:
    code = invite(served.book, "sysadmin", "bystander")
    for _ in range(25):
        status, told = redeem(served, "bystander", code, "short")
        assert (status, "至少需要 10 个字符" in told) == (422, True)
    assert redeem(served, "bystander", code, NEW, "other")[0] == 422
    assert redeem(served, "bystander", code)[0] == 303


def test_trying_out_codes_locks_the_address(served: Served) -> None:
    code = invite(served.book, "sysadmin", "bystander")
    for _ in range(20):
        assert redeem(served, "bystander", "AAAAA-AAAAA-AAAAA-AAAAA")[0] == 403
    assert redeem(served, "bystander", code)[0] == 429


def test_an_invitation_opens_a_locked_account(served: Served) -> None:
    for _ in range(5):
        sign_in(served.client(), "signatory", "wrong")
    assert sign_in(served.client(), "signatory").status_code == 429
    code = invite(served.book, "sysadmin", "signatory")
    assert redeem(served, "signatory", code)[0] == 303
    assert sign_in(served.client(), "signatory", NEW).status_code == 303


def test_an_invitation_does_not_go_round_the_second_factor(served: Served) -> None:
    codes = set_up_factor(served, served.signed_in(), "signatory")
    client = served.client()
    code = invite(served.book, "sysadmin", "signatory")
    answer = fill_in(client, INVITATION, login="signatory", code=code, password=NEW, again=NEW)
    assert answer.location == f"{CODE}?next=%2F"
    assert not is_in(client)
    assert fill_in(client, CODE, code=codes[0]).status_code == 303


def test_a_new_password_ends_the_invitation(served: Served) -> None:
    from dashboard.auth.passwords import add_person_secret

    code = invite(served.book, "sysadmin", "bystander")
    add_person_secret(served.book, "bystander", NEW)
    assert redeem(served, "bystander", code, "nine larger ships")[0] == 403


def test_only_a_system_administrator_does_anything_to_others_accounts(book: Book) -> None:
    for by in ("signatory", "manager", "bystander"):
        with pytest.raises(NotAllowed):
            invite(book, by, "sysadmin")
        with pytest.raises(NotAllowed):
            reset_factor(book, by, "sysadmin")
        with pytest.raises(NotAllowed):
            unlock(book, by, "sysadmin")


def test_nobody_goes_round_the_own_password(book: Book) -> None:
    for act in (invite, reset_factor, unlock):
        with pytest.raises(NotAllowed) as refused:
            act(book, "sysadmin", "sysadmin")
        assert refused.value.code == "people.own_account"


def test_who_added_somebody_hands_over_the_first_code_and_no_other(book: Book) -> None:
    add_person(book, "newcomer", None)  # by `local`, who may not manage people once there is an administrator
    assert invite(book, "local", "newcomer")
    with pytest.raises(NotAllowed):
        invite(book, "local", "manager")  # added by `local` too, and has a password
    with pytest.raises(NotAllowed):
        invite(book, "signatory", "newcomer")


def test_a_reset_ends_factor_codes_and_sessions(served: Served) -> None:
    client = served.signed_in()
    set_up_factor(served, client, "signatory")
    reset_factor(served.book, "sysadmin", "signatory")
    assert not is_in(client)
    assert sign_in(served.client(), "signatory").location == "/"
    with served.book.look() as look:
        assert count_codes(look.connection, person_id_of(served.book, "signatory")) == 0


def test_an_unlocked_login_is_free_at_once(served: Served) -> None:
    for _ in range(5):
        sign_in(served.client(), "signatory", "wrong")
    unlock(served.book, "sysadmin", "signatory")
    assert sign_in(served.client(), "signatory").status_code == 303


def test_ending_all_sessions_ends_them(served: Served) -> None:
    client, other = served.signed_in(), served.signed_in("manager")
    end_all_sessions(served.book, "sysadmin", "signatory", person_id_of(served.book, "signatory"))
    assert not is_in(client)
    assert is_in(other)


def test_how_accounts_stand_is_told(served: Served) -> None:
    book = served.book
    add_person(book, "newcomer", None)
    logins = ("signatory", "manager", "newcomer")
    people = {person_id_of(book, login): login for login in logins}
    set_up_factor(served, served.signed_in(), "signatory")
    for _ in range(5):
        sign_in(served.client(), "manager", "wrong")
    invite(book, "sysadmin", "newcomer")
    signatory, manager, newcomer = read_states(book, people, DEFAULT_RULES.lock).values()
    assert (signatory.has_password, signatory.has_factor, signatory.is_locked) == (True, True, False)
    assert signatory.last_in == book.now()
    assert (manager.has_factor, manager.is_locked, manager.last_in) == (False, True, None)
    assert (newcomer.has_password, newcomer.is_awaited) == (False, True)
    assert newcomer.invited_until is not None
