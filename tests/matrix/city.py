"""A city for the matrix: parks, funds and people of every standing, and words that only one side may ever read."""

from dashboard.auth.passwords import add_person_secret
from funds.book import Book, found_book
from funds.drafts import CompanyDraft, Draft, FundParkDraft
from funds.drafts.proposals import ProposalDraft
from funds.kinds import BookKind, Nature, ParkRelation
from funds.models import Document, ImportBatch
from funds.recording import record_proposals
from migrations import upgrade
from tests.builders import (
    balance,
    base_city,
    claim,
    commitment,
    company,
    company_figure,
    contribution,
    fee,
    fund,
    fund_park,
    investment,
    local_investment,
    mark,
    membership,
    nature,
    nav,
    ownership,
    park,
    park_figure,
    park_industry,
    party,
    person,
    policy,
    record_in,
    round_,
    round_investor,
    tag,
    term,
)
from tests.dashboard.serving import PASSWORD, Clock
from tests.matrix.identities import IDENTITIES, Standing

OWN_PARK, OTHER_PARK = "P1", "P2"
OWN_FUND, OTHER_FUND, SHARED_FUND, MOTHER = "F1", "F2", "F3", "M"
# Stands in everything that belongs to the other park, or to the parks beyond it, and to nobody else.
SECRET = "金丝雀"
# Stands in names of firms and institutions that only the other park's fund has to do with: the trail of the
# city's register may tell them, a figure or a table of holdings may not.
NAME = "朱鹮"
FURTHER = tuple(f"P{number}" for number in range(3, 9))


def build_matrix_city(url: str) -> None:
    """The city in four changes, and a password for everybody."""
    book = Book(url, clock=Clock())
    upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市")
    with book.change("local", "首批数据") as change:
        record_in(change, *city_drafts())
    with book.change("local", "授权", action="people") as change:
        record_in(change, *_standings())
    _import_secret(book)
    with book.change("local", "一号基金") as change:
        record_in(change, fee(OWN_FUND, 2))
    _propose(book)
    for identity in IDENTITIES:
        if identity.login:
            add_person_secret(book, identity.login, PASSWORD)
    book.close()


def city_drafts() -> list[Draft]:
    """Everything that stands in the book before anybody has a role in it."""
    kept = [draft for draft in base_city() if not (isinstance(draft, CompanyDraft) and draft.code == "C2")]
    beyond = [draft for code in FURTHER for draft in _further_park(code)]
    return [*kept, *_city_wide(), *_ours(), *_theirs(), *_shared(), *beyond]


def owners_of_funds() -> dict[str, frozenset[str]]:
    """The parks that set each fund up, as the drafts say."""
    owners: dict[str, set[str]] = {}
    for draft in city_drafts():
        if isinstance(draft, FundParkDraft) and draft.relation is ParkRelation.ESTABLISHED:
            owners.setdefault(draft.fund, set()).update({draft.park} if draft.park else set())
    return {code: frozenset(parks) for code, parks in owners.items()}


def _city_wide() -> list[Draft]:
    return [
        party("GP2", "另一家管理公司"),
        policy("AL04.weight", "2020-01-01", value_e6=500_000),
        nature("LP1"),
        nature("LP2", Nature.SOCIAL, evidence="营业执照"),
        fund_park(MOTHER, None),
        contribution(MOTHER, "LP1", 6_000, "2020-02-01"),
    ]


def _ours() -> list[Draft]:
    return [
        park_industry(OWN_PARK, "IC"),
        fund_park(OWN_FUND, OWN_PARK),
        contribution(OWN_FUND, MOTHER, 2_000),
        contribution(OWN_FUND, "LP2", 1_000),
        investment(OWN_FUND, "C1", 1_000),
        tag("C1", "IC"),
        mark(OWN_FUND, "C1", 900, evidence="估值报告"),
        nav(OWN_FUND, 2_900),
        term(OWN_FUND),
        park_figure(OWN_PARK),
    ]


