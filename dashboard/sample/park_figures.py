"""What the made-up city files of the six ones besides the yearly scorecard: service teams, and weights of its own."""

import tomllib
from importlib.resources import files

from dashboard.sample.chance import Chance
from dashboard.sample.parks import MICRO, SOURCE, YEARS
from dashboard.sample.plan import CityPlan
from funds.book import Book
from funds.drafts import ParkFigureDraft, PolicyDraft
from funds.policy.packs import read_pack
from funds.recording import VERBS

WEIGHTS = "appraisal.toml"
MOST_TEAMS = 4
# In the whole city one park has filed no teams, and so has no place in the appraisal.
SILENT = 15


def draft_service_teams(plan: CityPlan, seed: int) -> list[ParkFigureDraft]:
    """S06 of each park, year by year, with what stands behind it."""
    return [
        ParkFigureDraft(
            park=park.code,
            indicator="S06",
            period=str(year),
            value_e6=Chance(seed, "service teams", park.code, year).whole(1, MOST_TEAMS) * MICRO,
            unit="个",
            source=SOURCE,
            owner=f"{park.name}管理机构",
            evidence=f"示例服务专班名册（{year} 年）",
        )
        for place, park in enumerate(plan.parks)
        if place != SILENT
        for year in YEARS
    ]


def draft_weights() -> list[PolicyDraft]:
    """The weights of the made-up appraisal."""
    text = files("dashboard.sample").joinpath(WEIGHTS).read_text(encoding="utf-8")
    return read_pack(WEIGHTS, tomllib.loads(text))


def record_weights(book: Book, person: str) -> None:
    """Bring the weights into a demo book, in a revision that says what they are."""
    with book.change(person, "sample.weights") as change:
        VERBS[PolicyDraft](change, draft_weights())
