"""Firms as they are before anybody invests: industry, place, fate, and the days of their rounds."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dashboard.sample.chance import Chance
from dashboard.sample.markets import FATES
from dashboard.sample.parks import load_chains
from dashboard.sample.plan import CityPlan, FirmPlan

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
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
    told = {firm.code: firm for firm in plan.firms}
    firms = []
    for number in range(1, max(count, len(told)) + 1):
        code = f"Q{number:03d}"
        chance = Chance(seed, "firm", code)
        story = told.get(code) or _draw_story(plan, chance, code, seed, number <= invested + 1)
        days = _round_days(plan, story, Chance(seed, "firm rounds", code))
        firms.append(_make_firm(plan, story, chance, number, days))
    return firms


def name_firm(number: int, words: Sequence[str] = ()) -> str:
    """Sixty names in the old count of years with a word of the trade, then the same with another or a number."""
    cycle, place = divmod(number - 1, 60)
    stem = f"{STEMS[place % 10]}{BRANCHES[place % 12]}"
    if words:
        again = cycle // len(words)
        return f"示例{stem}{words[cycle % len(words)]}{again + 1 if again else ''}"
    return f"示例企业{stem}{cycle + 1 if cycle else ''}"


def _draw_story(plan: CityPlan, chance: Chance, code: str, seed: int, raises: bool) -> FirmPlan:
    park = chance.pick(plan.parks)
    leading = sorted({row.industry for row in park.leading})
    industry = chance.pick(leading) if chance.happens(0.72) else chance.pick(sorted(load_chains()))
    market = plan.market
    fate = chance.weigh(FATES, market.weights)
    second = chance.pick(sorted(load_chains())) if chance.happens(0.15) else None
    rounds = chance.whole(*market.rounds[fate])
    is_leader = Chance(seed, "leader", code).happens(plan.leader_odds)
    first, last = market.first_rounds
    return FirmPlan(
        code=code,
        industry=industry,
        outcome="fair" if is_leader and fate in ("poor", "loss") else fate,
        rounds=rounds if raises else 0,
        park=park.code if chance.happens(0.8) else None,
        first_round=first + timedelta(chance.whole(0, (last - first).days)),
        second=second if second != industry else None,
        second_weight=chance.pick((20, 30, 40)),
        leader=is_leader,
    )


def _round_days(plan: CityPlan, story: FirmPlan, chance: Chance) -> tuple[list[date], date]:
    """The days of the rounds, and the day on which the firm's fate is settled."""
    if not story.rounds:
        return [], date.max
    days = [story.first_round or plan.market.first_rounds[0]]
    while len(days) < story.rounds:
        days.append(chance.later(days[-1], *plan.market.gap))
    return days, chance.later(days[-1], *plan.market.turns[story.outcome])


def _make_firm(
    plan: CityPlan, story: FirmPlan, chance: Chance, number: int, days: tuple[list[date], date]
) -> Firm:
    rounds, turn = days
    chains = load_chains()
    chain, second = chains[story.industry], chains[story.second] if story.second else None
    born = (story.first_round or plan.market.first_rounds[0]) - timedelta(chance.whole(400, 2200))
    is_told = story in plan.firms
    return Firm(
        code=story.code,
        name=name_firm(number, () if is_told else plan.firm_words.get(story.industry, ())),
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