def _theirs() -> list[Draft]:
    return [
        company("C2", f"{NAME}科技", park=OTHER_PARK),
        party("LP9", f"{NAME}投资"),
        fund(OTHER_FUND, f"{SECRET}二号基金", manager="GP2"),
        fund_park(OTHER_FUND, OTHER_PARK),
        commitment(OTHER_FUND, "LP9", 5_000, basis=f"{SECRET}协议"),
        contribution(OTHER_FUND, "LP9", 3_000),
        term(OTHER_FUND, "返投条款", words=f"{SECRET}条款"),
        nature("LP9", Nature.SOCIAL, evidence=f"{SECRET}证据"),
        ownership("LP9", "C2", 10, evidence=f"{SECRET}股东名册"),
        round_("R2", "C2", 400, name=f"{SECRET}轮"),
        round_investor("R2", OTHER_FUND, 300),
        round_investor("R2", "LP9", 100),
        investment(OTHER_FUND, "C2", 300, round="R2", instrument=f"{SECRET}工具"),
        tag("C2", "IC"),
        mark(OTHER_FUND, "C2", 350, evidence=f"{SECRET}估值"),
        nav(OTHER_FUND, 2_900),
        balance(OTHER_FUND, 100),
        claim(OTHER_FUND),
        local_investment(OTHER_FUND, "C2", 100, basis=f"{SECRET}认定"),
        company_figure("C2", source=f"{SECRET}来源"),
        park_figure(OTHER_PARK, source=f"{SECRET}来源"),
    ]


def _shared() -> list[Draft]:
    """A fund that both parks set up, which put money into the firm of each."""
    return [
        fund(SHARED_FUND, "共同基金", manager="GP"),
        fund_park(SHARED_FUND, OWN_PARK, 60),
        fund_park(SHARED_FUND, OTHER_PARK, 40),
        commitment(SHARED_FUND, "LP2", 800),
        contribution(SHARED_FUND, "LP2", 800),
        investment(SHARED_FUND, "C3", 200),
    ]


def _further_park(code: str) -> list[Draft]:
    """One of the parks that make the spread of the others: a fund with one project in its leading industry."""
    own, firm = f"G{code}", f"D{code}"
    return [
        park(code),
        park_industry(code, "IC"),
        fund(own, f"{SECRET}{code}基金", manager="GP2"),
        fund_park(own, code),
        commitment(own, "LP9", 500),
        contribution(own, "LP9", 500),
        company(firm, f"{NAME}{code}"),
        tag(firm, "IC"),
        investment(own, firm, 100),
    ]


def _standings() -> list[Draft]:
    people: list[Draft] = [person(one.login, f"姓名{one.login}") for one in IDENTITIES if one.login]
    held = [
        membership(one.login, one.role, one.scope, one.code)
        for one in IDENTITIES
        if one.login and one.role is not None
    ]
    retired = [one for one in IDENTITIES if one.standing is Standing.RETIRED]
    assert retired, "somebody retires once signed in"
    return [*people, *held]


def _propose(book: Book) -> None:
    """A mark of each side that waits for a second person, the other side's first."""
    for fund_code, firm, words in ((OTHER_FUND, "C2", SECRET), (OWN_FUND, "C1", "估值")):
        draft = mark(fund_code, firm, 360, "2025-12-31", evidence=f"{words}报告")
        with book.change("local", f"{words}提请", "propose") as change:
            record_proposals(change, [ProposalDraft(kind="mark", drafts=(draft,), reason=f"{words}理由")])


def _import_secret(book: Book) -> None:
    """A line of the other fund as if it had come in a file of its own."""
    with book.change("local", f"{SECRET}.xlsx", "import") as change:
        record_in(change, fee(OTHER_FUND, 7))
        file = {"sha256": f"{7:064d}", "name": f"{SECRET}.xlsx", "size": 9, "content": b"-", "origin": None}
        (document,) = change.add(Document, [file])
        batch = {"document_id": document, "rows_read": 1, "rows_new": 1, "total_fen": 0, "origin": None}
        change.add(ImportBatch, [batch])
