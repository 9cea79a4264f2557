"""Targets that a policy row sets, as they stand beside what was reached."""

from dataclasses import dataclass

from funds.queries.ledger_slice import LedgerSlice

FAMILY_SIZE = "fund_family.target_size"
YI = "亿元"
FEN_PER_YI_E6 = 10_000  # an amount in 亿元 × 1e6 times this is fen


@dataclass(frozen=True)
class Target:
    """An amount to be reached, and the paper that says so."""

    amount: int
    name: str
    document: str


def read_family_target(slice_: LedgerSlice) -> Target | None:
    """The target size of the city's family of funds on the day, if the book has one in 亿元."""
    policy = slice_.facts.policies.get(FAMILY_SIZE)
    if policy is None or policy.value_e6 is None or policy.unit != YI:
        return None
    return Target(policy.value_e6 * FEN_PER_YI_E6, policy.name, policy.document)
