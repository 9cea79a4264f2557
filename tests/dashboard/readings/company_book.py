"""A city of six firms whose money can be traced by hand: two funds of two parks in one of them.

F1 (park P1) got 2,000 from M and 1,000 from LP2 (social); M got 4,500 of city fiscal and 1,500 of state-owned
money: a yuan of F1 is half city fiscal, a sixth state-owned, a third social. F2 (park P2) got 1,500 of district
fiscal money and 500 of LP4, whose nature nobody confirmed. All amounts in 万元.

C1: rounds R1 (F1 600, VC 300, LP2 100 of old shares) and R2 (F1 300, F2 400, VC 200), and 50 of F1 outside any;
F2 sold half of its stake for 260. C2 was written off, C3 sold, C4 is in the register only, C5 has no facts at
all, C6 is F2's alone and was never marked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from funds.book import Book
from funds.drafts import Draft
from funds.kinds import (
    ExitKind,
    GovernmentLevel,
    MarkMethod,
    Nature,
    Role,
    ScopeKind,
    SegmentPosition,
    ShareOrigin,
    VehicleType,
)
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import company_scope
from tests.builders import (
    PERSON,
    build_book,
    commitment,
    company,
    company_figure,
    contribution,
    crosswalk,
    day,
    exit_,
    fund,
    fund_park,
    industry,
    investment,
    mark,
    membership,
    national_industry,
    nature,
    open_book,
    ownership,
    park,
    park_industry,
    party,
    person,
    policy,
    record,
    round_,
    round_investor,
    segment,
    tag,
    wan,
)
from tests.engines import Databases

ON = day("2024-12-31")
MUNICIPAL, DISTRICT = GovernmentLevel.MUNICIPAL, GovernmentLevel.DISTRICT
OFFICIAL, BEYOND, KEEPER = "official", "beyond", "keeper"


@contextmanager
def company_book(databases: Databases) -> Iterator[Book]:
    """A copy of the city, which is built once a session."""
    book = open_book(databases.copy_of("firms", build_company_city))
    yield book
    book.close()
    databases.drop_made()


def look_at(book: Book, code: str, login: str = PERSON, on: date = ON) -> LedgerSlice:
    """A firm as somebody sees it."""
    return slice_ledger(book, login, company_scope(code), on)


def build_company_city(url: str) -> None:
    """The city in one change, and a mark by somebody who may not approve it."""
    build_book(url)
    book = open_book(url)
    record(book, *company_city())
    record_pending(book)
    book.close()


def record_pending(book: Book) -> None:
    """F1's manager marks C1 anew; nobody has looked at it yet."""
    record(book, mark("F1", "C1", 1_500, "2024-09-30", evidence="估值底稿"), person=KEEPER)


def company_city() -> list[Draft]:
    """Everything but that mark."""
    return [*_register(), *_money(), *_deals(), *_people()]


def _register() -> list[Draft]:
    positions = (SegmentPosition.UPSTREAM, SegmentPosition.MIDSTREAM, SegmentPosition.DOWNSTREAM)
    return [
        industry("IC", "集成电路"),
        industry("BIO", "生物医药"),
        *(
            segment("IC", f"IC-{at}", name=f"第{at}环节", position=place)
            for at, place in enumerate(positions, 1)
        ),
        national_industry("39", name="电子设备制造业", level="大类"),
        national_industry("397", name="电子器件制造", level="中类"),
        crosswalk("IC", "397"),
        park("P1", "甲园区"),
        park("P2", "乙园区"),
        park("P3", "丙园区"),
        park_industry("P1", "IC"),
        company(
            "C1",
            "甲芯片公司",
            park="P1",
            national_code="3973",
            ownership="民营",
            size_tags="规上;小巨人",
            established=day("2015-05-01"),
        ),
        party("C1", "甲芯片公司", former_names="旧名有限公司"),
        company("C2", "乙芯片公司", park="P2"),
        company("C3", "丙材料公司"),
        company("C4", "丁设备公司", park="P2", national_code="3562"),
        company("C5", "戊公司"),
        company("C6", "己公司", park="P2"),
        tag("C1", "IC", 60, segment="IC-2", is_primary=True, basis="营业收入构成"),
        tag("C1", "BIO", 40),
        tag("C2", "IC", segment="IC-2"),
        tag("C3", "IC", segment="IC-1"),
        tag("C4", "IC", segment="IC-3"),
        tag("C6", "IC"),
        *(
            company_figure("C1", "年产值", year, value, unit="万元", source="企业年报")
            for year, value in (("2022", 100), ("2023", 120), ("2024", 150))
        ),
        company_figure("C1", "链主认定", "2024", 1, unit="是"),
        company_figure("C6", "年产值", "2023", 70, unit="万元", source="机密来源"),
    ]


