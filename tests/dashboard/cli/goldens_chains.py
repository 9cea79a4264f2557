"""Two parks whose chains and chain leaders can be counted by hand; the firms' names say nothing, the tags do.

PA leads in XA, and in XB until the end of 2024; PB leads in XB. XA has the segments A1, A2 (of which A2X is a
part) and A3, and its sub-industry XAD the segment D1; XB has B1 and B2. Output of 2021 in 亿元: L1 60, L2 30,
L3 10 and L4 10 in PA; L5 25 in PB. L3, L6 and E1 are recognised in the register. L6 is in both chains.

FA is PA's. It put money into L2 (2022), into L4 (2022, half sold in 2023, the rest in 2024), into S3, of which L3
owns 60 % (2022), into K in A2X (2024), and into S4, which L1 controls through H (2025). FS is PA's and PB's, and
holds L6 (2023). FW is PB's: L5 was written off in 2024 and liquidated in 2025. M is the city's, FI is idle.
"""

from funds.drafts import Draft
from funds.kinds import ExitKind, IndustryCategory, SegmentPosition, VehicleType
from tests.builders import (
    commitment,
    company,
    company_figure,
    contribution,
    day,
    exit_,
    fund,
    fund_park,
    industry,
    investment,
    ownership,
    park,
    park_industry,
    party,
    segment,
    segment_edge,
    tag,
    wan,
)
from tests.dashboard.cli.goldens import Drafts

UP, MIDDLE, DOWN = SegmentPosition


def two_chains() -> Drafts:
    """The drafts of the workbook, sheet by sheet."""
    found: dict[type[Draft], list[Draft]] = {}
    for draft in (*_places(), *_firms(), *_funds(), *_deals()):
        found.setdefault(type(draft), []).append(draft)
    return found


def _places() -> list[Draft]:
    key = IndustryCategory.KEY
    return [
        industry("XA", category=key),
        industry("XB", category=key),
        industry("XAD", parent="XA"),
        park("PA"),
        park("PB"),
        park_industry("PA", "XA"),
        park_industry("PA", "XB", 2, to_date=day("2025-01-01")),
        park_industry("PB", "XB"),
        segment("XA", "A1", position=UP),
        segment("XA", "A2", position=MIDDLE),
        segment("XA", "A2X", position=MIDDLE, parent="A2"),
        segment("XA", "A3", position=DOWN),
        segment("XAD", "D1", position=DOWN),
        segment("XB", "B1", position=UP),
        segment("XB", "B2", position=DOWN),
        segment_edge("XA", "A1", "A2"),
        segment_edge("XA", "A2", "D1", target_industry="XAD"),
        segment_edge("XB", "B1", "B2"),
    ]


def _firms() -> list[Draft]:
    leader = "规上;链主企业"
    return [
        company("L1", park="PA"),
        company("L2", park="PA", size_tags="规上"),
        company("L3", park="PA", size_tags=leader),
        company("L4", park="PA"),
        company("E1", park="PA", size_tags=leader),
        company("L5", park="PB"),
        company("L6", park="PB", size_tags=leader),
        *(company(code) for code in ("S3", "S4", "K", "H")),
        tag("L1", "XA", segment="A1"),
        tag("L2", "XA", segment="A2"),
        tag("L3", "XAD", segment="D1"),
        tag("L4", "XA", segment="A3"),
        tag("E1", "XB"),
        tag("L5", "XB", segment="B1"),
        tag("L6", "XB", 60, segment="B2", is_primary=True),
        tag("L6", "XA", 40, segment="A1"),
        tag("K", "XA", segment="A2X"),
        ownership("L3", "S3", 60),
        ownership("L1", "H", 60),
        ownership("H", "S4", 70),
        ownership("L5", "K", 50),
        *(
            company_figure(code, "年产值", "2021", value, unit="亿元")
            for code, value in (("L1", 60), ("L2", 30), ("L3", 10), ("L4", 10))
        ),
        company_figure("L5", "年产值", "2021", 250_000, unit="万元"),
    ]


def _funds() -> list[Draft]:
    owners = {"FA": ("PA",), "FI": ("PA",), "FW": ("PB",), "M": (None,)}
    return [
        party("LP"),
        party("GP"),
        fund("M", vehicle_type=VehicleType.CITY_MOTHER),
        *(fund(code, manager="GP") for code in ("FA", "FS")),
        *(fund(code) for code in ("FI", "FW")),
        *(fund_park(code, one) for code, parks in owners.items() for one in parks),
        fund_park("FS", "PA", 60),
        fund_park("FS", "PB", 40),
        *(commitment(code, "LP", 1_000) for code in ("M", "FS", "FI", "FW")),
        *(contribution(code, "LP", 1_000) for code in ("M", "FS", "FI", "FW")),
        commitment("FA", "M", 1_000),
        contribution("FA", "M", 1_000),
    ]


def _deals() -> list[Draft]:
    return [
        investment("FA", "L2", 100, "2022-03-01"),
        investment("FA", "L4", 100, "2022-05-01"),
        investment("FA", "S3", 50, "2022-09-01"),
        investment("FA", "K", 80, "2024-02-01"),
        investment("FA", "S4", 70, "2025-03-01"),
        investment("FS", "L6", 200, "2023-03-01"),
        investment("FW", "L5", 150, "2022-03-01"),
        exit_("FA", "L4", 60, "2023-06-30", cost_out_fen=wan(50)),
        exit_("FA", "L4", 60, "2024-06-30", cost_out_fen=wan(50)),
        exit_("FW", "L5", 0, "2024-03-31", kind=ExitKind.WRITE_OFF),
        exit_("FW", "L5", 1, "2025-06-30", kind=ExitKind.LIQUIDATION),
    ]
