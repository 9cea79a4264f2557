"""Where somebody logs a deal: the funds that they record for, the firms and investors to choose from, and the slice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.auth.visit import Visit
from dashboard.forms.deal import DealBefore
from dashboard.pages.context import PageContext
from dashboard.readings.money.capital import CapitalClass, InvestorClasses
from funds.kinds import ProjectState, ScopeKind
from funds.permissions import Action, Scope
from funds.queries.codes import fund_select
from funds.queries.company_names import FirmName, list_firms
from funds.queries.facts import CompanyFacts, FundFacts
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, fund_scope

PATH = "/record-deal"
FUND, COMPANY = "fund", "company"


@dataclass(frozen=True)
class DealDesk:
    """A deal is recorded today, whatever day the address looks at: the slice is today's, and the newest."""

    context: PageContext
    funds: tuple[FundFacts, ...]
    slice: LedgerSlice

    @property
    def visit(self) -> Visit:
        """Who logs."""
        return self.context.visit

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.context.say(code, **params)

    @cached_property
    def firms(self) -> list[FirmName]:
        """The register, by code."""
        with self.visit.look() as look:
            return list_firms(look.connection, look.version)

    @cached_property
    def investors(self) -> list[tuple[str, str]]:
        """Whoever may have put money into a round, by code, with the nature of the money where it is theirs to see."""
        facts = self.slice.facts
        named = {one.code: (one.name, one.id) for one in facts.parties.values()}
        named |= {fund.code: (fund.name, fund.party_id) for fund in self.slice.readable_funds}
        return [(code, self._label(*named[code], code)) for code in sorted(named)]

    @property
    def before(self) -> DealBefore:
        """The states that are on file of the projects of the own funds."""
        facts = self.slice.facts
        found: dict[tuple[str, str], set[ProjectState]] = {}
        for stage in facts.stages:
            firm = facts.companies.get(stage.company_id)
            if firm is not None and self.slice.readable.covers(stage.fund_id):
                found.setdefault((facts.funds[stage.fund_id].code, firm.code), set()).add(stage.state)
        return DealBefore({pair: frozenset(states) for pair, states in found.items()})

    def find_fund(self, code: str | None) -> FundFacts | None:
        """One of the own funds."""
        return next((fund for fund in self.funds if fund.code == code), None)

    def find_firm(self, code: str | None) -> CompanyFacts | None:
        """A firm of the register."""
        return next((one for one in self.slice.facts.companies.values() if one.code == code), None)

    def nature_of(self, party: int) -> CapitalClass | None:
        """Whose money an investor's is; None where its evidence is others'."""
        if not self.slice.readable.is_city and party not in self._own_investors:
            return None
        return self._classes.of(party)[0]

    def party_of(self, code: str) -> int | None:
        """The party behind a code."""
        return self._parties.get(code)

    @cached_property
    def _parties(self) -> Mapping[str, int]:
        facts = self.slice.facts
        return {one.code: one.id for one in facts.parties.values()} | {
            fund.code: fund.party_id for fund in self.slice.readable_funds
        }

    @cached_property
    def _classes(self) -> InvestorClasses:
        return InvestorClasses(self.slice)

    @cached_property
    def _own_investors(self) -> frozenset[int]:
        """Who committed to a fund that the person reads: evidence of nature belongs to those funds."""
        columns = self.slice.ledger.commitments
        pairs = zip(columns.fund.tolist(), columns.investor.tolist(), strict=True)
        return frozenset(investor for fund, investor in pairs if self.slice.readable.covers(fund))

    def _label(self, name: str, party: int, code: str) -> str:
        nature = self.nature_of(party)
        if nature is None or nature is CapitalClass.UNDETERMINED:
            return self.say("record_deal.named", name=name, code=code)
        said = self.say(f"record_deal.nature_{nature}")
        return self.say("record_deal.named_nature", name=name, code=code, nature=said)


def open_desk(context: PageContext) -> DealDesk | None:
    """The desk; None for whoever records for no fund yet."""
    visit = context.visit
    readable = visit.rights.readable()
    codes = _own_funds(context)
    if not codes:
        return None
    scope = CITY if readable.is_city else fund_scope(*codes)
    slice_ = slice_ledger(visit.book, visit.person.login, scope, visit.book.today())
    funds = tuple(fund for fund in slice_.readable_funds if fund.code in codes)
    return DealDesk(context, funds, slice_)


def _own_funds(context: PageContext) -> set[str]:
    """The codes of the funds that the person may record for."""
    visit = context.visit
    with visit.look() as look:
        rows = look.connection.execute(fund_select(look.version)).all()
    may = visit.rights.may
    return {row[1] for row in rows if row[2] and may(Action.RECORD_BUSINESS, Scope(ScopeKind.FUND, row[0]))}
