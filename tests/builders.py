"""Builders for tests: a founded book, drafts with sensible defaults, and one call that records them all.

Amounts are 万元 (whole or decimal text), days are ISO text, codes are free. For example:

    record(book, *base_city(), contribution("F1", "LP1", 500))
    problems_of(book, exit_("F1", "C1", 80, cost_out_fen=wan(900)))
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import select

from funds import drafts
from funds.book import Book, Change, Findings, Look, found_book, install_guards, visible
from funds.book.engine import open_engine
from funds.drafts import Draft, Place
from funds.errors import RulesBroken
from funds.kinds import (
    BalanceItem,
    Basis,
    BookKind,
    CommitmentChange,
    DistributionKind,
    ExitKind,
    FeeKind,
    MarkMethod,
    Nature,
    ParkRelation,
    ProjectState,
    Role,
    ScopeKind,
    ShareOrigin,
    VehicleType,
)
from funds.models import Base, BookRow, table_of
from funds.models.row_security import install_row_security
from funds.problems import Problem
from funds.recording import VERBS, Recorded, check_whole
from tests.engines import Databases

NOW = datetime(2026, 1, 15, 4, 0, tzinfo=UTC)
TODAY = "2026-01-15"
PERSON = "local"
D = TypeVar("D", bound=Draft)


def build_book(url: str) -> None:
    """Fill an empty database with a founded book (for `databases.copy_of`)."""
    engine = open_engine(url)
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
        install_guards(connection)
        install_row_security(connection)
    engine.dispose()
    book = open_book(url)
    found_book(book, BookKind.OWN, "示例市")
    book.close()


def open_book(url: str, now: datetime = NOW) -> Book:
    """The book at an address, whose clock stands still."""
    return Book(url, clock=lambda: now)


@contextmanager
def founded_book(databases: Databases) -> Iterator[Book]:
    """A fresh founded book on an engine."""
    with prepared_book(databases, "founded") as book:
        yield book


@contextmanager
def prepared_book(databases: Databases, name: str, make: Callable[[], list[Draft]] = list) -> Iterator[Book]:
    """A copy of a book in which the drafts were recorded once for the whole session, under a name of its own."""

    def build(url: str) -> None:
        build_book(url)
        if drafts_of_all := make():
            filled = open_book(url)
            record(filled, *drafts_of_all)
            filled.close()

    book = open_book(databases.copy_of(f"built-{name}", build))
    yield book
    book.close()


def wan(amount: int | str) -> int:
    """万元 in fen."""
    return int(Decimal(amount) * 1_000_000)


def day(text: str) -> date:
    """An ISO day."""
    return date.fromisoformat(text)


def place(draft: D, row: int) -> D:
    """The draft as from a row of a sheet called like its class, whose columns are called like its fields."""
    if draft.place != Place():
        return draft
    columns = {field.name: f"{field.name}:" for field in fields(draft)}
    return replace(draft, place=Place(sheet_of(draft), row, columns))


def sheet_of(draft: Draft) -> str:
    """`contribution` for a ContributionDraft."""
    return type(draft).__name__.removesuffix("Draft").lower()


def place_all(given: Iterable[Draft]) -> list[Draft]:
    """The drafts with places, rows counted per sheet from 2, in the order of import."""
    order = list(VERBS)
    rows: dict[type[Draft], int] = {}
    placed = []
    for draft in sorted(given, key=lambda draft: order.index(type(draft))):
        rows[type(draft)] = rows.get(type(draft), 1) + 1
        placed.append(place(draft, rows[type(draft)]))
    return placed


def record_in(change: Change, *given: Draft) -> dict[str, Recorded]:
    """Record drafts in the order of import within a change, and judge the whole at the end."""
    placed = place_all(given)
    change.findings = Findings()
    results = {}
    for kind in dict.fromkeys(type(draft) for draft in placed):
        same_kind = [draft for draft in placed if type(draft) is kind]
        results[sheet_of(same_kind[0])] = VERBS[kind](change, same_kind)
    check_whole(change, placed)
    return results


def record(book: Book, *given: Draft, person: str = PERSON) -> dict[str, Recorded]:
    """Record drafts as one change, as an import does; raises with every fatal problem."""
    with book.change(person, "test") as change:
        results = record_in(change, *given)
        assert change.findings is not None
        broken = [problem for problem in change.findings.problems if problem.severity == "fatal"]
        if broken:
            raise RulesBroken(broken)
    return results


def problems_of(book: Book, *given: Draft, person: str = PERSON) -> list[Problem]:
    """What an import of the drafts would report; nothing is written."""
    with book.change(person, "test", dry_run=True) as change:
        record_in(change, *given)
        assert change.findings is not None
        return change.findings.problems


def codes_of(book: Book, *given: Draft, person: str = PERSON) -> list[str]:
    """The codes of the problems, sorted."""
    return sorted(problem.code for problem in problems_of(book, *given, person=person))


def rows_of(book: Book | Look, model: type[BookRow], **equal: object) -> list[dict[str, Any]]:
    """The visible rows of a table, oldest first."""
    if isinstance(book, Book):
        with book.look() as look:
            return rows_of(look, model, **equal)
    table = table_of(model)
    query = select(table).where(visible(model, book.version)).order_by(table.c.id)
    query = query.where(*(table.c[column] == value for column, value in equal.items()))
    return [dict(row) for row in book.connection.execute(query).mappings()]


def party(code: str, name: str | None = None, **more: Any) -> drafts.PartyDraft:
    return drafts.PartyDraft(code=code, name=name or f"机构{code}", **more)


def company(code: str, name: str | None = None, **more: Any) -> drafts.CompanyDraft:
    return drafts.CompanyDraft(code=code, name=name or f"企业{code}", **more)


def industry(code: str, name: str | None = None, **more: Any) -> drafts.IndustryDraft:
    return drafts.IndustryDraft(code=code, name=name or f"产业{code}", **more)


def park(code: str, name: str | None = None, **more: Any) -> drafts.ParkDraft:
    return drafts.ParkDraft(code=code, name=name or f"园区{code}", **more)


def park_industry(
    in_park: str, leads: str, rank: int = 1, on: str = "2020-01-01", **more: Any
) -> drafts.ParkIndustryDraft:
    return drafts.ParkIndustryDraft(park=in_park, industry=leads, rank=rank, from_date=day(on), **more)


def segment(of: str, code: str, **more: Any) -> drafts.SegmentDraft:
    return drafts.SegmentDraft(industry=of, code=code, name=more.pop("name", f"环节{code}"), **more)


def segment_edge(of: str, source: str, target: str, **more: Any) -> drafts.SegmentEdgeDraft:
    return drafts.SegmentEdgeDraft(industry=of, source=source, target=target, **more)


def nature(of: str, kind: Nature = Nature.FISCAL, on: str = "2020-01-01", **more: Any) -> drafts.NatureDraft:
    return drafts.NatureDraft(party=of, nature=kind, from_date=day(on), **more)


def ownership(
    owner: str, owned: str, percent: int, on: str = "2020-01-01", **more: Any
) -> drafts.OwnershipDraft:
    return drafts.OwnershipDraft(
        owner=owner, owned=owned, share_ppm=percent * 10_000, from_date=day(on), **more
    )


def tag(
    firm: str, of: str, percent: int = 100, on: str = "2020-01-01", **more: Any
) -> drafts.CompanyTagDraft:
    return drafts.CompanyTagDraft(
        company=firm, industry=of, weight_ppm=percent * 10_000, from_date=day(on), **more
    )


def company_figure(
    firm: str, indicator: str = "产值", period: str = "2024", value: int = 5, **more: Any
) -> drafts.CompanyFigureDraft:
    return drafts.CompanyFigureDraft(
        company=firm, indicator=indicator, period=period, value_e6=value * 10**6, **more
    )


def park_figure(
    of: str | None, indicator: str = "S02", period: str = "2024", value: int = 60, **more: Any
) -> drafts.ParkFigureDraft:
    return drafts.ParkFigureDraft(park=of, indicator=indicator, period=period, value_e6=value * 10**6, **more)


def fund(code: str, name: str | None = None, on: str = "2020-01-01", **more: Any) -> drafts.FundDraft:
    more.setdefault("vehicle_type", VehicleType.SUB_FUND)
    return drafts.FundDraft(code=code, name=name or f"基金{code}", established=day(on), **more)


def fund_park(
    of: str, to: str | None, percent: int = 100, on: str = "2020-01-01", **more: Any
) -> drafts.FundParkDraft:
    more.setdefault("relation", ParkRelation.ESTABLISHED)
    return drafts.FundParkDraft(fund=of, park=to, share_ppm=percent * 10_000, from_date=day(on), **more)


def term(of: str, name: str = "门槛收益率", on: str = "2020-01-01", **more: Any) -> drafts.FundTermDraft:
    if "words" not in more:
        more.setdefault("value_e6", 80_000)
    return drafts.FundTermDraft(fund=of, term=name, from_date=day(on), **more)


def commitment(
    of: str, investor: str, amount: int | str, on: str = "2020-01-10", **more: Any
) -> drafts.CommitmentDraft:
    more.setdefault("kind", CommitmentChange.NEW)
    return drafts.CommitmentDraft(
        fund=of, investor=investor, amount_fen=wan(amount), signed_on=day(on), **more
    )


def transfer(
    of: str, investor: str, to: str, amount: int | str, on: str = "2022-06-01", **more: Any
) -> drafts.CommitmentDraft:
    return commitment(of, investor, amount, on, kind=CommitmentChange.TRANSFER, transferee=to, **more)


def notice(
    of: str, investor: str, amount: int | str, no: str = "N1", on: str = "2020-02-01", **more: Any
) -> drafts.CallNoticeDraft:
    due = day(more.pop("due", on))
    return drafts.CallNoticeDraft(
        notice_no=no, fund=of, investor=investor, amount_fen=wan(amount), noticed_on=day(on), due_on=due
    )


def contribution(
    of: str, investor: str, amount: int | str, on: str = "2020-03-01", **more: Any
) -> drafts.ContributionDraft:
    return drafts.ContributionDraft(
        fund=of, investor=investor, amount_fen=wan(amount), received_on=day(on), **more
    )


def distribution(
    of: str, investor: str, amount: int | str, on: str = "2024-03-01", **more: Any
) -> drafts.DistributionDraft:
    more.setdefault("kind", DistributionKind.PRINCIPAL)
    return drafts.DistributionDraft(
        fund=of, investor=investor, amount_fen=wan(amount), paid_on=day(on), **more
    )


def round_(code: str, firm: str, total: int | str, on: str = "2021-06-30", **more: Any) -> drafts.RoundDraft:
    more.setdefault("name", "A轮")
    return drafts.RoundDraft(code=code, company=firm, closed_on=day(on), total_fen=wan(total), **more)


def round_investor(
    of: str, investor: str, amount: int | str, origin: ShareOrigin = ShareOrigin.PRIMARY, **more: Any
) -> drafts.RoundInvestorDraft:
    return drafts.RoundInvestorDraft(
        round=of, investor=investor, amount_fen=wan(amount), share_origin=origin, **more
    )


def investment(
    of: str, firm: str, amount: int | str, on: str = "2021-06-30", **more: Any
) -> drafts.InvestmentDraft:
    return drafts.InvestmentDraft(fund=of, company=firm, amount_fen=wan(amount), paid_on=day(on), **more)


def project_stage(
    of: str, firm: str, stage: ProjectState = ProjectState.DECIDED, on: str = "2021-05-20", **more: Any
) -> drafts.ProjectStageDraft:
    return drafts.ProjectStageDraft(fund=of, company=firm, stage=stage, reached_on=day(on), **more)


def exit_(
    of: str,
    firm: str,
    amount: int | str,
    on: str = "2023-06-30",
    kind: ExitKind = ExitKind.TRANSFER,
    **more: Any,
) -> drafts.ExitDraft:
    return drafts.ExitDraft(
        fund=of, company=firm, amount_fen=wan(amount), exited_on=day(on), kind=kind, **more
    )


def fee(of: str, amount: int | str, on: str = "2020-12-31", **more: Any) -> drafts.FeeDraft:
    more.setdefault("kind", FeeKind.MANAGEMENT)
    return drafts.FeeDraft(fund=of, amount_fen=wan(amount), paid_on=day(on), **more)


def balance(of: str, amount: int | str, on: str = "2024-12-31", **more: Any) -> drafts.BalanceDraft:
    more.setdefault("item", BalanceItem.BANK_DEPOSIT)
    return drafts.BalanceDraft(fund=of, amount_fen=wan(amount), filed_on=day(on), **more)


def mark(of: str, firm: str, value: int | str, on: str = "2024-12-31", **more: Any) -> drafts.MarkDraft:
    more.setdefault("method", MarkMethod.RECENT_ROUND)
    return drafts.MarkDraft(fund=of, company=firm, fair_value_fen=wan(value), valued_on=day(on), **more)


def nav(of: str, value: int | str, on: str = "2024-12-31", **more: Any) -> drafts.NavDraft:
    return drafts.NavDraft(fund=of, nav_fen=wan(value), valued_on=day(on), **more)


def claim(of: str, quarter: str = "2024-Q4", definition: str = "LV04", **more: Any) -> drafts.ClaimDraft:
    more.setdefault("basis", Basis.PAID_IN)
    return drafts.ClaimDraft(
        fund=of, quarter=quarter, definition=definition, value_e6=more.pop("value_e6", 2_500_000), **more
    )


def local_investment(
    of: str, firm: str, amount: int | str, on: str = "2024-06-30", **more: Any
) -> drafts.LocalInvestmentDraft:
    return drafts.LocalInvestmentDraft(
        fund=of, company=firm, amount_fen=wan(amount), recognised_on=day(on), **more
    )


def index_level(
    code: str = "CSI", on: str = "2024-12-31", level: int = 1000, **more: Any
) -> drafts.IndexLevelDraft:
    return drafts.IndexLevelDraft(index_code=code, quoted_on=day(on), level_e6=level * 10**6, **more)


def reported_figure(
    subject: str = "某基金", value: int = 6, on: str = "2024-12-31", **more: Any
) -> drafts.ReportedFigureDraft:
    more.setdefault("statement", "财政放大倍数")
    more.setdefault("source", "公开报道")
    return drafts.ReportedFigureDraft(subject=subject, value_e6=value * 10**6, stated_on=day(on), **more)


def policy(code: str = "S02", on: str = "2022-05-13", **more: Any) -> drafts.PolicyDraft:
    if "words" not in more:
        more.setdefault("value_e6", 60_000_000)
    more = {"pack": "示例", "name": f"指标{code}", "document": "示例文件", **more}
    return drafts.PolicyDraft(code=code, from_date=day(on), **more)


def definition(code: str = "LV04", version: int = 1, **more: Any) -> drafts.DefinitionDraft:
    more = {"digest": "0" * 64, "from_date": day("2020-01-01"), **more}
    return drafts.DefinitionDraft(code=code, version=version, **more)


def national_industry(code: str = "27", **more: Any) -> drafts.NationalIndustryDraft:
    more = {"edition": "GB/T 4754-2017", "level": "大类", "name": f"大类{code}", **more}
    return drafts.NationalIndustryDraft(code=code, **more)


def crosswalk(of: str, code: str = "27", **more: Any) -> drafts.CrosswalkDraft:
    return drafts.CrosswalkDraft(industry=of, national_code=code, **more)


def person(login: str, name: str | None = None, **more: Any) -> drafts.PersonDraft:
    return drafts.PersonDraft(login=login, name=name or f"用户{login}", **more)


def membership(
    login: str, role: Role, scope_kind: ScopeKind = ScopeKind.CITY, scope: str | None = None, **more: Any
) -> drafts.MembershipDraft:
    more.setdefault("from_date", day("2020-01-01"))
    return drafts.MembershipDraft(login=login, role=role, scope_kind=scope_kind, scope=scope, **more)


def base_city() -> list[Draft]:
    """Two parks, two industries, three investors, three firms; mother M (LP1) commits to F1, LP2 too.

    Committed: M ← LP1 10,000; F1 ← M 4,000, F1 ← LP2 2,000. Nothing is paid in yet.
    """
    return [
        industry("IC"),
        industry("BIO"),
        park("P1"),
        park("P2"),
        party("LP1", "市财政局"),
        party("LP2", "民营甲公司"),
        party("GP", "管理公司"),
        company("C1", park="P1"),
        company("C2", park="P2"),
        company("C3"),
        fund("M", vehicle_type=VehicleType.CITY_MOTHER, manager="GP"),
        fund("F1", manager="GP", fields=("IC",)),
        commitment("M", "LP1", 10_000),
        commitment("F1", "M", 4_000),
        commitment("F1", "LP2", 2_000),
    ]


def paid_city() -> list[Draft]:
    """The base city where M has 6,000 and F1 has 3,000 in cash (2,000 from M, 1,000 from LP2)."""
    return [
        *base_city(),
        contribution("M", "LP1", 6_000, "2020-02-01"),
        contribution("F1", "M", 2_000),
        contribution("F1", "LP2", 1_000),
    ]


def invested_city() -> list[Draft]:
    """The paid city where F1 has put 1,000 into C1 and 500 into C2."""
    return [*paid_city(), investment("F1", "C1", 1_000), investment("F1", "C2", 500)]


def whole_city() -> list[Draft]:
    """The invested city with at least one draft of every other kind, all of them sound."""
    return [
        *invested_city(),
        national_industry("27"),
        crosswalk("BIO", "27"),
        park_industry("P1", "IC"),
        segment("IC", "IC-1"),
        segment("IC", "IC-2", parent="IC-1"),
        segment("BIO", "BIO-1"),
        segment_edge("IC", "IC-1", "BIO-1", target_industry="BIO"),
        crosswalk("BIO", "27", segment="BIO-1"),
        nature("LP1"),
        nature("LP2", Nature.SOCIAL, sub_type="民营企业"),
        ownership("LP2", "GP", 51),
        fund_park("F1", "P1", 60),
        fund_park("F1", None, 40),
        term("F1"),
        notice("F1", "LP2", 1_000, "N1"),
        contribution("F1", "LP2", 100, "2020-04-01", notice_no="N1", business_no="SJ-7"),
        transfer("F1", "LP2", "LP1", 300),
        distribution("F1", "M", 200, is_recallable=True),
        distribution("F1", "LP2", 100, kind=DistributionKind.GAIN),
        tag("C1", "IC", 60, is_primary=True, segment="IC-1"),
        tag("C1", "BIO", 40),
        round_("R1", "C3", 300, secondary_fen=wan(100), loan_fen=wan(50)),
        round_investor("R1", "F1", 200),
        round_investor("R1", "LP2", 100, ShareOrigin.SECONDARY),
        investment("F1", "C3", 120, round="R1", decided_on=day("2021-06-01"), stake_ppm=83_333),
        investment("F1", "C3", 80, "2021-08-01", round="R1", instrument="增资"),
        project_stage("F1", "C3", decision_no="投决〔2021〕6号"),
        exit_("F1", "C1", 600, cost_out_fen=wan(400)),
        exit_("F1", "C2", 0, kind=ExitKind.WRITE_OFF),
        exit_("F1", "C2", 5, "2024-06-30", kind=ExitKind.LIQUIDATION),
        fee("F1", 20),
        fee("F1", 3, "2024-12-31", kind=FeeKind.OTHER_INCOME),
        balance("F1", 700),
        mark("F1", "C1", 900),
        nav("F1", 4_000),
        nav("F1", 2_500, investor="M"),
        company_figure("C1"),
        park_figure("P1"),
        park_figure(None, "S03", value=6),
        index_level(),
        reported_figure(),
        claim("F1"),
        local_investment("F1", "C1", 500),
        policy(),
        definition(),
        person("wang"),
        membership("wang", Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
        membership("wang", Role.PARK_OFFICIAL, ScopeKind.PARK, "P2"),
    ]
