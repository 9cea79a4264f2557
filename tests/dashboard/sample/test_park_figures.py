"""What the made-up city files of the six ones besides its scorecard, and its made-up weights."""

from dashboard.sample.city import UNTIL
from dashboard.sample.park_figures import draft_service_teams, draft_weights
from dashboard.sample.plan import load_plan
from dashboard.sample.sizes import FULL
from dashboard.sample.whole_city import lay_out_city
from funds.kinds import Confirmation


def test_every_park_files_its_teams_with_evidence_and_one_of_the_whole_city_does_not() -> None:
    told, whole = load_plan(), lay_out_city(FULL, 7, UNTIL)
    assert {row.park for row in draft_service_teams(told, 7)} == {park.code for park in told.parks}
    silent = {park.code for park in whole.parks} - {row.park for row in draft_service_teams(whole, 7)}
    assert len(silent) == 1
    assert all(row.evidence and row.value_e6 > 0 for row in draft_service_teams(told, 7))


def test_the_weights_say_that_they_are_made_up_and_make_a_hundred() -> None:
    rows = draft_weights()
    assert sum(row.value_e6 or 0 for row in rows) == 100 * 10**6
    assert {(row.confirmation, "示例权重" in row.document) for row in rows} == {
        (Confirmation.UNCHECKED, True)
    }
    assert all(row.code.startswith("appraisal.S") for row in rows)
