"""Firms as they are before anybody invests: industry, place, fate, and the days of their rounds."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from dashboard.sample.chance import Chance
from dashboard.sample.parks import Chain, load_chains
from dashboard.sample.plan import CityPlan, FirmPlan

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
FATES = ("star", "good", "fair", "poor", "merged", "loss")
ODDS = (3, 22, 34, 20, 6, 15)
# How often a firm of each fate finds new money.
ROUNDS = {"star": (2, 4), "good": (2, 3), "fair": (1, 3), "poor": (1, 2), "merged": (1, 2), "loss": (1, 2)}
# Days from the last round to the day on which the fate is settled.
TURNS = {
    "star": (430, 560),
    "good": (820, 1100),
    "fair": (1000, 1350),
    "poor": (900, 1150),
    "merged": (850, 1050),
    "loss": (860, 1040),
}
FIRST_ROUNDS = (date(2019, 12, 1), date(2025, 6, 30))
GAP = (330, 560)
OWNERSHIPS, OWNERSHIP_ODDS = ("民营", "混合", "国有", "外资"), (72, 14, 8, 6)


@dataclass(frozen=True)
class Firm:
    """A firm; `rounds` are the days on which it raises money, `turn` the day on which its fate is settled."""

    code: str
    name: str
    industry: str
    national: str
    segment: str
    park: str | None
    fate: str
    established: date
    ownership: str
    rounds: tuple[date, ...] = ()
    turn: date = date.max
    second: str | None = None
    second_segment: str | None = None
    second_weight: int = 0
    is_leader: bool = False
    told: FirmPlan | None = field(default=None, repr=False)

    @property
    def industries(self) -> set[str]:
        """Every chain that the firm is in."""
        return {self.industry} if self.second is None else {self.industry, self.second}


def draw_firms(plan: CityPlan, seed: int, count: int, invested: int) -> list[Firm]:
    """All firms: the told ones first, then drawn ones, of which those past `invested` never raise money."""
    chains = load_chains()
    told = {firm.code: firm for firm in plan.firms}
    firms = []
    for number in range(1, max(count, len(told)) + 1):
        code = f"Q{number:03d}"
        chance = Chance(seed, "firm", code)
        story = told.get(code) or _draw_story(plan, chance, code, number <= invested + 1)
        days = _round_days(story, Chance(seed, "firm rounds", code))
        firms.append(_make_firm(story, chance, chains[story.industry], number, days, code in told))
    return firms


def name_firm(number: int) -> str:
    """Sixty names in the old count of years, then the same with a number."""
    cycle, place = divmod(number - 1, 60)
    again = str(cycle + 1) if cycle else ""
    return f"示例企业{STEMS[place % 10]}{BRANCHES[place % 12]}{again}"


def _draw_story(plan: CityPlan, chance: Chance, code: str, raises: bool) -> FirmPlan:
    park = chance.pick(plan.parks)
    leading = sorted({row.industry for row in park.leading})
    industry = chance.pick(leading) if chance.happens(0.72) else chance.pick(sorted(load_chains()))
    fate = chance.weigh(FATES, ODDS)
    second = chance.pick(sorted(load_chains())) if chance.happens(0.15) else None
    rounds = chance.whole(*ROUNDS[fate])
    span = (FIRST_ROUNDS[1] - FIRST_ROUNDS[0]).days
    return FirmPlan(
        code=code,
        industry=industry,
        outcome=fate,
        rounds=rounds if raises else 0,
        park=park.code if chance.happens(0.8) else None,
        first_round=FIRST_ROUNDS[0] + timedelta(chance.whole(0, span)),
        second=second if second != industry else None,
        second_weight=chance.pick((20, 30, 40)),
    )


def _round_days(story: FirmPlan, chance: Chance) -> tuple[list[date], date]:
    """The days of the rounds, and the day on which the firm's fate is settled."""
    if not story.rounds:
        return [], date.max
    days = [story.first_round or FIRST_ROUNDS[0]]
    while len(days) < story.rounds:
        days.append(chance.later(days[-1], *GAP))
    return days, chance.later(days[-1], *TURNS[story.outcome])


def _make_firm(
    story: FirmPlan,
    chance: Chance,
    chain: Chain,
    number: int,
    days: tuple[list[date], date],
    is_told: bool,
) -> Firm:
    rounds, turn = days
    second = load_chains()[story.second] if story.second else None
    born = (story.first_round or FIRST_ROUNDS[0]) - timedelta(chance.whole(400, 2200))
    return Firm(
        code=story.code,
        name=name_firm(number),
        industry=story.industry,
        national=chance.pick(chain.national),
        segment=chance.pick(chain.segments)["code"],
        park=story.park,
        fate=story.outcome,
        established=born,
        ownership="民营" if is_told else chance.weigh(OWNERSHIPS, OWNERSHIP_ODDS),
        rounds=tuple(rounds),
        turn=turn,
        second=story.second,
        second_segment=chance.pick(second.segments)["code"] if second else None,
        second_weight=story.second_weight if story.second else 0,
        is_leader=story.leader,
        told=story if is_told else None,
    )
