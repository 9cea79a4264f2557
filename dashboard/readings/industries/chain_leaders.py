"""Chain leaders: firms that are recognised as such in the register, or whose output reaches what policy asks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dashboard.readings.industries.output_share import FEN_PER_UNIT, fen_of
from dashboard.readings.kept_answers import keep_for_city
from funds.queries.facts import CompanyFacts, Facts
from funds.queries.filed_figures import CompanyFigureFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import ACROSS_FUNDS, ScopeName

# What the size tags of a recognised firm hold, the firms' figure that the plan speaks of, and the policy row.
RECOGNISED = "链主"
OUTPUT = "年产值"
THRESHOLD = "S05"


@dataclass(frozen=True)
class Ground:
    """Where chains are looked at: the industries that count, and the park in which firms count (None = anywhere)."""

    industries: frozenset[int]
    park: int | None


@dataclass(frozen=True)
class Threshold:
    """The output that one version of the policy asks of a chain leader, in fen, and its row."""

    row: int
    document: str
    least: int


@dataclass(frozen=True)
class Leader:
    """A firm that counts as a chain leader: by the register, by its output, or by both."""

    firm: CompanyFacts
    is_recognised: bool
    output: CompanyFigureFacts | None
    amount: int | None

    def counts_by(self, threshold: Threshold | None) -> bool:
        """Whether it is a leader where this threshold holds."""
        reaches = threshold is not None and self.amount is not None and self.amount >= threshold.least
        return self.is_recognised or reaches


def grounds_of(slice_: LedgerSlice) -> list[Ground]:
    """A park's leading industries and its own firms; for funds those of the parks that own them.

    The city, and what a fund belongs to the city with, has its key and frontier industries and every firm;
    an industry has itself. A single firm stands on no ground of its own.
    """
    facts, scope = slice_.facts, slice_.scope
    if scope.name is ScopeName.INDUSTRY:
        return [
            Ground(frozenset(one.id for one in facts.industries.values() if one.code in scope.codes), None)
        ]
    if scope.name is ScopeName.COMPANY:
        return []
    owners: set[int | None] = {park.id for park in facts.parks.values() if park.code in scope.codes}
    if scope.name is ScopeName.CITY:
        owners = {None}
    elif scope.name is not ScopeName.PARK:
        owners = {owner for fund in slice_.members for owner in slice_.owners(fund)}
    ordered = sorted(owners, key=lambda owner: (owner is None, owner or 0))
    return [Ground(facts.leading_on(owner, facts.as_of), owner) for owner in ordered]


def leaders_on(slice_: LedgerSlice, grounds: Iterable[Ground]) -> Sequence[Leader]:
    """The firms on some grounds that the register calls leaders, and every other one with an output on file.

    Across funds a firm's output is told to nobody who may not read what the firm filed: there it counts
    only where the register recognises it.
    """
    known = _reader_of_figures(slice_)
    if known is None:
        return _all_leaders_on(slice_, tuple(grounds))
    return _find_leaders(slice_.facts, grounds, known)


@keep_for_city
def _all_leaders_on(slice_: LedgerSlice, grounds: tuple[Ground, ...]) -> Sequence[Leader]:
    """The same for who may read what every firm filed: one answer for all the funds that stand on these grounds."""
    return _find_leaders(slice_.facts, grounds, lambda _firm: True)


def _find_leaders(
    facts: Facts, grounds: Iterable[Ground], known: Callable[[CompanyFacts], bool]
) -> Sequence[Leader]:
    found: dict[int, Leader] = {}
    for ground in grounds:
        for firm in firms_on(facts, ground):
            if firm.id not in found:
                found[firm.id] = _judge(facts, firm, known(firm))
    leaders = (one for one in found.values() if one.is_recognised or one.amount is not None)
    return tuple(sorted(leaders, key=lambda one: one.firm.code))


def firms_on(facts: Facts, ground: Ground) -> Iterable[CompanyFacts]:
    """Firms of the register with any tag in the ground's industries, in its park where it has one."""
    for firm in facts.companies.values():
        if ground.park is not None and firm.park_id != ground.park:
            continue
        tags = facts.tags.get(firm.id, ())
        if any(facts.with_ancestors(tag.industry_id) & ground.industries for tag in tags):
            yield firm


def thresholds_of(facts: Facts) -> Sequence[Threshold | None]:
    """What is asked by the version in force and by the one before it; None where there is none."""
    rows = [row for row in facts.policy_rows if row.code == THRESHOLD and row.value_e6 is not None]
    standing = [row for row in rows if row.holds_on(facts.as_of)]
    if not standing:
        return None, None
    earlier = [row for row in rows if row.from_date < standing[-1].from_date]
    chosen = (standing[-1], earlier[-1] if earlier else None)
    return tuple(
        None
        if row is None or row.value_e6 is None or row.unit is None or row.unit not in FEN_PER_UNIT
        else Threshold(row.id, row.document, int(row.value_e6 * FEN_PER_UNIT[row.unit]))
        for row in chosen
    )


def _judge(facts: Facts, firm: CompanyFacts, is_known: bool) -> Leader:
    is_recognised = any(RECOGNISED in tag for tag in firm.size_tags)
    figures = [
        row
        for row in facts.company_figures.get(firm.id, ())
        if row.indicator == OUTPUT and row.period.isdigit()
    ]
    if not is_known or not figures:
        return Leader(firm, is_recognised, None, None)
    return Leader(firm, is_recognised, figures[-1], fen_of(figures[-1]))


def _reader_of_figures(slice_: LedgerSlice) -> Callable[[CompanyFacts], bool] | None:
    """Whether what a firm filed is the person's to read: a fund of theirs holds it, or it lies in their park.

    None where what every firm filed may be read.
    """
    if slice_.scope.name not in ACROSS_FUNDS or slice_.readable.is_city:
        return None
    holdings = slice_.ledger.holdings
    held = set(holdings.company[slice_.holds(holdings.fund)].tolist())
    parks = slice_.readable.park_ids
    return lambda firm: firm.id in held or firm.park_id in parks
