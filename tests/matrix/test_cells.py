"""Everybody asks for everything in every way: let in as the table of rights says, and no word of another's."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from dashboard.auth.callbacks import Need
from dashboard.reports.as_json import write_json
from dashboard.reports.question import Question, answer
from funds.book import Book
from funds.errors import LedgerError, NotAllowed
from funds.permissions import Action
from funds.queries.scopes import Scope, fund_scope
from tests.dashboard.serving import server_callbacks
from tests.faults.kinds import Kind, fault
from tests.matrix.asking import Answer, Desk
from tests.matrix.cells import (
    OF_REGISTER,
    holds,
    list_leverage_scopes,
    list_papers,
    list_passports,
    list_places,
    list_questions,
    list_tables,
    may_read,
)
from tests.matrix.city import NAME, OTHER_FUND, SECRET
from tests.matrix.identities import IDENTITIES, Identity, Share, Standing
from tests.matrix.writing import list_asks

FEWEST_CELLS = 1_800
# A question or a passport of one firm says what the firm is called.
OF_FIRM = " company:"


def judge(name: str, identity: Identity, expected: bool, got: Answer) -> list[str]:
    """What is wrong with an answer: let in against the table, shut out against it, a fault, or a word too much."""
    found = []
    if got.is_fault:
        found.append(f"{name}: failed with {got.status}: {got.text[:300]}")
    if got.is_allowed is not expected:
        found.append(f"{name}: {'let in' if got.is_allowed else 'refused'} with {got.status}")
    return found + [f"{name}: tells {word}" for word in told_too_much(name, identity, got.text)]


def told_too_much(name: str, identity: Identity, text: str) -> list[str]:
    """The canaries in an answer for somebody who may not read the other fund."""
    if may_read(identity, fund_scope(OTHER_FUND)) or _grants_there(name, identity):
        return []
    around = 30
    words = [SECRET] if name.startswith(OF_REGISTER) or OF_FIRM in name else [SECRET, NAME]
    return [text[max(0, at - around) : at + around] for word in words if (at := text.find(word)) >= 0]


def _grants_there(name: str, identity: Identity) -> bool:
    """Who grants roles for the whole city must be able to name the funds that they are for."""
    return name.startswith("/people") and (
        identity.holds(Action.GRANT_ROLES) or identity.holds(Action.MANAGE_PEOPLE)
    )


@fault("Z4", Kind.FORGED_REQUEST)
def test_every_page_is_open_to_whom_the_table_says(desk: Desk, identity: Identity, share: Share) -> None:
    wrong = []
    for place in share.larger().take(list_places(desk.served.book)):
        expected = holds(identity, place.page.needs) and place.rule(identity)
        wrong += judge(place.path, identity, expected, desk.page(identity, place.path))
    assert wrong == []


@fault("Z4", Kind.FORGED_REQUEST)
def test_leverage_is_shown_in_every_scope_to_whom_the_table_says(
    desk: Desk, identity: Identity, share: Share
) -> None:
    wrong = []
    for scope in share.take(list_leverage_scopes()):
        got = desk.page(identity, "/leverage", scope=scope.label)
        wrong += judge(f"/leverage {scope.label}", identity, may_read(identity, scope), got)
    assert wrong == []


@fault("Z4", Kind.FORGED_REQUEST)
def test_every_export_goes_to_whom_the_table_says(desk: Desk, identity: Identity, share: Share) -> None:
    wrong = []
    for cell in share.take(list_tables(desk.served.book)):
        expected = holds(identity, cell.place.page.needs) and cell.rule(identity)
        got = desk.export(identity, cell.place.path, cell.table)
        wrong += judge(f"{cell.place.path} {cell.table}", identity, expected, got)
    assert wrong == []


@fault("Z4", Kind.FORGED_REQUEST)
def test_every_paper_goes_to_whom_the_table_says(desk: Desk, identity: Identity, share: Share) -> None:
    wrong = []
    for place, paper, form in share.take(list_papers(desk.served.book)):
        expected = holds(identity, place.page.needs) and place.rule(identity)
        wrong += judge(
            f"{place.path} {form}", identity, expected, desk.paper(identity, place.path, paper, form)
        )
    assert wrong == []


@fault("Z4", Kind.FORGED_REQUEST)
def test_every_passport_opens_to_whom_the_table_says(desk: Desk, identity: Identity, share: Share) -> None:
    wrong = []
    for scope, code, basis in share.take(list_passports()):
        got = desk.passport(identity, code, basis, scope.label)
        wrong += judge(f"{code} {scope.label}", identity, may_read(identity, scope), got)
    assert wrong == []


@fault("Z4", Kind.FORGED_REQUEST)
def test_every_callback_runs_for_whom_its_need_says(desk: Desk, identity: Identity) -> None:
    wrong, needs = [], desk.served.app.guarded.needs
    before = desk.served.book.head()
    for name in server_callbacks(desk.served.app):
        need: Need = needs[name]
        wrong += judge(name, identity, holds(identity, need), desk.call(identity, name))
    assert wrong == []
    assert desk.served.book.head() == before, "an empty request changes nothing"


def ask(book: Book, login: str, report: str, scope: Scope) -> Answer:
    """A report as the command asks for it."""
    try:
        reading = answer(book, login, Question(report, book.today(), scope))
    except NotAllowed as refused:
        return Answer(403, str(refused), is_allowed=False)
    except LedgerError as fault:
        return Answer(fault.status, f"{fault.code} {fault.params}", is_allowed=False, is_fault=True)
    return Answer(200, write_json(reading).decode(), is_allowed=True)


def judge_reports(book: Book, identity: Identity, asked: Sequence[tuple[str, Scope]]) -> list[str]:
    """What is wrong with somebody's reports."""
    wrong = []
    for report, scope in asked:
        got = ask(book, identity.login or "nobody", report, scope)
        # At the command a session is neither there nor missed: whoever is not retired is who they are.
        asking = without_session(identity)
        wrong += judge(f"{report} {scope.label}", asking, may_read(asking, scope), got)
    return wrong


