"""The city's register of firms with what the funds that may be seen did with each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dashboard.readings.answers import print_ratio
from dashboard.readings.industries.alignment_pieces import main_tag
from dashboard.readings.lasting_answers import keep_of_firms
from dashboard.readings.portfolio.holdings import HeldFirm, held_firms
from funds.queries.facts import CompanyFacts, IndustryFacts, ParkFacts
from funds.queries.ledger_slice import LedgerSlice


class Standing(StrEnum):
    """How a firm stands to the funds that may be seen."""

    HELD = "held"
    EXITED = "exited"
    WRITTEN_OFF = "written_off"
    NEVER = "never"


@dataclass(frozen=True)
class ListedCompany:
    """A firm with its main industry and park, and its amounts over the funds in sight, in fen."""

    company: CompanyFacts
    industry: IndustryFacts | None
    park: ParkFacts | None
    standing: Standing
    funds: int
    invested: int
    cost: int
    proceeds: int
    fair_value: int

    @property
    def moic(self) -> str | None:
        """PF11 of the firm: what came back and is held, for what was paid."""
        if self.invested <= 0:
            return None
        return print_ratio(self.proceeds + self.fair_value, self.invested)


@keep_of_firms
def list_companies(slice_: LedgerSlice) -> tuple[ListedCompany, ...]:
    """Every firm of the register, those with the largest remaining cost first, then by code."""
    held: dict[int, list[HeldFirm]] = {}
    for firm in held_firms(slice_):
        held.setdefault(firm.company, []).append(firm)
    listed = [_list(slice_, one, held) for one in slice_.facts.companies.values()]
    return tuple(sorted(listed, key=lambda one: (-one.cost, -one.invested, one.company.code)))


def _list(slice_: LedgerSlice, company: CompanyFacts, held: Mapping[int, list[HeldFirm]]) -> ListedCompany:
    facts, firms = slice_.facts, held.get(company.id, [])
    main = main_tag(facts.tags.get(company.id, ()))
    courses = [firm.course for firm in firms]
    return ListedCompany(
        company=company,
        industry=facts.industries.get(main.industry_id) if main is not None else None,
        park=facts.parks.get(company.park_id) if company.park_id is not None else None,
        standing=_stand(firms),
        funds=len(firms),
        invested=sum(one.invested for one in courses),
        cost=sum(one.cost for one in courses),
        proceeds=sum(one.returned for one in courses),
        fair_value=sum(one.value for one in courses),
    )


def _stand(firms: list[HeldFirm]) -> Standing:
    """Held while any fund holds it; written off only where none that is left did better."""
    if not firms:
        return Standing.NEVER
    courses = [firm.course for firm in firms]
    if any(not one.is_written_off and (one.cost or one.value) for one in courses):
        return Standing.HELD
    return Standing.WRITTEN_OFF if any(one.is_written_off for one in courses) else Standing.EXITED
