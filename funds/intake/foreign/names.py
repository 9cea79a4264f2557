"""Names as people type them: folded for comparison, and looked up among what the book knows."""

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

from sqlalchemy import Connection, select, true

from funds.models import (
    Company,
    Fund,
    FundFact,
    Industry,
    IndustryFact,
    NationalIndustry,
    Park,
    ParkFact,
    Party,
    PartyFact,
)
from funds.models.visibility import visible
from funds.numerals import fold_width

_SEVERAL = re.compile(r"[;；、]")
_CLOSE = 0.75


class Body(StrEnum):
    """What a code of the template may stand for."""

    FUND = "fund"
    COMPANY = "company"
    PARTY = "party"
    PARK = "park"
    INDUSTRY = "industry"


BODY_OF_TITLE: Mapping[str, Body] = {
    "基金代码": Body.FUND,
    "企业代码": Body.COMPANY,
    "机构代码": Body.PARTY,
    "出资人代码": Body.PARTY,
    "受让人代码": Body.PARTY,
    "管理人代码": Body.PARTY,
    "托管行代码": Body.PARTY,
    "园区代码": Body.PARK,
    "产业代码": Body.INDUSTRY,
}
# The letter that a code coined for a newcomer begins with.
_LETTERS = {Body.FUND: "F", Body.COMPANY: "Q", Body.PARTY: "J", Body.PARK: "P"}


@dataclass(frozen=True)
class Directory:
    """What the book knows by name: for each kind its codes, present names and former names, folded."""

    codes: Mapping[Body, Mapping[str, str]] = field(default_factory=dict)  # folded code to code
    names: Mapping[Body, Mapping[str, str]] = field(default_factory=dict)
    former: Mapping[Body, Mapping[str, str]] = field(default_factory=dict)
    credit_codes: Mapping[str, str] = field(default_factory=dict)
    national: Mapping[str, str] = field(
        default_factory=dict
    )  # code of the national classification to its name

    def find(self, body: Body, text: str) -> str | None:
        """The code of a code, a name, or a former name."""
        folded = fold_name(text)
        for known in (self.codes, self.names, self.former):
            if folded in known.get(body, {}):
                return known[body][folded]
        return None

    def is_former(self, body: Body, text: str) -> bool:
        """Whether a text is known as a former name only."""
        folded = fold_name(text)
        return folded in self.former.get(body, {}) and not any(
            folded in known.get(body, {}) for known in (self.codes, self.names)
        )

    def suggest(self, body: Body, text: str) -> list[str]:
        """Names much like a text, the likest first."""
        names = self.names.get(body, {})
        return [names[name] for name in get_close_matches(fold_name(text), names, n=3, cutoff=_CLOSE)]

    def national_like(self, text: str) -> list[str]:
        """National industries whose names hold a text or are held by it, as `6520 集成电路设计`."""
        folded = fold_name(text)
        return [
            f"{code} {name}"
            for code, name in self.national.items()
            if len(folded) > 1 and (folded in name or name in folded)
        ]

    def headings(self) -> dict[str, str]:
        """Names of funds and parks, folded, to `fund:CODE` and `park:CODE`, for what stands above tables."""
        return {
            name: f"{body}:{code}"
            for body in (Body.FUND, Body.PARK)
            for name, code in self.names.get(body, {}).items()
        }


def fold_name(text: str) -> str:
    """A name without spaces, in narrow brackets, in small letters: what two spellings of it share."""
    return re.sub(r"\s", "", fold_width(text)).casefold()


def coin_code(body: Body, name: str) -> str:
    """A code for a newcomer, the same for the same name."""
    digest = hashlib.sha256(fold_name(name).encode()).hexdigest()[:8].upper()
    return f"{_LETTERS[body]}-{digest}"


def read_directory(connection: Connection, version: int, own: Collection[int] | None = None) -> Directory:
    """Names and codes of the whole register as known at a version; of funds, where `own` are given, only those."""
    parties = list(
        connection.execute(
            select(Party.code, PartyFact.name, PartyFact.former_names, PartyFact.credit_code)
            .join(PartyFact, PartyFact.party_id == Party.id)
            .where(visible(PartyFact, version))
        )
    )
    firms = set(connection.execute(select(Party.code).join(Company, Company.party_id == Party.id)).scalars())
    funds = connection.execute(
        select(Party.code, FundFact.name)
        .join(Fund, Fund.party_id == Party.id)
        .join(FundFact, FundFact.fund_id == Fund.id)
        .where(visible(FundFact, version), true() if own is None else Fund.id.in_(own))
    )
    parks = connection.execute(
        select(Park.code, ParkFact.name)
        .join(ParkFact, ParkFact.park_id == Park.id)
        .where(visible(ParkFact, version))
    )
    industries = list(
        connection.execute(
            select(Industry.code, IndustryFact.name, IndustryFact.aliases)
            .join(IndustryFact, IndustryFact.industry_id == Industry.id)
            .where(visible(IndustryFact, version))
        )
    )
    national = {
        row.code: row.name
        for row in connection.execute(
            select(NationalIndustry.code, NationalIndustry.name)
            .where(visible(NationalIndustry, version))
            .order_by(NationalIndustry.code)
        )
    }
    fund_rows = [(row.code, row.name) for row in funds]
    named = {
        Body.FUND: fund_rows,
        Body.COMPANY: [(row.code, row.name) for row in parties if row.code in firms],
        Body.PARTY: [(row.code, row.name) for row in parties] + fund_rows,
        Body.PARK: [(row.code, row.name) for row in parks],
        Body.INDUSTRY: [(row.code, row.name) for row in industries],
    }
    others = {
        Body.COMPANY: [(row.code, row.former_names) for row in parties if row.code in firms],
        Body.PARTY: [(row.code, row.former_names) for row in parties],
        Body.INDUSTRY: [(row.code, row.aliases) for row in industries],
    }
    return Directory(
        {body: {fold_name(code): code for code, _ in rows} for body, rows in named.items()},
        {body: {fold_name(name): code for code, name in rows} for body, rows in named.items()},
        {body: dict(_each_name(rows)) for body, rows in others.items()},
        {row.credit_code: row.code for row in parties if row.credit_code},
        national,
    )


def _each_name(rows: Iterable[tuple[str, str | None]]) -> Iterable[tuple[str, str]]:
    for code, listed in rows:
        for name in _SEVERAL.split(listed or ""):
            if name.strip():
                yield fold_name(name), code
