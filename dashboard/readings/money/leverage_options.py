"""What a leverage is asked for: the basis, where state-owned money counts, whose fiscal yuan, how deep."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboard.readings.money.capital import CapitalClass, SoeTreatment
from funds.kinds import Basis, GovernmentLevel


@dataclass(frozen=True)
class LeverageOptions:
    """Which basis (None = both), where state-owned money counts, and whose fiscal yuan (None = every level).

    With `look_through` LV03–LV05 count the money of funds among the investors as these funds' own money is.
    """

    basis: Basis | None = None
    soe: SoeTreatment = SoeTreatment.APART
    fiscal_level: GovernmentLevel | None = None
    look_through: bool = False

    @property
    def bases(self) -> list[Basis]:
        """The bases that are asked for."""
        return [self.basis] if self.basis else list(Basis)

    @property
    def wants_paid(self) -> bool:
        """Whether figures of money that arrived are asked for."""
        return self.basis is not Basis.COMMITTED

    def seen_through(self, is_asked: bool) -> "LeverageOptions":
        """The same question, with funds looked through if that is asked."""
        return replace(self, look_through=is_asked)

    def is_government(self, kind: CapitalClass) -> bool:
        """Whether money of a nature counts as fiscal, of whichever level."""
        is_soe = kind is CapitalClass.STATE_OWNED
        return kind is CapitalClass.FISCAL or (is_soe and self.soe is SoeTreatment.FISCAL)

    def is_fiscal(self, kind: CapitalClass, level: GovernmentLevel | None) -> bool:
        """Whether money counts as the fiscal money that is asked for."""
        return self.is_government(kind) and self.fiscal_level in (None, level)

    def is_social(self, kind: CapitalClass) -> bool:
        """Whether money of a nature counts as social."""
        is_soe = kind is CapitalClass.STATE_OWNED
        return kind is CapitalClass.SOCIAL or (is_soe and self.soe is SoeTreatment.SOCIAL)


@dataclass(frozen=True)
class Sides:
    """Money of a scope by what it counts as, in fen; `size` is all of it."""

    fiscal: int
    social: int
    size: int
    state_owned: int
    undetermined: int
    of_funds: int

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The amounts by name, for a formula filled in: S, F and Z, and what stands apart."""
        always = (("social", self.social), ("fiscal", self.fiscal), ("size", self.size))
        apart = (
            ("state_owned", self.state_owned),
            ("undetermined", self.undetermined),
            ("of_funds", self.of_funds),
        )
        return (*always, *((name, amount) for name, amount in apart if amount))


Piece = tuple[CapitalClass, GovernmentLevel | None, int]


def take_sides(pieces: Iterable[Piece], options: LeverageOptions) -> Sides:
    """Money by nature and level as the options count it; state-owned money is named in either case."""
    sums = dict.fromkeys(CapitalClass, 0)
    fiscal = social = 0
    for kind, level, amount in pieces:
        sums[kind] += amount
        if options.is_fiscal(kind, level):
            fiscal += amount
        elif options.is_social(kind):
            social += amount
    return Sides(
        fiscal,
        social,
        sum(sums.values()),
        sums[CapitalClass.STATE_OWNED],
        sums[CapitalClass.UNDETERMINED],
        sums[CapitalClass.FUND],
    )
