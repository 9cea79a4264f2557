"""What a fund holds: each firm with its cost, proceeds and value, and each fund that it has paid into."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.readings.answers import print_ratio
from dashboard.readings.industries.alignment import TagMode, weigh
from dashboard.readings.lasting_answers import keep_of_firms
from dashboard.readings.portfolio.holdings import HeldFirm, held_firms
from dashboard.readings.portfolio.mark_age import oldest_fresh_day
from dashboard.readings.returns.net_assets import NetAssetValues
from funds.kinds import EntryKind
from funds.queries.attribution import WHOLE
from funds.queries.columns import Int
from funds.queries.facts import CompanyFacts, Tag
from funds.queries.ledger_slice import LedgerSlice

MONEY = ("invested", "cost", "proceeds", "fair_value")
STATES = ("is_exited", "is_written_off", "is_stale")
TOP = 3


def holding_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """A row for each firm that a fund of the scope ever paid into, as the whole fund holds it."""
    yield from _list_holdings(slice_)


@keep_of_firms
def _list_holdings(slice_: LedgerSlice) -> tuple[Mapping[str, object], ...]:
    return tuple(_make_rows(slice_))


def _make_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    paid, marks = _first_payments(slice_), _mark_days(slice_)
    fresh_from = oldest_fresh_day(slice_)
    firms = held_firms(slice_)
    costs = dict.fromkeys((firm.fund for firm in firms), 0)
    for firm in firms:
        costs[firm.fund] += firm.course.cost
    for firm in sorted(firms, key=lambda one: (_fund_code(slice_, one.fund), -one.course.cost, one.holding)):
        marked = marks.get(firm.mark) if firm.mark is not None else None
        yield {
            "table": "holding",
            "fund": _fund_code(slice_, firm.fund),
            **_describe(slice_, firm),
            "first_paid": date.fromordinal(paid[firm.holding]).isoformat(),
            **_amounts(firm, costs[firm.fund]),
            **_state(firm, marked, fresh_from),
        }


def holding_sum_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """One row for each fund that holds or held firms: sums, what is gone or old, and how much lies in the largest."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in holding_rows(slice_):
        rows.setdefault(str(row["fund"]), []).append(row)
    for code, own in rows.items():
        sums = {key: sum(row[key] for row in own) for key in MONEY}
        top = sum(sorted((row["cost"] for row in own), reverse=True)[:TOP])
        back = sums["proceeds"] + sums["fair_value"]
        yield {
            "table": "holding_sum",
            "fund": code,
            "holdings": sum(not row["is_exited"] for row in own),
            **{key.removeprefix("is_"): sum(row[key] for row in own) for key in STATES},
            **sums,
            "moic": print_ratio(back, sums["invested"]) if sums["invested"] > 0 else None,
            "top": TOP,
            "top_share": print_ratio(top, sums["cost"]) if sums["cost"] > 0 else None,
        }


def stake_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """A row for each fund of the book that a fund of the scope has paid into, as the whole fund holds it."""
    values = NetAssetValues.of_slice(slice_)
    for mother in slice_.member_funds:
        found = [_measure_stake(slice_, values, mother.id, child) for child in values.children(mother.id)]
        for stake in sorted(found, key=lambda one: (-one.paid, one.child)):
            child = slice_.facts.funds[stake.child]
            yield {
                "table": "stake",
                "fund": mother.code,
                "code": child.code,
                "name": child.name,
                "committed": stake.committed,
                "paid": stake.paid,
                "received": stake.received,
                "value": stake.value,
                "nav_source": stake.source,
                "moic": print_ratio(stake.received + stake.value, stake.paid) if stake.paid > 0 else None,
                "share_of_paid_in": print_ratio(stake.paid, stake.paid_in) if stake.paid_in > 0 else None,
            }


@dataclass(frozen=True)
class _Stake:
    """What a mother committed to a child, paid and got back, what the stake is worth, and the child's size."""

    child: int
    committed: int
    paid: int
    received: int
    value: int
    source: str
    paid_in: int