def _money() -> list[Draft]:
    return [
        party("LP1", "市财政局"),
        party("LP2", "民营甲公司"),
        party("LP3", "区财政局"),
        party("LP4", "来历不明的公司"),
        party("SOE", "市国企"),
        party("VC", "创投机构"),
        party("GP", "管理公司"),
        nature("LP1", Nature.FISCAL, level=MUNICIPAL),
        nature("LP2", Nature.SOCIAL, sub_type="民营企业"),
        nature("LP3", Nature.FISCAL, level=DISTRICT),
        nature("SOE", Nature.STATE_OWNED),
        nature("VC", Nature.SOCIAL, sub_type="创投机构"),
        ownership("LP2", "C1", 15, evidence="股东名册"),
        fund("M", "市母基金", vehicle_type=VehicleType.CITY_MOTHER, manager="GP"),
        fund("F1", "甲园区基金", manager="GP", fields=("IC",)),
        fund("F2", "乙园区基金", manager="GP"),
        fund_park("M", None),
        fund_park("F1", "P1"),
        fund_park("F2", "P2"),
        commitment("M", "LP1", 4_500),
        commitment("M", "SOE", 1_500),
        commitment("F1", "M", 2_000),
        commitment("F1", "LP2", 2_000),
        commitment("F2", "LP3", 1_500),
        commitment("F2", "LP4", 500),
        contribution("M", "LP1", 4_500, "2020-02-01"),
        contribution("M", "SOE", 1_500, "2020-02-01"),
        contribution("F1", "M", 2_000),
        contribution("F1", "LP2", 1_000),
        contribution("F2", "LP3", 1_500),
        contribution("F2", "LP4", 500),
        # Later than every payment into C1: it is no part of the money that was paid there.
        contribution("F1", "LP2", 1_000, "2024-06-01"),
    ]


def _deals() -> list[Draft]:
    return [
        policy("nav.stale_quarters", "2020-01-01", value_e6=1_000_000),
        policy("nav.stale_days", "2020-01-01", value_e6=45_000_000),
        round_("R1", "C1", 1_000, secondary_fen=wan(100), post_money_fen=wan(5_000)),
        round_investor("R1", "F1", 600),
        round_investor("R1", "VC", 300),
        round_investor("R1", "LP2", 100, ShareOrigin.SECONDARY),
        round_("R2", "C1", 900, "2022-06-30", name="B轮", loan_fen=wan(200)),
        round_investor("R2", "F1", 300),
        round_investor("R2", "F2", 400),
        round_investor("R2", "VC", 200),
        round_("R3", "C6", 700, "2022-06-30", name="天使轮"),
        investment("F1", "C1", 600, round="R1", decided_on=day("2021-05-01"), instrument="增资"),
        investment("F1", "C1", 300, "2022-06-30", round="R2", stake_ppm=60_000),
        investment("F1", "C1", 50, "2023-01-31"),
        investment("F2", "C1", 400, "2022-06-30", round="R2"),
        mark("F1", "C1", 1_200, "2023-12-31", method=MarkMethod.RECENT_ROUND, evidence="轮次文件"),
        mark("F2", "C1", 500, "2024-06-30"),
        exit_("F2", "C1", 260, "2024-09-01", transferred_ppm=500_000),
        investment("F1", "C2", 500),
        exit_("F1", "C2", 0, "2023-05-31", ExitKind.WRITE_OFF),
        mark("F1", "C2", 0, "2023-12-31"),
        investment("F1", "C3", 200),
        exit_("F1", "C3", 350, "2024-03-31", transferred_ppm=1_000_000),
        investment("F2", "C6", 700, "2022-06-30", round="R3"),
    ]


def _people() -> list[Draft]:
    return [
        *(person(login) for login in (OFFICIAL, BEYOND, KEEPER)),
        membership(OFFICIAL, Role.PARK_OFFICIAL, ScopeKind.PARK, "P1"),
        membership(BEYOND, Role.PARK_OFFICIAL, ScopeKind.PARK, "P3"),
        membership(KEEPER, Role.FUND_MANAGER, ScopeKind.FUND, "F1"),
    ]