def without_session(identity: Identity) -> Identity:
    """As at the command, where no session can have run out."""
    return replace(identity, standing=Standing.ACTIVE) if identity.standing is Standing.EXPIRED else identity


@fault("Z4", Kind.FORGED_REQUEST)
def test_every_report_answers_whom_the_table_says(desk: Desk, identity: Identity, share: Share) -> None:
    assert judge_reports(desk.served.book, identity, share.take(list_questions())) == []


@fault("Z4", Kind.FORGED_REQUEST)
def test_reports_answer_the_same_people_on_the_other_engine(
    postgres_book: Book, identity: Identity, share: Share
) -> None:
    asked = [one for one in list_questions() if one[0] in ("leverage", "alignment")]
    assert judge_reports(postgres_book, identity, share.take(asked)) == []


@fault("Z4", Kind.FORGED_REQUEST)
def test_the_matrix_is_as_large_as_it_claims(
    desk: Desk, part: int, record_property: Callable[[str, object], None]
) -> None:
    """Callbacks and verbs are asked by everybody in any run; of the rest, but in the full one, each asks a part."""
    book = desk.served.book
    of_everybody = (server_callbacks(desk.served.app), list_asks())
    in_parts = (list_tables(book), list_papers(book), list_passports(), list_questions())
    shares = [Share(at, part) for at in range(len(IDENTITIES))]
    cells = sum(len(one) for one in of_everybody) * len(IDENTITIES)
    cells += sum(len(share.larger().take(list_places(book))) for share in shares)
    cells += sum(len(share.take(one)) for one in in_parts for share in shares)
    record_property("count", cells)
    assert cells >= FEWEST_CELLS
    asked = [{at for share in shares for at in share.take(range(len(one)))} for one in in_parts]
    assert asked == [set(range(len(one))) for one in in_parts], "together they ask for all of it"
