"""What a figure is asked for: the city, a park, some funds, a manager's funds, an industry or a firm."""

from dataclasses import dataclass
from enum import StrEnum


class ScopeName(StrEnum):
    CITY = "city"
    PARK = "park"
    FUND = "fund"
    MANAGER = "manager"
    INDUSTRY = "industry"
    COMPANY = "company"


# Scopes that take in every fund the person may see: their readings keep to the firms that belong to them.
ACROSS_FUNDS = frozenset({ScopeName.INDUSTRY, ScopeName.COMPANY})


@dataclass(frozen=True)
class Scope:
    """A scope by the codes of what it holds; the city needs none, a selection of funds has several."""

    name: ScopeName
    codes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """`city`, `park:HB`, `fund:A,B`."""
        return f"{self.name}:{','.join(self.codes)}" if self.codes else str(self.name)


CITY = Scope(ScopeName.CITY)


def park_scope(code: str) -> Scope:
    """One park: the 设立 shares of its funds."""
    return Scope(ScopeName.PARK, (code,))


def fund_scope(*codes: str) -> Scope:
    """One fund, or a selection of them."""
    return Scope(ScopeName.FUND, tuple(sorted(set(codes))))


def manager_scope(code: str) -> Scope:
    """The funds that a manager runs."""
    return Scope(ScopeName.MANAGER, (code,))


def industry_scope(code: str) -> Scope:
    """The firms of an industry and of what lies below it, in whatever fund that may be seen."""
    return Scope(ScopeName.INDUSTRY, (code,))


def company_scope(code: str) -> Scope:
    """One firm, in whatever fund that may be seen."""
    return Scope(ScopeName.COMPANY, (code,))
