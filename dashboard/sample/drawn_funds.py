"""Funds that are drawn rather than told: who invests in each and how much, how it pays and how it deals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dashboard.sample.amounts import split_exactly
from dashboard.sample.chance import Chance
from dashboard.sample.institutions import Deck, Institutions
from dashboard.sample.plan import CITY, FundPlan, InvestorPlan, ParkPlan

MARKET_FOCUS = 25
STEP = 500
"""Commitments are whole numbers of this many 万元."""
RATES = {"返投倍数": ("1.5", "倍")}
PARK_TERMS = {**RATES, "单一企业上限": ("20", "%")}
MARKET_TERMS = {
    **RATES,
    "门槛收益率": ("8", "%"),
    "业绩报酬比例": ("20", "%"),
    "分配顺序": ("整体分配",),
}
SOCIAL = ("private", "corporate", "insurer", "bank", "broker", "trust", "foreign", "endowment", "person")
PARK_SOCIAL = ("private", "corporate", "bank", "private")


@dataclass(frozen=True)
class Part:
    """An investor's weight in a fund."""

    party: str
    weight: float
    months_later: int = 0
    late_days: int = 0
    pays: int = 100


class FundDrawer:
    """Draws one fund after another from the same decks of investors, managers and custodians."""

    def __init__(self, tables: Mapping[str, Any], institutions: Institutions, seed: int, until: date) -> None:
        self.mothers: Mapping[str, str] = tables["mothers"]
        self.institutions = institutions
        self.seed, self.until = seed, until
        self.decks = {
            name: Deck([row.code for row in rows], Chance(seed, "deck", name))
            for name, rows in institutions.pools.items()
        }
        custodians = ["J51", "J52", *(row.code for row in institutions.pools["custodian"])]
        self.custodians = Deck(custodians, Chance(seed, "deck", "custodians"))

    def draw_park_fund(self, code: str, park: ParkPlan, row: Mapping[str, Any]) -> FundPlan:
        """A park's own fund: a mother, the district's finance, the park's company, and social money."""
        chance = Chance(self.seed, "fund", code)
        late, pays = row.get("late", (0, 100))
        parts = [
            Part(self.mothers[park.leading[0].industry], chance.between(30, 36)),
            Part(self.institutions.finance[park.code], chance.between(20, 27)),
            Part(self.institutions.company[park.code], chance.between(11, 17)),
        ]
        for place, pool in enumerate(PARK_SOCIAL[: 3 + (row["size"] > 200_000)]):
            is_late = bool(late) and place < 2
            parts.append(
                Part(
                    self._deal(pool, parts),
                    chance.between(7, 12),
                    chance.pick((0, 0, 5)) if not is_late else 0,
                    late if is_late else 0,
                    pays if is_late else 100,
                )
            )
        return self._make(
            code,
            f"{park.name.replace('示例市', '示例')}产业基金",
            "park_fund",
            parts,
            {"fee": "1", "manager": "J45", "terms": PARK_TERMS, **row},
            fields=tuple(item.industry for item in park.leading),
            parks={park.code: 100},
            level="district",
        )

    def draw_sub_fund(self, code: str, row: Mapping[str, Any]) -> FundPlan:
        """A market manager's fund: one or two mothers, now and then a government, mostly social money."""
        chance = Chance(self.seed, "fund", code)
        mothers = row.get("mothers", [self.mothers[row["fields"][0]]])
        manager = row.get("manager", self.decks["manager"].deal())
        parts = [Part(mother, chance.between(28, 36) / len(mothers)) for mother in mothers]
        if chance.happens(0.4):
            parts.append(Part(self.decks["guidance"].deal(), chance.between(6, 12)))
        if chance.happens(0.45):
            pool = chance.pick(("municipal", "provincial"))
            parts.append(Part(self.decks[pool].deal(), chance.between(6, 12)))
        for pool in chance.shuffle(SOCIAL)[: chance.whole(5, 7)]:
            weight = chance.between(2, 5) if pool in ("person", "endowment") else chance.between(7, 14)
            parts.append(Part(self._deal(pool, parts), weight, chance.pick((0, 0, 0, 4, 8))))
        parts.append(Part(manager, 1.5))
        terms = {
            "fee": "1.8",
            "focus": MARKET_FOCUS,
            "carries": True,
            "terms": MARKET_TERMS,
            "recallable": chance.happens(0.4),
        }
        row = {**terms, **row, "manager": manager}
        return self._make(code, row["name"], "sub_fund", parts, row, is_venture=True)

    def draw_special_fund(self, code: str, row: Mapping[str, Any], parks: Mapping[str, int]) -> FundPlan:
        """A fund for one firm, a child of a park's fund or of a mother."""
        chance = Chance(self.seed, "fund", code)
        parts = [Part(row["mother"], 40), Part(self.decks["municipal"].deal(), 18)]
        parts += [Part(self._deal(pool, parts), chance.between(16, 24)) for pool in ("private", "corporate")]
        row = {"fee": "0.8", "manager": "J45", "deals": 1, "pays_in_two": True, "years": (3, 4), **row}
        return self._make(code, row["name"], "special_fund", parts, row, parks=parks, level="district")

    def draw_direct_fund(self, code: str, row: Mapping[str, Any]) -> FundPlan:
        """The city's own money straight into firms, with a state company and some social money beside it."""
        parts = [
            Part("J01", 50),
            Part(self.decks["municipal"].deal(), 25),
            Part(self.decks["bank"].deal(), 15),
        ]
        parts.append(Part(self.decks["guidance"].deal(), 10))
        row = {"fee": "1", "manager": "J41", "years": (5, 7), **row}
        return self._make(code, row["name"], "direct_fund", parts, row, is_venture=True)

    def draw_soe_fund(self, code: str, row: Mapping[str, Any]) -> FundPlan:
        """State companies' own money, which is no government fund."""
        parts = [Part(self._deal("municipal", ()), weight) for weight in (40, 30)]
        parts += [Part(self.decks["provincial"].deal(), 20), Part(self.decks["bank"].deal(), 10)]
        row = {"fee": "1", "manager": "J41", "terms": {"单一企业上限": ("20", "%")}, **row}
        return self._make(code, row["name"], "soe_fund", parts, row)

    def _deal(self, pool: str, parts: list[Part] | tuple[Part, ...]) -> str:
        return self.decks[pool].deal({part.party for part in parts})

    def _make(
        self,
        code: str,
        name: str,
        kind: str,
        parts: list[Part],
        row: Mapping[str, Any],
        is_venture: bool = False,
        **more: Any,
    ) -> FundPlan:
        """The fund with its investors' amounts; it stops investing when its time is over."""
        fund = FundPlan(
            code=code,
            name=name,
            type=kind,
            fund_class="venture" if is_venture else "industrial",
            custodian=self.custodians.deal(),
            target=row["size"],
            investors=tuple(_share_out(row["size"], parts)),
            **{
                "level": "municipal",
                "parks": {CITY: 100},
                "years": (5, 4),
                **{key: value for key, value in row.items() if key not in NOT_OF_FUND},
                "fields": tuple(row.get("fields", ())),
                **more,
            },
        )
        return fund if fund.invest_end > self.until else _harvest(fund)


NOT_OF_FUND = ("size", "late", "mother", "mothers", "name")


def _harvest(fund: FundPlan) -> FundPlan:
    return replace(fund, status="harvesting")


def _share_out(size: int, parts: list[Part]) -> Iterator[InvestorPlan]:
    """Whole steps in proportion to the weights."""
    steps = split_exactly(size // STEP, [round(part.weight * 100) for part in parts])
    for part, count in zip(parts, steps, strict=True):
        yield InvestorPlan(part.party, max(count, 1) * STEP, part.months_later, part.late_days, part.pays)


def draw_extra_row(tables: Mapping[str, Any], number: int, chance: Chance) -> dict[str, Any]:
    """What an enlarged city's further fund is for, and when it began."""
    industry = chance.pick(sorted(tables["mothers"]))
    words = tables["words"]
    return {
        "industry": industry,
        "name": f"示例{words[number % len(words)]}{chance.pick(tables['firm_words'][industry])}",
        "fields": [industry],
        "established": date(2019, 7, 1) + timedelta(chance.whole(0, 1900)),
        "size": chance.whole(16, 44) * 5_000,
        "deals": chance.whole(8, 13),
    }
