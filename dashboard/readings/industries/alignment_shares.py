"""AL01–AL06 of some holdings and payments, by today's leading industries and by those of the decision."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.readings.answers import Figure, absent, ratio
from dashboard.readings.industries.alignment_bases import (
    COST,
    COUNT,
    FAIR_VALUE,
    FLOW_YTD,
    MEASURES,
    Period,
    name_basis,
)
from dashboard.readings.industries.alignment_through import Parts
from dashboard.readings.industries.piece_cutter import AlignedPiece, Counted
from funds.queries.attribution import WHOLE
from funds.queries.facts import PolicyFacts

__all__ = ["COUNTED_FROM", "MEASURES", "Commitments", "name_pieces", "share_figures", "sum_weighted"]

# The policy row that says from which weight on a holding counts; a weight of 1 is 1e6 there as here.
COUNTED_FROM = "AL04.weight"
# Why a measure has no number, by what it stands on.
REASONS = {
    COST: "alignment.no_holdings",
    FAIR_VALUE: "alignment.no_value",
    FLOW_YTD: "alignment.no_payments_this_year",
}


@dataclass(frozen=True)
class Commitments:
    """What is committed to the funds of the scope from outside it, with its rows; or why that says nothing here."""

    amount: int = 0
    rows: Sequence[str] = ()
    reason: str = "multiple.no_commitment"


@dataclass(frozen=True)
class Sums:
    """Amounts added up: all of them, what serves a leading industry, and of that what also lies in the park."""

    whole: int
    leading: int
    decided: int
    leading_inside: int
    decided_inside: int
    rows: tuple[str, ...]

    def tops(self) -> tuple[tuple[bool, int], tuple[bool, int]]:
        """What serves, at as-of and at the decision."""
        return (False, self.leading), (True, self.decided)

    def tops_inside(self) -> tuple[tuple[bool, int], tuple[bool, int]]:
        """What serves and lies in the park, at as-of and at the decision."""
        return (False, self.leading_inside), (True, self.decided_inside)


def share_figures(
    parts: Parts,
    periods: Mapping[str, Period],
    policies: Mapping[str, PolicyFacts],
    commitments: Commitments,
    *,
    is_through: bool = False,
) -> Iterator[Figure]:
    """The six measures on every basis, each at both days; what cannot be looked through has the reason."""
    made = measure_parts(parts, periods, policies, is_through=is_through)
    yield from made.by_parts()
    yield from made.of_commitment(commitments)


def measure_parts(
    parts: Parts,
    periods: Mapping[str, Period],
    policies: Mapping[str, PolicyFacts],
    *,
    is_through: bool = False,
) -> "Measures":
    """What the measures are told from."""
    return Measures(parts, policies, _sum_all(parts, periods), is_through)


def sum_weighted(parts: Iterable[tuple[int, int]]) -> int:
    """Σ amount × weight, rounded half up to the fen once for the whole sum."""
    return (2 * sum(amount * weight for amount, weight in parts) + WHOLE) // (2 * WHOLE)


def name_pieces(pieces: Iterable[AlignedPiece]) -> tuple[str, ...]:
    """The rows of the book behind some holdings."""
    return tuple(sorted({name for piece in pieces for name in piece.firm.row_names()}))


def _sum_all(parts: Parts, periods: Mapping[str, Period]) -> dict[str, Sums]:
    """The sums by basis: cost, fair value, and the payments of each period."""
    rows = (*name_pieces(parts.held), *parts.rows)
    sums = {
        COST: _sum(((piece.by_cost, piece.is_inside) for piece in parts.held), rows),
        FAIR_VALUE: _sum(((piece.by_value, piece.is_inside) for piece in parts.held), rows),
    }
    for basis, period in periods.items():
        paid = [piece for piece in parts.paid if period.holds(piece.day)]
        named = (*sorted({f"entry:{piece.entry}" for piece in paid}), *parts.rows)
        sums[basis] = _sum(((piece.paid, piece.is_inside) for piece in paid), named)
    return sums


def _sum(counted: Iterable[tuple[Counted, bool]], rows: tuple[str, ...]) -> Sums:
    told = list(counted)
    inside = [one for one, is_inside in told if is_inside]
    return Sums(
        sum(one.amount for one, _ in told),
        sum(one.leading for one, _ in told),
        sum(one.decided for one, _ in told),
        sum(one.leading for one in inside),
        sum(one.decided for one in inside),
        rows,
    )


@dataclass(frozen=True)
class Measures:
    """The sums of a scope, from which each measure is told at both days."""

    parts: Parts
    policies: Mapping[str, PolicyFacts]
    sums: Mapping[str, Sums]
    is_through: bool

    def by_parts(self) -> Iterator[Figure]:
        """AL01–AL05, which rest on the parts alone."""
        yield from self.by_amount()
        yield from self.by_count()
        yield from self.inside()

    def by_amount(self) -> Iterator[Figure]:
        """AL01 by cost, AL02 by fair value, AL03 by the payments of each period."""
        for basis, found in self.sums.items():
            for is_decided, top in found.tops():
                name, reason = self._name(basis, is_decided=is_decided), self._reason(basis)
                if basis == COST:
                    yield ratio("AL01", name, top, found.whole, reason, found.rows)
                elif basis == FAIR_VALUE:
                    yield ratio("AL02", name, top, found.whole, reason, found.rows)
                else:
                    yield ratio("AL03", name, top, found.whole, reason, found.rows)

    def by_count(self) -> Iterator[Figure]:
        """AL04: holdings whose weight, over the parks that share them, reaches what policy asks; and all of them."""
        for name, counts, reason, rows in self._counts(is_inside=False):
            yield ratio("AL04", name, *counts, reason, rows) if counts else absent("AL04", name, reason, rows)

    def inside(self) -> Iterator[Figure]:
        """AL05: the same as far as the firm lies in the park."""
        for basis, found in self.sums.items():
            for is_decided, top in found.tops_inside():
                name, reason = self._name(basis, is_decided=is_decided), self._reason(basis)
                yield ratio("AL05", name, top, found.whole, reason, found.rows)
        for name, counts, reason, rows in self._counts(is_inside=True):
            yield ratio("AL05", name, *counts, reason, rows) if counts else absent("AL05", name, reason, rows)

    def of_commitment(self, commitments: Commitments) -> Iterator[Figure]:
        """AL06: what serves a leading industry ÷ what is committed to the scope's funds."""
        for basis, found in self.sums.items():
            for is_decided, top in found.tops():
                name, rows = self._name(basis, is_decided=is_decided), (*found.rows, *commitments.rows)
                if self.parts.reason:
                    yield absent("AL06", name, self.parts.reason, rows)
                else:
                    yield ratio("AL06", name, top, commitments.amount, commitments.reason, rows)

    def _name(self, basis: str, *, is_decided: bool) -> str:
        return name_basis(basis, is_decided=is_decided, is_through=self.is_through)

    def _reason(self, basis: str) -> str:
        return self.parts.reason or REASONS.get(basis, "alignment.no_payments_in_period")

    def _counts(
        self, *, is_inside: bool
    ) -> Iterator[tuple[str, tuple[int, int] | None, str, tuple[str, ...]]]:
        """By basis: how many holdings count and how many there are, or the reason why that cannot be said."""
        asked = self.policies.get(COUNTED_FROM)
        rows = (*name_pieces(self.parts.held), *self.parts.rows)
        for is_decided in (False, True):
            name = self._name(COUNT, is_decided=is_decided)
            if asked is None or asked.value_e6 is None:
                yield name, None, "alignment.no_threshold", rows
                continue
            told = [_share_of(piece, is_decided=is_decided, is_inside=is_inside) for piece in self.parts.held]
            counts = _count(told, asked.value_e6)
            yield name, counts, self._reason(COST), (*rows, f"policy:{asked.id}")


def _share_of(piece: AlignedPiece, *, is_decided: bool, is_inside: bool) -> tuple[int, int, int]:
    """A holding, the share of it that this piece is, and the weight with which that counts."""
    weight = piece.decided_ppm if is_decided else piece.weight_ppm
    return piece.firm.holding, piece.share_ppm, weight if piece.is_inside or not is_inside else 0


def _count(parts: Iterable[tuple[int, int, int]], asked: int) -> tuple[int, int]:
    """How many holdings count, and how many there are; each part is a holding, its share and its weight."""
    shares: dict[int, list[tuple[int, int]]] = {}
    for holding, share, weight in parts:
        shares.setdefault(holding, []).append((share, weight))
    counting = sum(
        sum(share * weight for share, weight in one) >= asked * sum(share for share, _ in one)
        for one in shares.values()
    )
    return counting, len(shares)
