"""What lies behind one cell of the cube: the holdings, each with the part of it that stands in the cell."""

from collections.abc import Mapping

from dashboard.readings.industries.cube import (
    AMOUNTS,
    CITY_PART,
    NOTHING,
    Amounts,
    IndustrySpans,
    add_amounts,
    list_pieces,
)
from dashboard.readings.industries.cube_grid import CubeFilter
from dashboard.readings.industries.tag_parts import TagMode, take
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice

CUBE_CELL = "cube_cell"


def cell_rows(
    slice_: LedgerSlice, mode: TagMode, park: str, industry: str, chosen: CubeFilter
) -> list[Mapping[str, object]]:
    """A row for each fund and firm of a park and an industry, the largest cost first.

    What has left the fund stands here too if it was paid for in the as-of year: `flow` counts it.
    """
    facts, industries = slice_.facts, IndustrySpans(slice_.facts, mode)
    codes = {one.id: one.code for one in facts.parks.values()}
    sums: dict[tuple[int, int], Amounts] = {}
    for at, fund, company, amounts in list_pieces(slice_, mode):
        if (CITY_PART if at is None else codes[at]) == park:
            sums[fund, company] = add_amounts(sums.get((fund, company), NOTHING), amounts)
    rows = []
    for (fund, company), amounts in sums.items():
        for one, spans in industries.of(company).items():
            if industries.code(one) == industry:
                parts = tuple(take(spans, amount) for amount in amounts)
                rows.append(_row(facts, fund, company, parts))
    kept = filter(chosen.keeps, rows)
    return sorted(kept, key=lambda row: (-int(str(row["cost"])), str(row["company"]), str(row["fund"])))


def _row(facts: Facts, fund: int, company: int, amounts: Amounts) -> dict[str, object]:
    known, firm = facts.funds[fund], facts.companies[company]
    return {
        "table": CUBE_CELL,
        "fund": known.code,
        "fund_name": known.name,
        "fund_type": str(known.vehicle_type),
        "company": firm.code,
        "name": firm.name,
        **dict(zip(AMOUNTS, amounts, strict=True)),
    }
