"""What managers claim in the city's last quarter, each in a habit of its own, so that every deduction has its case."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from dashboard.sample.filings import FISCAL, SOCIAL, STATE_OWNED
from dashboard.sample.flows import Histories
from dashboard.sample.history import History
from dashboard.sample.plan import CityPlan
from dashboard.sample.quarters import quarter_of
from funds.drafts import ClaimDraft
from funds.kinds import Basis, CommitmentChange

MICRO = 1_000_000
TAKEN_BACK = frozenset({CommitmentChange.DECREASE, CommitmentChange.CANCEL})
# The others claim social money paid in, and nothing else.
UNPAID_TOO = frozenset({"F07", "F08", "F18"})
STATE_OWNED_TOO = frozenset({"F03", "F04", "F21"})
OF_FUNDS_TOO = frozenset({"F10", "F28"})
UNCONFIRMED_TOO = frozenset({"F05"})
CANCELLED_TOO = frozenset({"F12"})
ROUNDED_UP = frozenset({"F01", "F20"})
STEP = 10_000_000 * 100  # to the next ten million yuan


def draft_quarter_claims(plan: CityPlan, histories: Histories, until: date) -> list[ClaimDraft]:
    """One claim for each fund with fiscal and social money in it."""
    natures = {row.code: row.nature for row in plan.parties} | {row.code: SOCIAL for row in plan.firms}
    funds = set(histories)
    found = (_claim(history, natures, funds, until) for history in histories.values())
    return [draft for draft in found if draft is not None]


def _claim(
    history: History, natures: Mapping[str, str | None], funds: set[str], until: date
) -> ClaimDraft | None:
    code = history.fund.code
    paid: Counter[str] = Counter()
    for row in history.receipts:
        if row.day <= until and row.is_inside:
            paid[row.investor] += row.amount
    by_nature = {
        nature: sum(amount for party, amount in paid.items() if natures.get(party) == nature)
        for nature in (FISCAL, STATE_OWNED, SOCIAL)
    }
    claimed = by_nature[SOCIAL]
    claimed += by_nature[STATE_OWNED] if code in STATE_OWNED_TOO else 0
    claimed += sum(paid[party] for party in funds) if code in OF_FUNDS_TOO else 0
    claimed += _unconfirmed(natures, paid) if code in UNCONFIRMED_TOO else 0
    claimed += _unpaid(history, natures, paid, until) if code in UNPAID_TOO else 0
    claimed += _cancelled(history, natures, until) if code in CANCELLED_TOO else 0
    claimed += -claimed % STEP if code in ROUNDED_UP else 0
    if not by_nature[FISCAL] or not claimed:
        return None
    return ClaimDraft(
        fund=code,
        quarter=quarter_of(until),
        definition="LV04",
        basis=Basis.COMMITTED if code in UNPAID_TOO else Basis.PAID_IN,
        value_e6=claimed * 100 // by_nature[FISCAL] * MICRO // 100,
        social_fen=claimed,
    )


def _unconfirmed(natures: Mapping[str, str | None], paid: Mapping[str, int]) -> int:
    """What came from those whose money nobody has confirmed."""
    return sum(amount for party, amount in paid.items() if party in natures and natures[party] is None)


def _unpaid(history: History, natures: Mapping[str, str | None], paid: Mapping[str, int], until: date) -> int:
    """What social investors promised and have not paid."""
    promised: Counter[str] = Counter()
    for change in history.changes:
        if change.day <= until:
            sign = -1 if change.kind in (*TAKEN_BACK, CommitmentChange.TRANSFER) else 1
            promised[change.investor] += sign * change.amount
            if change.to is not None:
                promised[change.to] += change.amount
    social = [party for party in promised if natures.get(party) == SOCIAL]
    return sum(max(0, promised[party] - paid.get(party, 0)) for party in social)


def _cancelled(history: History, natures: Mapping[str, str | None], until: date) -> int:
    """What social investors promised once and took back."""
    return sum(
        change.amount
        for change in history.changes
        if change.day <= until and change.kind in TAKEN_BACK and natures.get(change.investor) == SOCIAL
    )
