"""Records the days on which a fund's projects in firms reached their states, before and beside the money."""

from collections.abc import Sequence

from funds.book import Change
from funds.drafts import ProjectStageDraft
from funds.models import ProjectStage
from funds.recording.facts import Line, Noun, keep_facts, plan_facts
from funds.recording.lookups import look_up_companies
from funds.recording.movements import open_funds
from funds.recording.sieve import Recorded, Sieve

PROJECT_STAGE = Noun(ProjectStage, ("fund_id", "company_id", "stage"))


def record_project_stages(change: Change, drafts: Sequence[ProjectStageDraft]) -> Recorded:
    """立项, 投决, 交割, 投后, 退出: each state once for a fund and a firm, with its paper."""
    sieve = Sieve(change, drafts)
    funds = open_funds(sieve)
    companies = look_up_companies(sieve, "company")
    lines = [
        Line(
            draft,
            {
                "fund_id": funds[draft.fund].id,
                "company_id": companies[draft.company].id,
                "stage": draft.stage,
                "reached_on": draft.reached_on,
                "decision_no": draft.decision_no,
                "words": draft.words,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, PROJECT_STAGE, lines))
