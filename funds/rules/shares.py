"""Parts make a whole on every day: the parks of a fund exactly, the owners of a party at most."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from funds.kinds import ParkRelation
from funds.measures import WHOLE_PPM, format_scaled
from funds.models import FundPark, PartyOwnership
from funds.models.visibility import visible
from funds.rules.breaches import Breach, Reach

PERCENT = 10_000  # ppm in one per cent


@dataclass(frozen=True)
class Part:
    """Whose share it is, how much, and from which day to (not including) which."""

    row_id: int
    holder: Hashable
    share_ppm: int
    from_date: date
    to_date: date | None

    def holds_on(self, day: date) -> bool:
        return self.from_date <= day and (self.to_date is None or day < self.to_date)


@dataclass(frozen=True)
class Sum:
    """What the parts in force on a day add up to, and the newest row among them."""

    day: date
    share_ppm: int
    row_id: int


def sums_by_day(parts: Iterable[Part]) -> Iterator[Sum]:
    """The sum on each day on which it may change; a holder's newest part in force counts, none = nothing."""
    known = list(parts)
    days = {part.from_date for part in known} | {part.to_date for part in known if part.to_date is not None}
    for day in sorted(days):
        in_force: dict[Hashable, Part] = {}
        for part in sorted(known, key=lambda part: (part.from_date, part.row_id)):
            if part.holds_on(day):
                in_force[part.holder] = part
        if in_force:
            total = sum(part.share_ppm for part in in_force.values())
            yield Sum(day, total, max(part.row_id for part in in_force.values()))


def check_park_shares(reach: Reach) -> Iterator[Breach]:
    """Funds whose 设立 shares are not 100 % on some day, the city's share included."""
    query = select(
        FundPark.fund_id,
        FundPark.id,
        FundPark.park_id,
        FundPark.share_ppm,
        FundPark.from_date,
        FundPark.to_date,
    ).where(
        FundPark.relation == ParkRelation.ESTABLISHED,
        visible(FundPark, reach.version),
        reach.touched(FundPark.fund_id, (FundPark, select(FundPark.fund_id))),
    )
    funds: dict[int, list[Part]] = defaultdict(list)
    for row in reach.connection.execute(query):
        funds[row[0]].append(Part(*row[1:]))
    codes = reach.fund_codes(funds)
    for fund_id, parts in funds.items():
        for found in sums_by_day(parts):
            if found.share_ppm != WHOLE_PPM:
                params = {"fund": codes[fund_id], "day": found.day, "sum": percent(found.share_ppm)}
                yield Breach(
                    "park_share.not_whole",
                    "fund_park",
                    found.row_id,
                    ("share_ppm",),
                    f"parks/{codes[fund_id]}",
                    params,
                )
                break


def check_ownership(reach: Reach) -> Iterator[Breach]:
    """Parties of which more than 100 % is owned on some day."""
    row_type = PartyOwnership
    query = select(
        row_type.owned_id,
        row_type.id,
        row_type.owner_id,
        row_type.share_ppm,
        row_type.from_date,
        row_type.to_date,
    ).where(
        visible(row_type, reach.version),
        reach.touched(row_type.owned_id, (row_type, select(row_type.owned_id))),
    )
    owned: dict[int, list[Part]] = defaultdict(list)
    for row in reach.connection.execute(query):
        owned[row[0]].append(Part(*row[1:]))
    codes = reach.party_codes(owned)
    for party_id, parts in owned.items():
        for found in sums_by_day(parts):
            if found.share_ppm > WHOLE_PPM:
                params = {"party": codes[party_id], "day": found.day, "sum": percent(found.share_ppm)}
                yield Breach(
                    "ownership.over_whole", "party_ownership", found.row_id, ("share_ppm",), "", params
                )
                break


def percent(share_ppm: int) -> str:
    """Millionths as per cent, exactly."""
    return format_scaled(share_ppm, PERCENT)
