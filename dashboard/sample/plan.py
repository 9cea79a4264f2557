"""What the made-up city is laid out to be before chance fills it in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from importlib.resources import files
from typing import Any, TypeVar

from dashboard.sample.markets import EAGER, Market

P = TypeVar("P")
CITY = "city"
# Outside investors of the told city by how often they join a round.
OUTSIDERS = {
    "J61": 9,
    "J62": 8,
    "J63": 4,
    "J64": 3,
    "J23": 3,
    "J21": 2,
    "J27": 3,
    "J26": 2,
    "J15": 2,
    "Q005": 1,
}


@dataclass(frozen=True)
class LeadingPlan:
    """An industry that leads in a park from a day until a last day."""

    industry: str
    rank: int
    from_date: date
    to_date: date | None = None


@dataclass(frozen=True)
class ParkPlan:
    code: str
    name: str
    level: str
    district: str
    leading: tuple[LeadingPlan, ...]


@dataclass(frozen=True)
class PartyPlan:
    """An institution; without a nature nobody has confirmed whose money it brings."""

    code: str
    name: str
    kind: str
    nature: str | None = None
    level: str | None = None
    sub_type: str | None = None
    is_fiscal_injection: bool = False
    former_names: str | None = None
    registration: str | None = None
    owners: Mapping[str, int] | None = None
    found_state_owned_on: date | None = None


@dataclass(frozen=True)
class InvestorPlan:
    """An investor and how it behaves: joins months later, pays days late, pays only a part (percent)."""

    party: str
    amount: int
    months_later: int = 0
    late_days: int = 0
    pays: int = 100

    @property
    def is_prompt(self) -> bool:
        """Whether its money can be counted on."""
        return self.late_days == 0 and self.pays == 100


@dataclass(frozen=True)
class ChangePlan:
    """A later change of a commitment."""

    kind: str
    party: str
    amount: int
    on: date
    to: str | None = None
    basis: str | None = None


@dataclass(frozen=True)
class FundPlan:
    """A fund: what it is, who invests how much (万元), how it pays and whom it serves.

    `focus` is how much rather it takes a deal within its fields; `first_call` and `spends` are the least it
    asks for and what it invests of what it could (percent); `instalments` are the pieces in which investors
    pay, `invoices` those of a year's expenses.
    """

    code: str
    name: str
    type: str
    fund_class: str
    level: str
    manager: str
    custodian: str
    target: int
    established: date
    years: tuple[int, int]
    fee: str
    fields: tuple[str, ...]
    parks: Mapping[str, int]
    investors: tuple[InvestorPlan, ...]
    changes: tuple[ChangePlan, ...] = ()
    terms: Mapping[str, tuple[str, ...]] | None = None
    legal_form: str = "有限合伙"
    status: str = "investing"
    deals: int = 0
    located: str | None = None
    funded: str | None = None
    fee_outside: bool = False
    carries: bool = False
    recallable: bool = False
    pays_interest: bool = False
    taxed: bool = False
    keyless: bool = False
    capital_accounts: bool = False
    skips_last_quarter: bool = False
    pays_in_two: bool = False
    untied_on: date | None = None
    untied_by: int = 0
    focus: float = 9.0
    first_call: int = 20
    spends: int = 100
    instalments: int = 1
    invoices: int = 1

    @property
    def invest_end(self) -> date:
        """The last day of the investment period."""
        return self.established.replace(year=self.established.year + self.years[0])

    @property
    def exit_end(self) -> date:
        """The last day of the exit period."""
        return self.invest_end.replace(year=self.invest_end.year + self.years[1])

    @property
    def mothers(self) -> tuple[str, ...]:
        """The investors that are funds of the book."""
        return tuple(row.party for row in self.investors if row.party.startswith("F"))


@dataclass(frozen=True)
class FirmPlan:
    """A firm whose story is told rather than drawn."""

    code: str
    industry: str
    outcome: str
    rounds: int
    park: str | None = None
    first_round: date | None = None
    second: str | None = None
    second_weight: int = 0
    funds: tuple[str, ...] = ()
    leader: bool = False
    instrument: str | None = None
    in_kind: str | None = None
    secondary: str | None = None
    stale: str | None = None


@dataclass(frozen=True)
class CityPlan:
    parks: tuple[ParkPlan, ...]
    parties: tuple[PartyPlan, ...]
    funds: tuple[FundPlan, ...]
    firms: tuple[FirmPlan, ...]
    market: Market = EAGER
    leader_odds: float = 0.0
    outsiders: Mapping[str, float] = field(default_factory=lambda: OUTSIDERS)
    firm_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def children_first(self) -> list[FundPlan]:
        """The funds in an order in which every fund stands before those that invest in it."""
        ordered: list[FundPlan] = []
        waiting = list(self.funds)
        while waiting:
            needed = {mother for fund in waiting for mother in fund.mothers}
            ready = [fund for fund in waiting if fund.code not in needed]
            if not ready:
                raise ValueError("funds invest in each other in a circle")
            ordered += ready
            waiting = [fund for fund in waiting if fund not in ready]
        return ordered


def read_tables(name: str) -> dict[str, Any]:
    """One of the files in which the city is laid out."""
    return tomllib.loads(files("dashboard.sample").joinpath(name).read_text(encoding="utf-8"))


def load_plan() -> CityPlan:
    """The part of the city that is told by hand."""
    tables = read_tables("city.toml")
    return CityPlan(
        parks=tuple(make_park(row) for row in tables["park"]),
        parties=tuple(_make(PartyPlan, row) for row in tables["party"]),
        funds=tuple(make_fund(row) for row in tables["fund"]),
        firms=tuple(_make(FirmPlan, row) for row in tables["firm"]),
    )


def make_park(row: Mapping[str, Any]) -> ParkPlan:
    """A park from its table."""
    leading = tuple(
        LeadingPlan(item["industry"], item["rank"], item["from"], item.get("to")) for item in row["leading"]
    )
    return ParkPlan(**{**row, "leading": leading})


def make_fund(row: Mapping[str, Any]) -> FundPlan:
    """A fund from its table."""
    parts = {
        "fund_class": row["class"],
        "investors": tuple(_make(InvestorPlan, item) for item in row["investors"]),
        "changes": tuple(_make(ChangePlan, item) for item in row.get("changes", ())),
    }
    return _make(FundPlan, {**{key: value for key, value in row.items() if key != "class"}, **parts})


def _make(kind: type[P], row: Mapping[str, Any]) -> P:
    """A plan from a table, its lists frozen; a key that the plan does not know is a mistake."""
    known = {item.name for item in fields(kind)}  # type: ignore[arg-type]
    if not row.keys() <= known:
        raise ValueError(f"{kind.__name__} knows no {sorted(row.keys() - known)}")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})
