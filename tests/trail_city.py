"""A city whose every change is known: two parks with a fund each, and words that only one side may ever read."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from dashboard.auth.passwords import add_person_secret
from funds.book import Book, Change, found_book
from funds.drafts import Draft
from funds.kinds import BookKind, Nature, Role, ScopeKind
from funds.models import (
    BookRow,
    Company,
    CompanyFact,
    Document,
    ImportBatch,
    Mark,
    ParkFigure,
    Party,
    table_of,
)
from funds.recording.chains import content_columns
from funds.recording.corrections import Correction, correct_rows
from funds.recording.reversals import reverse_revision
from migrations import upgrade
from tests.builders import (
    balance,
    base_city,
    claim,
    commitment,
    company,
    company_figure,
    contribution,
    day,
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
    park_figure,
    party,
    person,
    policy,
    record_in,
    round_,
    round_investor,
    tag,
    term,
    wan,
)
from tests.dashboard.serving import PASSWORD

NOW = datetime(2026, 1, 15, 4, 0, tzinfo=UTC)
SECRET = "金丝雀"  # stands in everything that belongs to P2 and F2 alone
FILE = "一号基金一季度.xlsx"
PEOPLE: Mapping[str, tuple[Role, ScopeKind, str | None] | None] = {
    "official": (Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
    "manager": (Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
    "other": (Role.FUND_MANAGER, ScopeKind.FUND, "F2"),
    "analyst": (Role.COMMISSION_ANALYST, ScopeKind.CITY, None),
    "audit": (Role.AUDIT_ADMIN, ScopeKind.CITY, None),
    "outsider": None,
}
(
    FOUNDED,
    CITY,
    PEOPLE_ADDED,
    SECRET_IMPORT,
    CORRECTED,
    REVERSED,
    RESTORED,
    RECLASSIFIED,
    IMPORTED,
    REGISTERED,
    MOVED,
    HANDED_OVER,
    RULED,
) = range(1, 14)


def build_trail_city(url: str) -> None:
    """The city in thirteen changes."""
    book = Book(url, clock=lambda: NOW)
    upgrade(book.engine)
    found_book(book, BookKind.OWN, "示例市")
    _add(book, "首批数据", *_first_drafts())
    _add(book, f"授权{SECRET}", *_standings(), action="people")
    _import(book, f"{SECRET}.xlsx", fee("F2", 7))
    _write(book, "按审计意见更正", _correct_mark, action="correct")
    _write(book, "误改", lambda change: reverse_revision(change, CORRECTED), reverses=CORRECTED)
    _write(book, "冲销有误", lambda change: reverse_revision(change, REVERSED), reverses=REVERSED)
    _add(book, "穿透后改定", nature("LP2", Nature.STATE_OWNED, "2024-07-01", evidence="产权登记证"))
    _import(book, FILE, fee("F1", 9, "2024-12-31"), fee("F1", 3, "2025-06-30"))
    _add(book, f"{SECRET}登记", party("LPX", "新出资人"), by="other")
    _write(book, "企业迁出", _move_firm, action="record")
    _write(book, "指标归属更正", _hand_over, action="correct")
    _add(book, "政策", policy())
    for login in ("local", *PEOPLE):
        add_person_secret(book, login, PASSWORD)
    book.close()


def open_trail_city(url: str) -> Book:
    """The book at an address, whose clock stands still."""
    return Book(url, clock=lambda: NOW)


def find_row(book: Book, model: type[BookRow], version: int, **equal: object) -> Any:
    """The first row of a table that a change wrote and that has some values."""
    table = table_of(model)
    query = select(table).where(
        table.c.revision_id == version, *(table.c[name] == equal[name] for name in equal)
    )
    with book.look() as look:
        return look.connection.execute(query.order_by(table.c.id)).mappings().first()


def _first_drafts() -> list[Draft]:
    firm = company("C4", "迁移企业", park="P1")
    second = fund("F2", f"{SECRET}二号基金", manager="GP")
    theirs: list[Draft] = [
        second,
        party("LP9", "民营乙公司"),
        fund_park("F2", "P2"),
        commitment("F2", "LP9", 5_000, basis=f"{SECRET}协议"),
        contribution("F2", "LP9", 3_000),
        term("F2", "返投条款", words=f"{SECRET}条款"),
        nature("LP9", Nature.SOCIAL, evidence=f"{SECRET}证据"),
        ownership("LP9", "C2", 10, evidence=f"{SECRET}股东名册"),
        round_("R2", "C2", 400, name=f"{SECRET}轮"),
        round_investor("R2", "F2", 300),
        round_investor("R2", "LP9", 100),
        investment("F2", "C2", 300, round="R2", instrument=f"{SECRET}工具"),
        mark("F2", "C2", 350, evidence=f"{SECRET}估值"),
        nav("F2", 2_900),
        balance("F2", 100),
        claim("F2"),
        local_investment("F2", "C2", 100, basis=f"{SECRET}认定"),
        company_figure("C2", source=f"{SECRET}来源"),
        park_figure("P2", source=f"{SECRET}来源"),
        park_figure("P2", "S04", value=4),
    ]
    ours: list[Draft] = [
        fund_park("F1", "P1"),
        fund_park("M", None),
        contribution("M", "LP1", 6_000, "2020-02-01"),
        contribution("F1", "M", 2_000),
        contribution("F1", "LP2", 1_000),
        nature("LP2", Nature.SOCIAL, evidence="营业执照"),
        investment("F1", "C1", 1_000),
        mark("F1", "C1", 900, evidence="估值报告"),
        tag("C1", "IC"),
        firm,
        company_figure("C4", source="统计局"),
        park_figure("P1"),
        park_figure(None, "S03", value=6),
    ]
    return [*base_city(), *theirs, *ours]


def _standings() -> list[Draft]:
    people: list[Draft] = [person(login, f"姓名{login}") for login in PEOPLE]
    return [*people, *(membership(login, *held) for login, held in PEOPLE.items() if held is not None)]


def _move_firm(change: Change) -> None:
    """A newer fact says that C4 lies in the other park."""
    table = CompanyFact.__table__
    query = (
        select(table)
        .join(Company, Company.id == table.c.company_id)
        .join(Party, Party.id == Company.party_id)
    )
    fact = change.connection.execute(query.where(Party.code == "C4")).mappings().one()
    kept = {name: fact[name] for name in content_columns(CompanyFact)}
    moved = {**kept, "park_id": fact["park_id"] + 1, "from_date": day("2025-01-01")}
    change.add(CompanyFact, [moved])


def _correct_mark(change: Change) -> None:
    row = change.connection.execute(select(Mark.id).where(Mark.evidence == "估值报告")).scalar_one()
    values = {"fair_value_fen": wan("912.3456"), "evidence": "审计底稿"}
    correct_rows(change, [Correction(Mark, row, values)])


def _hand_over(change: Change) -> None:
    row = change.connection.execute(
        select(ParkFigure.id, ParkFigure.park_id).where(ParkFigure.indicator == "S04")
    ).one()
    correct_rows(change, [Correction(ParkFigure, row.id, {"park_id": row.park_id - 1})])


def _add(book: Book, reason: str, *drafts: Draft, by: str = "local", action: str = "record") -> None:
    with book.change(by, reason, action) as change:
        record_in(change, *drafts)


def _write(
    book: Book,
    reason: str,
    write: Callable[[Change], object],
    action: str = "reverse",
    reverses: int | None = None,
) -> None:
    with book.change("local", reason, action, reverses_id=reverses) as change:
        write(change)


def _import(book: Book, name: str, *drafts: Draft) -> None:
    """Drafts as if they had come in a file."""
    with book.change("local", name, "import") as change:
        record_in(change, *drafts)
        file = {
            "sha256": f"{change.version:064d}",
            "name": name,
            "size": 2_048,
            "content": b"-",
            "origin": None,
        }
        (document,) = change.add(Document, [file])
        rows = len(drafts)
        batch = {"document_id": document, "rows_read": rows, "rows_new": rows, "total_fen": 0, "origin": None}
        change.add(ImportBatch, [batch])
