"""The whole made-up city as drafts, in the order of the workbook's sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dashboard.sample.chain_edges import draft_segment_codes, draft_segment_edges
from dashboard.sample.charges import Charge, plan_charges, sum_charges
from dashboard.sample.deals import plan_tickets
from dashboard.sample.exits import draft_exits, plan_sales
from dashboard.sample.filings import (
    draft_claims,
    draft_index_levels,
    draft_local_investments,
    draft_reported_figures,
)
from dashboard.sample.firms import Firm, draw_firms
from dashboard.sample.flows import (
    Histories,
    draft_commitments,
    draft_contributions,
    draft_distributions,
    draft_fees,
    draft_notices,
    tell_stories,
)
from dashboard.sample.funds import draft_fund_parks, draft_fund_terms, draft_funds
from dashboard.sample.holdings import Holding, gather_holdings
from dashboard.sample.ledger_lines import count_lines, cut_payments
from dashboard.sample.marks import MarkShelf, draft_marks
from dashboard.sample.net_assets import Valuer, draft_balances, draft_navs
from dashboard.sample.numbering import Numbering
from dashboard.sample.park_figures import draft_service_teams
from dashboard.sample.parks import draft_park_figures, draft_park_industries, draft_parks, draft_segments
from dashboard.sample.parties import draft_natures, draft_ownership, draft_parties
from dashboard.sample.payments import Payment, draft_investments, plan_payments
from dashboard.sample.plan import CityPlan
from dashboard.sample.quarter_claims import draft_quarter_claims
from dashboard.sample.register import draft_companies, draft_company_figures, draft_company_tags
from dashboard.sample.rounds import Round, draft_round_investors, draft_rounds, draw_rounds
from dashboard.sample.sizes import CORE, CitySize
from dashboard.sample.whole_city import lay_out_city
from funds.drafts import Draft
from funds.intake import write_workbook

NAME, FILER = "示例市", "示例市发展改革部门"
SEED = 2022
UNTIL = date(2026, 9, 30)

Drafts = dict[type[Draft], list[Draft]]


@dataclass(frozen=True)
class Story:
    """Everything that happened, before it is written down."""

    plan: CityPlan
    seed: int
    until: date
    firms: Sequence[Firm]
    rounds: Sequence[Round]
    payments: Sequence[Payment]
    holdings: Sequence[Holding]
    histories: Histories

    @property
    def firms_by_code(self) -> Mapping[str, Firm]:
        """The firms by their codes."""
        return {firm.code: firm for firm in self.firms}


def make_city(seed: int = SEED, size: CitySize = CORE, until: date = UNTIL) -> Drafts:
    """The drafts of the city by kind; the same seed and size give the same city."""
    story = make_story(lay_out_city(size, seed, until), seed, until, size)
    if size.lines:
        lines = count_lines(story.histories.values(), story.holdings)
        story = make_story(cut_payments(story.plan, lines, size.lines), seed, until, size)
    drafts: list[Sequence[Draft]] = [
        *_draft_places(story),
        *_draft_movements(story),
        *_draft_values(story),
    ]
    return {type(rows[0]): list(rows) for rows in drafts if rows}


def make_story(plan: CityPlan, seed: int, until: date, size: CitySize) -> Story:
    """Who invested in whom, what came of it, and how the money went."""
    funds = {fund.code: fund for fund in plan.funds}
    charges: dict[str, list[Charge]] = {code: plan_charges(fund, seed, until) for code, fund in funds.items()}
    register = draw_firms(plan, seed, size.firms, size.raising)
    by_code = {firm.code: firm for firm in register}
    sums = {code: sum_charges(rows) for code, rows in charges.items()}
    tickets = plan_tickets(plan.funds, register, sums, seed, until)
    rounds, paths = draw_rounds(plan, register, tickets, seed, until)
    round_by_code = {row.code: row for row in rounds}
    payments = plan_payments(tickets, funds, by_code, round_by_code, seed, until)
    holdings = plan_sales(gather_holdings(payments, paths), by_code, seed, until)
    histories = tell_stories(plan, holdings, charges, seed, until)
    return Story(plan, seed, until, register, rounds, payments, holdings, histories)


def _draft_places(story: Story) -> list[Sequence[Draft]]:
    plan, seed = story.plan, story.seed
    return [
        draft_parks(plan),
        draft_park_industries(plan),
        draft_segments(),
        draft_segment_edges(),
        draft_segment_codes(),
        draft_parties(plan),
        draft_companies(plan, story.firms, seed),
        draft_natures(plan),
        draft_ownership(plan),
        draft_funds(plan),
        draft_fund_parks(plan),
        draft_fund_terms(plan),
    ]


def _draft_movements(story: Story) -> list[Sequence[Draft]]:
    numbers = Numbering(fund.code for fund in story.plan.funds if fund.keyless)
    histories = story.histories
    return [
        draft_commitments(histories, numbers),
        draft_notices(histories),
        draft_contributions(histories, numbers),
        draft_distributions(histories, numbers),
        draft_company_tags(story.firms),
        draft_rounds(story.rounds),
        draft_round_investors(story.rounds),
        draft_investments(story.payments, numbers),
        draft_exits(story.holdings, numbers),
        draft_fees(histories, numbers),
    ]


def _draft_values(story: Story) -> list[Sequence[Draft]]:
    plan, seed, until = story.plan, story.seed, story.until
    funds = {fund.code: fund for fund in plan.funds}
    marks = draft_marks(story.holdings, funds, story.firms_by_code, seed, until)
    order = [fund.code for fund in plan.children_first()]
    positions = Valuer(story.histories, story.holdings, MarkShelf(marks), seed).close_all(order, until)
    return [
        draft_balances(positions),
        marks,
        draft_navs(positions),
        draft_company_figures(story.firms, seed),
        [*draft_park_figures(plan, seed), *draft_service_teams(plan, seed)],
        draft_index_levels(seed, until),
        draft_reported_figures(),
        [*draft_claims(plan, story.histories, until), *draft_quarter_claims(plan, story.histories, until)],
        draft_local_investments(plan, story.payments, story.firms_by_code, seed, until),
    ]


def write_city(path: Path, seed: int = SEED, size: CitySize = CORE) -> None:
    """The city as a workbook of the template."""
    write_workbook(path, make_city(seed, size), city=NAME, filer=FILER, as_of=UNTIL)
