"""Pooled returns by park, industry, vintage and manager: the flows of a group merged, never an average of rates."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dashboard.readings.answers import print_ratio
from dashboard.readings.returns.fund_returns import vintage
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.pools import Pool, pool_of
from funds.queries.attribution import Interval
from funds.queries.facts import FundFacts, NamedThing
from funds.queries.ledger_slice import LedgerSlice

# The names of groups that stand for no park, industry, year or manager; message codes, since they are no names.
CITY_GROUP = "pooled.city"
SEVERAL_FIELDS, NO_FIELD = "pooled.several_fields", "pooled.no_field"
NOT_PAID_IN, NO_MANAGER = "pooled.not_paid_in", "pooled.no_manager"


@dataclass(frozen=True, order=True)
class GroupKey:
    """A group by code and name; `is_rest` puts what belongs to no group of its kind last."""

    is_rest: bool
    code: str
    name: str


Piece = tuple[GroupKey, Interval]
Sorting = Callable[[LedgerSlice, NetAssetValues, FundFacts], Iterable[Piece]]


def pooled_rows(slice_: LedgerSlice, values: NetAssetValues) -> Iterator[Mapping[str, object]]:
    """One row for each group of each kind; money between two funds of a group falls out of it."""
    for by, sort in SORTINGS.items():
        groups: dict[GroupKey, dict[int, Interval]] = {}
        for fund in slice_.member_funds:
            for key, piece in sort(slice_, values, fund):
                groups.setdefault(key, {})[fund.id] = piece
        for key in sorted(groups):
            pool = pool_of(replace(slice_, members=groups[key]))
            yield _row(by, key, len(groups[key]), pool)


def _by_park(slice_: LedgerSlice, values: NetAssetValues, fund: FundFacts) -> Iterator[Piece]:
    """A fund that several parks set up goes to each by its share."""
    for park, piece in slice_.owners(fund.id).items():
        key = GroupKey(True, "", CITY_GROUP) if park is None else _named(slice_.facts.parks[park])
        yield key, piece


def _by_industry(slice_: LedgerSlice, values: NetAssetValues, fund: FundFacts) -> Iterator[Piece]:
    """A fund goes to the industry that it declares if it is one only: investors' money is not split by deals."""
    declared = [slice_.facts.industries[row] for row in fund.fields if row in slice_.facts.industries]
    rest = GroupKey(True, "", SEVERAL_FIELDS if declared else NO_FIELD)
    yield _named(declared[0]) if len(declared) == 1 else rest, slice_.members[fund.id]


def _by_vintage(slice_: LedgerSlice, values: NetAssetValues, fund: FundFacts) -> Iterator[Piece]:
    year = vintage(values, fund.id)
    key = GroupKey(True, "", NOT_PAID_IN) if year is None else GroupKey(False, str(year), str(year))
    yield key, slice_.members[fund.id]


def _by_manager(slice_: LedgerSlice, values: NetAssetValues, fund: FundFacts) -> Iterator[Piece]:
    manager = None if fund.manager_id is None else slice_.facts.parties.get(fund.manager_id)
    key = GroupKey(True, "", NO_MANAGER) if manager is None else _named(manager)
    yield key, slice_.members[fund.id]


def _named(thing: NamedThing) -> GroupKey:
    return GroupKey(False, thing.code, thing.name)


def _row(by: str, key: GroupKey, count: int, pool: Pool) -> Mapping[str, object]:
    total, paid_in = pool.distributed + pool.nav.value, pool.paid_in
    return {
        "table": "pooled",
        "by": by,
        "code": key.code or None,
        "name": key.name,
        "funds": count,
        "paid_in": paid_in,
        "distributed": pool.distributed,
        "nav": pool.nav.value,
        "nav_source": pool.nav.source,
        "dpi": print_ratio(pool.distributed, paid_in) if paid_in > 0 else None,
        "tvpi": print_ratio(total, paid_in) if paid_in > 0 else None,
        "rate": pool.net_rate.value,
        "status": pool.net_rate.rate.status,
        "roots": list(pool.net_rate.roots),
        "reason": pool.net_rate.reason,
        "gross_rate": pool.gross_rate.value,
        "gross_status": pool.gross_rate.rate.status,
        "gross_roots": list(pool.gross_rate.roots),
    }


SORTINGS: Mapping[str, Sorting] = {
    "park": _by_park,
    "industry": _by_industry,
    "vintage": _by_vintage,
    "manager": _by_manager,
}
