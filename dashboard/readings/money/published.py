"""What only the press says, apart from what is worked out; and how far the cluster is towards its targets."""

from collections.abc import Iterator, Mapping

from dashboard.readings.answers import print_ratio
from dashboard.readings.money.capital import Capital
from dashboard.readings.money.targets import FAMILY_SIZE, FEN_PER_YI_E6, YI
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import CITY, ScopeName

TARGETS = (FAMILY_SIZE, "fund_cluster.target_size")


def reported_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """Published figures with their source, of the whole city or of those whom the scope names; none is checked."""
    named = None if slice_.scope == CITY else _names(slice_)
    for one in slice_.facts.capital.reported:
        if named is None or one.subject in named:
            yield {
                "table": "reported",
                "subject": one.subject,
                "statement": one.statement,
                "value_e6": one.value_e6,
                "day": one.stated_on.isoformat(),
                "paper": one.source,
            }


def progress_rows(slice_: LedgerSlice, capital: Capital) -> Iterator[Mapping[str, object]]:
    """The de-duplicated size of the city's funds beside each target that policy sets on the day."""
    if slice_.scope != CITY:
        return
    size = capital.total() - sum(line.internal for line in capital.lines)
    for code in TARGETS:
        policy = slice_.facts.policies.get(code)
        if policy is None or policy.value_e6 is None or policy.unit != YI:
            continue
        target = policy.value_e6 * FEN_PER_YI_E6
        yield {
            "table": "progress",
            "basis": str(capital.basis),
            "policy": code,
            "goal": policy.name,
            "target": target,
            "LV00c": size,
            "share": print_ratio(size, target) if target > 0 else None,
            "missing": max(0, target - size),
            "document": policy.document,
        }


def _names(slice_: LedgerSlice) -> set[str]:
    facts, codes = slice_.facts, slice_.scope.codes
    funds = {fund.name for fund in slice_.member_funds}
    if slice_.scope.name is ScopeName.PARK:
        return funds | {park.name for park in facts.parks.values() if park.code in codes}
    if slice_.scope.name is ScopeName.MANAGER:
        return funds | {party.name for party in facts.parties.values() if party.code in codes}
    return funds