def _measure_stake(slice_: LedgerSlice, values: NetAssetValues, mother: int, child: int) -> _Stake:
    party, own = slice_.facts.funds[child].party_id, slice_.facts.funds[mother].party_id
    lines, changes = values.lines(mother), slice_.ledger.commitments
    paid = lines.of_kind(EntryKind.STAKE_PAYMENT)
    back = lines.of_kind(EntryKind.STAKE_RECEIPT)
    stake = values.stake(mother, child)
    return _Stake(
        child=child,
        committed=int(changes.amount[(changes.fund == child) & (changes.investor == own)].sum()),
        paid=-_with(paid.counterparty, paid.amount, party),
        received=_with(back.counterparty, back.amount, party),
        value=stake.value,
        source=stake.source,
        paid_in=int(values.lines(child).of_kind(EntryKind.PAID_IN).amount.sum()),
    )


def _with(parties: Int, amounts: Int, party: int) -> int:
    return int(amounts[parties == party].sum())


def _fund_code(slice_: LedgerSlice, fund: int) -> str:
    return slice_.facts.funds[fund].code


def _first_payments(slice_: LedgerSlice) -> dict[int, int]:
    """The day of the first payment into each holding."""
    paid = slice_.ledger.entries.of_kind(EntryKind.INVESTMENT)
    first: dict[int, int] = {}
    for holding, day in zip(paid.holding.tolist(), paid.day.tolist(), strict=True):
        first[holding] = min(day, first.get(holding, day))
    return first


def _mark_days(slice_: LedgerSlice) -> dict[int, date]:
    marks = slice_.ledger.marks
    days = zip(marks.id.tolist(), marks.day.tolist(), strict=True)
    return {row: date.fromordinal(day) for row, day in days}


def _describe(slice_: LedgerSlice, firm: HeldFirm) -> Mapping[str, object]:
    """Who the firm is: its main industry, the park it is registered in, and how much of it leads where the fund serves."""
    facts = slice_.facts
    company: CompanyFacts = facts.companies[firm.company]
    tags = facts.tags.get(firm.company, ())
    main = max(tags, key=lambda tag: (tag.is_primary, tag.weight_ppm), default=None)
    industry = facts.industries.get(main.industry_id) if main is not None else None
    park = facts.parks.get(company.park_id) if company.park_id is not None else None
    return {
        "company": company.code,
        "name": company.name,
        "industry": None if industry is None else industry.code,
        "park": None if park is None else park.code,
        "leading_ppm": _leading(slice_, firm, tags),
    }


def _leading(slice_: LedgerSlice, firm: HeldFirm, tags: tuple[Tag, ...]) -> int:
    """The part of the holding, in millionths, that belongs to owners in whose leading industries the firm is."""
    whole = 0
    for park, piece in slice_.owners(firm.fund).items():
        weight = weigh(tags, slice_.facts.leading_on(park, slice_.as_of), TagMode.PRIMARY, slice_.facts)
        whole += (piece.end - piece.start) * weight
    return whole // WHOLE


def _amounts(firm: HeldFirm, fund_cost: int) -> Mapping[str, object]:
    course = firm.course
    return {
        "invested": course.invested,
        "cost": course.cost,
        "proceeds": course.returned,
        "fair_value": course.value,
        "moic": print_ratio(course.returned + course.value, course.invested) if course.invested > 0 else None,
        "cost_share": print_ratio(course.cost, fund_cost) if fund_cost > 0 else None,
    }


def _state(firm: HeldFirm, marked: date | None, fresh_from: date | None) -> Mapping[str, object]:
    """What the value rests on, and whether that is too old; what is gone needs no mark."""
    course = firm.course
    is_gone = course.is_written_off or not (course.cost or course.value)
    is_stale = not is_gone and marked is not None and fresh_from is not None and marked < fresh_from
    return {
        "mark_day": None if marked is None else marked.isoformat(),
        "is_marked": course.is_marked,
        "is_stale": is_stale,
        "is_written_off": course.is_written_off,
        "is_exited": is_gone and not course.is_written_off,
    }
