"""The institutions of the whole city beyond the told ones, and which of them invest in which fund."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboard.sample.chance import Chance
from dashboard.sample.firms import BRANCHES, STEMS
from dashboard.sample.plan import ParkPlan, PartyPlan
from dashboard.sample.sizes import FULL, CitySize

FIRST_CODE = 101
FINANCE, COMPANY = "示例{}区财政局", "示例{}产业投资公司"
# Private by name: whose money it is, is seen in who owns them.
STATE_HELD = (3, 9, 15, 21)
REVIEWED, REVIEWED_ON = 5, date(2024, 7, 1)
STATE_PART = 65
# What grows with the number of funds; governments and state companies do not.
GROWING = ("private", "corporate", "person", "manager", "venture", "bank", "insurer")
REGISTRATION = "P99{:05d}"


@dataclass(frozen=True)
class Institutions:
    """Parties by pool; `finance` and `company` are each park's own."""

    pools: Mapping[str, tuple[PartyPlan, ...]]
    finance: Mapping[str, str]
    company: Mapping[str, str]

    @property
    def all(self) -> tuple[PartyPlan, ...]:
        """Everyone, once."""
        return tuple(row for rows in self.pools.values() for row in rows)


def draw_institutions(
    tables: Mapping[str, Any], told: Collection[PartyPlan], parks: Iterable[ParkPlan], size: CitySize
) -> Institutions:
    """Every pool in turn, then two institutions of each park: its finance and its company."""
    codes = (f"J{number}" for number in range(FIRST_CODE, 10_000))
    parks = list(parks)
    shorts = {park.code: park.name.removeprefix("示例市").removesuffix("园区") for park in parks}
    finance = {
        park: _party(codes, FINANCE.format(name), "政府机关", "fiscal") for park, name in shorts.items()
    }
    company = {
        park: _party(codes, COMPANY.format(name), "国有企业", "state_owned", {finance[park].code: 100})
        for park, name in shorts.items()
    }
    pools = {"finance": tuple(finance.values()), "company": tuple(company.values())}
    for name, table in tables["pool"].items():
        pools[name] = tuple(_pool(name, table, tables["words"], codes, size))
    pools["private"] = tuple(_with_owners(pools["private"], pools["company"], pools["person"]))
    pools["manager"] = tuple(_register(pools["manager"], told))
    return Institutions(
        pools,
        {park: row.code for park, row in finance.items()},
        {park: row.code for park, row in company.items()},
    )


def _party(
    codes: Iterator[str], name: str, kind: str, nature: str, owners: Mapping[str, int] | None = None
) -> PartyPlan:
    return PartyPlan(
        code=next(codes),
        name=name,
        kind=kind,
        nature=nature,
        level="district",
        sub_type="一般公共预算" if nature == "fiscal" else None,
        owners=owners,
    )


def _pool(
    name: str, table: Mapping[str, Any], words: list[str], codes: Iterator[str], size: CitySize
) -> Iterator[PartyPlan]:
    count = table["count"] * (size.funds if name in GROWING else FULL.funds) // FULL.funds
    for place in range(count):
        again, number = divmod(place, len(words))
        word = words[number] if name != "person" else f"{STEMS[place % 10]}{BRANCHES[place % 12]}"
        yield PartyPlan(
            code=next(codes),
            name=table["pattern"].format(word) + (f"（{place + 1}）" if again else ""),
            kind=table["kind"],
            nature=table.get("nature"),
            level=table.get("level"),
            sub_type=table.get("sub_type"),
            owners={table["owner"]: 100} if "owner" in table else None,
        )


def _with_owners(
    private: tuple[PartyPlan, ...], companies: tuple[PartyPlan, ...], people: tuple[PartyPlan, ...]
) -> Iterator[PartyPlan]:
    """A few private names of which a park's company holds most; one of them was found out by a review."""
    for place, row in enumerate(private):
        owners = {companies[place % len(companies)].code: STATE_PART}
        owners[people[place % len(people)].code] = 100 - STATE_PART
        if place == REVIEWED:
            yield replace(row, owners=owners, found_state_owned_on=REVIEWED_ON)
        else:
            yield replace(row, owners=owners) if place in STATE_HELD else row


def _register(managers: tuple[PartyPlan, ...], told: Collection[PartyPlan]) -> Iterator[PartyPlan]:
    first = sum(row.registration is not None for row in told) + 1
    for number, row in enumerate(managers, first):
        yield replace(row, registration=REGISTRATION.format(number))


class Deck:
    """Deals out the members of some pools so that everyone has a turn before anybody has a second one."""

    def __init__(self, members: Iterable[str], chance: Chance) -> None:
        self._members = list(members)
        self._chance = chance
        self._left: list[str] = []

    def deal(self, without: Collection[str] = ()) -> str:
        """The next member that is not among some others."""
        for turn in range(2):
            for one in self._left:
                if one not in without:
                    self._left.remove(one)
                    return one
            if not turn:
                self._left += self._chance.shuffle(self._members)
        raise ValueError("too few members to deal")
