"""Records a deal whole: the firm, its industry, the round with everybody in it, the payment and its project."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import select

from funds.book import Change, Findings, visible
from funds.drafts import DealPackage, Draft, InvestmentDraft
from funds.errors import Conflict, RulesBroken
from funds.kinds import EntryKind
from funds.models import Company, Entry, Fund, Holding, Party
from funds.problems import only_fatal
from funds.recording.investments import record_investments
from funds.recording.parties import record_companies, record_parties
from funds.recording.projects import record_project_stages
from funds.recording.rounds import record_round_investors, record_rounds
from funds.recording.sieve import Recorded
from funds.recording.tags import record_company_tags
from funds.recording.whole import check_whole


def record_deal(change: Change, package: DealPackage) -> Recorded:
    """All of a deal or nothing of it; refuses one that the book holds already, naming the version."""
    if change.findings is not None:
        raise ValueError("a deal gathers its own problems")
    findings = change.findings = Findings()
    results = [verb(change, drafts) for verb, drafts in _steps(package)]
    check_whole(change, [draft for _, drafts in _steps(package) for draft in drafts])
    if only_fatal(findings.problems):
        raise RulesBroken(findings.problems)
    if not any(result.new for result in results):
        raise Conflict("deal.recorded_before", version=find_version(change, package.investment))
    return Recorded(
        sum(result.new for result in results),
        sum(result.same for result in results),
        package.investment.amount_fen,
        tuple(findings.problems),
    )


def find_version(change: Change, draft: InvestmentDraft) -> int | None:
    """The version that first holds a payment of this fund into this firm on this day over this amount."""
    fund, firm = _body_of(Fund, draft.fund), _body_of(Company, draft.company)
    query = (
        select(Entry.revision_id)
        .join(Holding, Holding.id == Entry.holding_id)
        .where(
            visible(Entry, change.version),
            Entry.kind == EntryKind.INVESTMENT,
            Entry.moved_on == draft.paid_on,
            Entry.amount_fen == -draft.amount_fen,
            Entry.fund_id.in_(fund),
            Holding.company_id.in_(firm),
        )
        .order_by(Entry.id)
    )
    found = change.connection.execute(query).scalars().first()
    return None if found is None else int(found)


def _body_of(model: type[Fund] | type[Company], code: str) -> Any:
    return select(model.id).join(Party, Party.id == model.party_id).where(Party.code == code)


def _steps(package: DealPackage) -> Iterator[tuple[Callable[[Change, Any], Recorded], Sequence[Draft]]]:
    """The verbs in the order in which one rests on another; those without a draft are left out."""
    steps: tuple[tuple[Callable[[Change, Any], Recorded], Sequence[Draft]], ...] = (
        (record_parties, package.parties),
        (record_companies, package.companies),
        (record_company_tags, package.tags),
        (record_rounds, package.rounds),
        (record_round_investors, package.investors),
        (record_investments, [package.investment]),
        (record_project_stages, package.stages),
    )
    return ((verb, drafts) for verb, drafts in steps if drafts)
