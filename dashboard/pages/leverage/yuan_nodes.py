"""What the nodes of the flow of every yuan are called."""

from collections import Counter

from dashboard.pages.leverage.leverage_state import LeverageState
from dashboard.readings.money.capital import capital_by_investor
from dashboard.readings.money.money_flow import NO_INDUSTRY
from dashboard.readings.money.money_flow_tiers import CITY_PARK, fund_tiers
from funds.kinds import Basis


def name_nodes(state: LeverageState) -> dict[str, str]:
    """Names by node: sources by level of government, tiers by the kind of fund that holds most of their money."""
    facts, say = state.slice.facts, state.say
    city = state.context.visit.book.city_name
    known = {f"industry:{industry.code}": industry.name for industry in facts.industries.values()}
    known |= {f"park:{park.code}": park.name.removeprefix(city) for park in facts.parks.values()}
    known |= {NO_INDUSTRY: say("overview.no_industry"), CITY_PARK: say("overview.city_part")}
    known |= _name_tiers(state)
    nodes = {row[side] for row in state.rows("yuan") if "amount" in row for side in ("giver", "taker")}
    return {node: known.get(node) or _name_other(state, node) for node in nodes}


def _name_tiers(state: LeverageState) -> dict[str, str]:
    tiers, facts = fund_tiers(state.slice), state.slice.facts
    promised: Counter[int] = Counter()
    for line in capital_by_investor(state.slice, Basis.COMMITTED).lines:
        promised[line.fund] += line.amount
    kinds: dict[int, Counter[str]] = {}
    for fund in state.slice.members:
        kinds.setdefault(tiers[fund], Counter())[facts.funds[fund].vehicle_type] += promised[fund]
    counts = Counter(tiers[fund] for fund in state.slice.members)
    return {
        f"tier:{tier}": state.say(
            "leverage_flow.tier" if counts[tier] > 1 else "leverage_flow.tier_one",
            tier=tier,
            kind=state.say(f"fund.type_{min(amounts, key=lambda kind: (-amounts[kind], kind))}"),
            count=counts[tier],
        )
        for tier, amounts in kinds.items()
    }


def _name_other(state: LeverageState, node: str) -> str:
    """A source by nature and level, or one of the nodes that stand for what is left."""
    if not node.startswith("nature:"):
        return state.say(f"leverage_flow.node_{node}")
    _, nature, *level = node.split(":")
    kind = state.say(f"company.nature_{nature}")
    if not level:
        return kind
    return state.say("leverage_flow.of_level", level=state.say(f"fund.level_{level[0]}"), nature=kind)
