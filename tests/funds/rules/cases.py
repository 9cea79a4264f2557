"""For every rule a set of drafts that keeps it and one that breaks it, and the cell that is named."""

from dataclasses import dataclass, field, replace

from funds.drafts import Draft
from funds.kinds import (
    CommitmentChange,
    DistributionKind,
    ExitKind,
    FeeKind,
    FundStatus,
    Nature,
    ProjectState,
    Role,
    ScopeKind,
    ShareOrigin,
)
from tests.builders import (
    balance,
    base_city,
    claim,
    commitment,
    company,
    company_figure,
    contribution,
    crosswalk,
    day,
    distribution,
    exit_,
    fee,
    fund,
    fund_park,
    index_level,
    industry,
    invested_city,
    investment,
    mark,
    membership,
    national_industry,
    nature,
    nav,
    notice,
    ownership,
    paid_city,
    park_figure,
    party,
    person,
    policy,
    project_stage,
    round_,
    round_investor,
    segment,
    segment_edge,
    tag,
    term,
    transfer,
    wan,
)

Drafts = list[Draft]


@dataclass(frozen=True)
class Case:
    """`kept` and `broken` each stand on `base`; `cells` are the places of the problems of the broken one."""

    base: Drafts
    kept: Drafts
    broken: Drafts
    cells: list[str] = field(default_factory=list)


LONG = "长" * 201
CREDIT = "91330100MA2ABCDE2X"
ROUND = [*invested_city(), round_("R1", "C3", 300, secondary_fen=wan(100))]
LISTED = [
    round_investor("R1", "F1", 200),
    round_investor("R1", "LP2", 100, ShareOrigin.SECONDARY),
]
LINKS = [*(segment("IC", code) for code in ("S1", "S2", "S3")), segment("BIO", "T1")]
F1_PAYS = investment("F1", "C3", 200, round="R1")

CASES: dict[str, Case] = {
    "code.unknown": Case(base_city(), [nature("LP1")], [nature("LP9")], ["nature!party:2"]),
    "code.not_this_kind": Case(
        base_city(), [fee("M", 1, kind=FeeKind.OTHER_INCOME)], [fee("LP1", 1)], ["fee!fund:2"]
    ),
    "twin.contradicted": Case(
        base_city(),
        [nature("LP1"), nature("LP1")],
        [nature("LP1"), nature("LP1", Nature.SOCIAL)],
        ["nature!nature:3"],
    ),
    "amount.not_positive": Case(
        invested_city(),
        [mark("F1", "C1", 0)],
        [exit_("F1", "C1", 0, kind=ExitKind.DIVIDEND)],
        ["exit!amount_fen:2"],
    ),
    "amount.negative": Case(
        invested_city(), [mark("F1", "C1", 0)], [mark("F1", "C1", -1)], ["mark!fair_value_fen:2"]
    ),
    "amount.too_large": Case(base_city(), [nav("F1", -10)], [nav("F1", "1000000000.01")], ["nav!nav_fen:2"]),
    "share.out_of_range": Case(
        base_city(), [ownership("LP1", "GP", 100)], [ownership("LP1", "GP", 0)], ["ownership!share_ppm:2"]
    ),
    "value.out_of_range": Case(
        base_city(), [index_level(level=1)], [index_level(level=0)], ["indexlevel!level_e6:2"]
    ),
    "value.too_long": Case([], [party("A", LONG[:200])], [party("A", LONG)], ["party!name:2"]),
    "value.blank": Case([], [party("A", kind="国企")], [party("A", kind=" ")], ["party!kind:2"]),
    "value.control_character": Case(
        [],
        [party("A", former_names="甲\n乙")],
        [party("A", former_names="甲\x07乙")],
        ["party!former_names:2"],
    ),
    "day.in_future": Case(
        base_city(), [nav("F1", 1, "2026-01-16")], [nav("F1", 1, "2026-01-17")], ["nav!valued_on:2"]
    ),
    "day.out_of_range": Case(
        base_city(),
        [company("X", established=day("1949-10-01"))],
        [company("X", established=day("1900-01-01"))],
        ["company!established:5"],
    ),
    "day.out_of_order": Case(
        [],
        [fund("X", invest_end=day("2020-01-01"), exit_end=day("2027-01-01"))],
        [fund("X", invest_end=day("2019-12-31"))],
        ["fund!invest_end:2"],
    ),
    "period.format": Case(
        base_city(),
        [company_figure("C1", period="2024-Q3")],
        [company_figure("C1", period="2024H1")],
        ["companyfigure!period:2"],
    ),
    "quarter.format": Case(
        base_city(), [claim("F1", "2024-Q4")], [claim("F1", "2024-Q5")], ["claim!quarter:2"]
    ),
    "indicator.unknown": Case(
        base_city(), [park_figure(None, "S20")], [park_figure("P1", "S01")], ["parkfigure!indicator:2"]
    ),
    "indicator.wrong_unit": Case(
        base_city(),
        [park_figure("P1", unit="%")],
        [park_figure("P1", unit="个")],
        ["parkfigure!unit:2"],
    ),
    "indicator.out_of_range": Case(
        base_city(),
        [park_figure("P1", value=100), park_figure("P1", "S08", value=0)],
        [park_figure("P1", value=101), park_figure("P1", "S12", value=-1)],
        ["parkfigure!value_e6:2", "parkfigure!value_e6:3"],
    ),
    "indicator.not_whole": Case(
        base_city(),
        [replace(park_figure("P1"), value_e6=60_500_000)],
        [replace(park_figure("P1", "S12"), value_e6=60_500_000)],
        ["parkfigure!value_e6:2"],
    ),
    "claim.definition_unknown": Case(
        base_city(),
        [claim("F1", definition="LV00d")],
        [claim("F1", definition="LV14")],
        ["claim!definition:2"],
    ),
    "policy.value_or_words": Case(
        [], [policy(words="待定")], [policy(words="待定", value_e6=1)], ["policy!value_e6:2"]
    ),
    "term.value_or_words": Case(
        base_city(), [term("F1")], [term("F1", words="见附件", value_e6=1)], ["fundterm!value_e6:2"]
    ),
    "party.credit_code_taken": Case(
        [],
        [party("A", credit_code=CREDIT), company("B", credit_code=None)],
        [party("A", credit_code=CREDIT), company("B", credit_code=CREDIT)],
        ["company!credit_code:2"],
    ),
    "party.same_name": Case(
        [], [party("A", "甲"), party("B", "乙")], [party("A", "甲"), party("B", "甲")], ["party!name:3"]
    ),
    "ownership.self": Case(
        base_city(), [ownership("LP1", "LP2", 51)], [ownership("LP1", "LP1", 51)], ["ownership!owned:2"]
    ),
    "ownership.over_whole": Case(
        base_city(),
        [
            ownership("LP1", "GP", 60, to_date=day("2022-01-01")),
            ownership("LP2", "GP", 60, "2022-01-01"),
            ownership("LP2", "GP", 40, "2021-01-01"),
        ],
        [ownership("LP1", "GP", 60), ownership("LP2", "GP", 60, "2022-01-01")],
        ["ownership!share_ppm:3"],
    ),
    "industry.cycle": Case(
        [],
        [industry("A"), industry("B", parent="A"), industry("C", parent="B")],
        [industry("A", parent="C"), industry("B", parent="A"), industry("C", parent="B")],
        ["industry!parent:2", "industry!parent:3", "industry!parent:4"],
    ),
    "segment.cycle": Case(
        base_city(),
        [segment("IC", "S1", parent="S2"), segment("IC", "S2")],
        [segment("IC", "S1", parent="S2"), segment("IC", "S2", parent="S1")],
        ["segment!parent:2", "segment!parent:3"],
    ),
    "segment_edge.self": Case(
        [*base_city(), *LINKS],
        [segment_edge("IC", "S1", "S2")],
        [segment_edge("IC", "S1", "S1")],
        ["segmentedge!target:2"],
    ),
    "segment_edge.cycle": Case(
        [*base_city(), *LINKS, segment_edge("IC", "S1", "S2")],
        [segment_edge("IC", "S1", "T1", target_industry="BIO"), segment_edge("IC", "S2", "S3")],
        [
            segment_edge("IC", "S2", "T1", target_industry="BIO"),
            segment_edge("BIO", "T1", "S1", target_industry="IC"),
        ],
        ["segmentedge!target:2", "segmentedge!target:3", "segmentedge!target:4"],
    ),
    "project.out_of_order": Case(
        [*invested_city(), project_stage("F1", "C1", ProjectState.INITIATED, "2021-05-01")],
        [project_stage("F1", "C1", on="2021-05-01"), project_stage("F1", "C2", on="2021-04-01")],
        [project_stage("F1", "C1", on="2021-04-30")],
        ["projectstage!reached_on:3"],
    ),
    "project.not_closed": Case(
        [*invested_city(), project_stage("F1", "C3", ProjectState.CLOSED, "2021-06-01")],
        [
            project_stage("F1", "C1", ProjectState.EXITED, "2021-06-30"),
            project_stage("F1", "C3", ProjectState.MANAGED, "2021-06-01"),
        ],
        [
            project_stage("F1", "C2", ProjectState.EXITED, "2021-06-29"),
            project_stage("M", "C3", ProjectState.MANAGED, "2021-06-01"),
        ],
        ["projectstage!reached_on:3", "projectstage!reached_on:4"],
    ),
    "national_code.unknown": Case(
        [national_industry("27"), industry("BIO")],
        [crosswalk("BIO", "27")],
        [crosswalk("BIO", "28")],
        ["crosswalk!national_code:2"],
    ),
    "tag.over_whole": Case(
        base_city(),
        [tag("C1", "IC", 60), tag("C1", "BIO", 40)],
        [tag("C1", "IC", 60), tag("C1", "BIO", 41)],
        ["companytag!weight_ppm:3"],
    ),
    "tag.below_whole": Case(
        base_city(), [tag("C1", "IC", 100)], [tag("C1", "IC", 60)], ["companytag!weight_ppm:2"]
    ),
    "tag.tie": Case(
        base_city(),
        [tag("C1", "IC", 50), tag("C1", "BIO", 50, is_primary=True)],
        [tag("C1", "IC", 50), tag("C1", "BIO", 50)],
        ["companytag!is_primary:3"],
    ),
    "tag.two_primaries": Case(
        base_city(),
        [tag("C1", "IC", 60, is_primary=True), tag("C1", "BIO", 40)],
        [tag("C1", "IC", 60, is_primary=True), tag("C1", "BIO", 40, is_primary=True)],
        ["companytag!is_primary:3"],
    ),
    "park_share.not_whole": Case(
        base_city(),
        [
            fund_park("F1", "P1", 100, to_date=day("2022-01-01")),
            fund_park("F1", "P1", 60, "2022-01-01"),
            fund_park("F1", None, 40, "2022-01-01"),
        ],
        [fund_park("F1", "P1", 60), fund_park("F1", None, 39)],
        ["fundpark!share_ppm:3"],
    ),
    "index.two_kinds": Case(
        [],
        [index_level(on="2024-12-30"), index_level()],
        [index_level(on="2024-12-30"), index_level(is_total_return=True)],
        ["indexlevel!is_total_return:3"],
    ),
    "fund.before_established": Case(
        paid_city(),
        [fee("F1", 1, "2020-03-01"), nav("F1", 1, "2020-01-01")],
        [fee("F1", 1, "2019-12-31", kind=FeeKind.OTHER_INCOME), balance("F1", 1, "2019-12-31")],
        ["balance!filed_on:2", "fee!paid_on:2"],
    ),
    "fund.after_closed": Case(
        [fund("X", status=FundStatus.CLOSED)],
        [fee("X", 1, "2026-01-15", kind=FeeKind.OTHER_INCOME)],
        [fee("X", 1, "2026-01-16", kind=FeeKind.OTHER_INCOME), nav("X", 1, "2026-01-16")],
        ["fee!paid_on:2", "nav!valued_on:2"],
    ),
    "fund.never_set_up": Case(
        [fund("X", status=FundStatus.ABANDONED), fund("Y")],
        [fee("Y", 1, kind=FeeKind.OTHER_INCOME)],
        [fee("X", 1, kind=FeeKind.OTHER_INCOME)],
        ["fee!fund:2"],
    ),
    "fund.own_investor": Case(
        [*invested_city(), company("F1", "基金F1")],
        [nav("F1", 1, investor="M")],
        [
            commitment("F1", "F1", 1),
            contribution("F1", "F1", 1, is_inside_commitment=False),
            distribution("F1", "F1", 1),
            investment("F1", "F1", 1),
            nav("F1", 1, investor="F1"),
        ],
        [
            "commitment!investor:5",
            "contribution!investor:5",
            "distribution!investor:2",
            "investment!company:4",
            "nav!investor:2",
        ],
    ),
    "commitment.no_transferee": Case(
        base_city(),
        [transfer("F1", "LP2", "LP1", 500)],
        [commitment("F1", "LP2", 500, kind=CommitmentChange.TRANSFER)],
        ["commitment!transferee:5"],
    ),
    "commitment.unexpected_transferee": Case(
        base_city(),
        [commitment("F1", "LP2", 500, kind=CommitmentChange.DECREASE)],
        [commitment("F1", "LP2", 500, kind=CommitmentChange.DECREASE, transferee="LP1")],
        ["commitment!transferee:5"],
    ),
    "commitment.transfer_to_self": Case(
        base_city(),
        [transfer("F1", "LP2", "LP1", 2_000)],
        [transfer("F1", "LP2", "LP2", 2_000)],
        ["commitment!transferee:5"],
    ),
    "commitment.negative": Case(
        base_city(),
        [commitment("F1", "LP2", 2_000, "2021-01-01", kind=CommitmentChange.CANCEL)],
        [commitment("F1", "LP2", "2000.01", "2021-01-01", kind=CommitmentChange.CANCEL)],
        ["commitment!amount_fen:5"],
    ),
    "notice.no_commitment": Case(
        base_city(), [notice("F1", "LP2", 2_000)], [notice("F1", "LP1", 1)], ["callnotice!investor:2"]
    ),
    "notice.over_commitment": Case(
        base_city(),
        [notice("F1", "LP2", 1_500), notice("F1", "LP2", 500, "N2", "2020-04-01")],
        [notice("F1", "LP2", 1_500), notice("F1", "LP2", 501, "N2", "2020-04-01")],
        ["callnotice!amount_fen:3"],
    ),
    "notice.unknown": Case(
        [*base_city(), notice("F1", "LP2", 100)],
        [contribution("F1", "LP2", 100, notice_no="N1")],
        [contribution("F1", "M", 100, notice_no="N1"), contribution("M", "LP1", 100, "2020-02-01")],
        ["contribution!notice_no:2"],
    ),
    "paid_in.no_commitment": Case(
        base_city(),
        [contribution("F1", "LP1", 100, is_inside_commitment=False)],
        [contribution("F1", "LP1", 100)],
        ["contribution!amount_fen:2"],
    ),
    "paid_in.over_commitment": Case(
        paid_city(),
        [contribution("F1", "LP2", 1_000, "2021-01-01")],
        [contribution("F1", "LP2", "1000.01", "2021-01-01")],
        ["contribution!amount_fen:5"],
    ),
    "distribution.recall_over_paid_in": Case(
        [*paid_city(), fee("F1", 500, kind=FeeKind.OTHER_INCOME)],
        [distribution("F1", "LP2", 1_000, is_recallable=True)],
        [distribution("F1", "LP2", 1_001, kind=DistributionKind.GAIN, is_recallable=True)],
        ["distribution!amount_fen:2"],
    ),
    "cash.negative": Case(
        paid_city(), [fee("F1", 3_000, "2020-03-01")], [fee("F1", "0.01", "2020-02-29")], ["fee!amount_fen:2"]
    ),
    "round.secondary_over_total": Case(
        base_city(),
        [round_("R1", "C1", 100, secondary_fen=wan(100))],
        [round_("R1", "C1", 100, secondary_fen=wan(101))],
        ["round!secondary_fen:2"],
    ),
    "round.secondary_differs": Case(
        ROUND,
        [*LISTED, F1_PAYS],
        [round_investor("R1", "F1", 200), round_investor("R1", "LP2", 100), F1_PAYS],
        ["round!secondary_fen:2"],
    ),
    "round.sum_differs": Case(
        ROUND, [*LISTED, F1_PAYS], [*LISTED, F1_PAYS, round_investor("R1", "GP", 1)], ["round!total_fen:2"]
    ),
    "round.fund_differs": Case(
        ROUND,
        [*LISTED, investment("F1", "C3", 150, round="R1"), investment("F1", "C3", 50, round="R1")],
        [*LISTED, investment("F1", "C3", 150, round="R1")],
        ["roundinvestor!amount_fen:2"],
    ),
    "round.fund_not_listed": Case(
        [*paid_city(), round_("R1", "C3", 300)],
        [round_investor("R1", "LP2", 300)],
        [round_investor("R1", "LP2", 300), F1_PAYS],
        ["roundinvestor!round:2"],
    ),
    "deal.round_of_other_firm": Case(
        ROUND, [F1_PAYS], [investment("F1", "C1", 1, round="R1")], ["investment!round:4"]
    ),
    "deal.paid_before_decision": Case(
        paid_city(),
        [investment("F1", "C1", 1, decided_on=day("2021-06-30"))],
        [investment("F1", "C1", 1, decided_on=day("2021-07-01"))],
        ["investment!decided_on:2"],
    ),
    "holding.none": Case(
        invested_city(),
        [mark("F1", "C1", 1, "2021-06-30"), exit_("F1", "C1", 0, "2021-06-30", kind=ExitKind.WRITE_OFF)],
        [
            mark("F1", "C1", 1, "2021-06-29"),
            mark("F1", "C3", 1),
            exit_("F1", "C2", 0, "2021-06-29", kind=ExitKind.WRITE_OFF),
        ],
        ["exit!company:2", "mark!company:2", "mark!company:3"],
    ),
    "exit.write_off_amount": Case(
        invested_city(),
        [exit_("F1", "C1", 0, kind=ExitKind.WRITE_OFF)],
        [exit_("F1", "C1", 1, kind=ExitKind.WRITE_OFF)],
        ["exit!amount_fen:2"],
    ),
    "exit.cost_not_moved": Case(
        invested_city(),
        [exit_("F1", "C1", 1, kind=ExitKind.DIVIDEND)],
        [
            exit_("F1", "C1", 1, kind=ExitKind.DIVIDEND, cost_out_fen=1),
            exit_("F1", "C1", 0, kind=ExitKind.WRITE_OFF, transferred_ppm=1_000_000),
        ],
        ["exit!cost_out_fen:2", "exit!transferred_ppm:3"],
    ),
    "exit.no_cost": Case(
        invested_city(),
        [exit_("F1", "C1", 1, cost_out_fen=0), exit_("F1", "C2", 1, kind=ExitKind.LIQUIDATION)],
        [exit_("F1", "C1", 1, kind=ExitKind.IPO_SALE)],
        ["exit!cost_out_fen:2"],
    ),
    "exit.over_cost": Case(
        invested_city(),
        [
            exit_("F1", "C1", 1, transferred_ppm=500_000),
            exit_("F1", "C1", 1, "2024-01-01", cost_out_fen=wan(500)),
        ],
        [
            exit_("F1", "C1", 1, transferred_ppm=500_000),
            exit_("F1", "C1", 1, "2024-01-01", cost_out_fen=wan(500) + 1),
        ],
        ["exit!cost_out_fen:3"],
    ),
    "exit.nothing_held": Case(
        invested_city(),
        [
            exit_("F1", "C1", 900, transferred_ppm=1_000_000),
            exit_("F1", "C1", 5, "2024-01-01", kind=ExitKind.TRANSFER, cost_out_fen=0),
        ],
        [
            exit_("F1", "C1", 900, transferred_ppm=1_000_000),
            exit_("F1", "C1", 5, "2024-01-01", transferred_ppm=1),
        ],
        ["exit!transferred_ppm:3"],
    ),
    "membership.scope_missing": Case(
        [*base_city(), person("a")],
        [membership("a", Role.FUND_MANAGER, ScopeKind.FUND, "F1")],
        [membership("a", Role.PARK_OFFICIAL, ScopeKind.PARK)],
        ["membership!scope:2"],
    ),
    "membership.scope_unexpected": Case(
        [*base_city(), person("a")],
        [membership("a", Role.PARK_OFFICIAL, ScopeKind.PARK, "P1")],
        [membership("a", Role.AUDITOR, ScopeKind.CITY, "P1")],
        ["membership!scope:2"],
    ),
    "posts.mixed": Case(
        [person("a"), membership("a", Role.SYSTEM_ADMIN, to_date=day("2025-01-01"))],
        [membership("a", Role.AUDITOR, from_date=day("2025-01-01"))],
        [membership("a", Role.AUDITOR, from_date=day("2024-12-31"))],
        ["membership!role:3"],
    ),
    "posts.city_only": Case(
        [*base_city(), person("a")],
        [membership("a", Role.AUDIT_ADMIN)],
        [membership("a", Role.AUDIT_ADMIN, ScopeKind.PARK, "P1")],
        ["membership!scope_kind:2"],
    ),
    "fund.after_invest_end": Case(
        [
            *paid_city(),
            fund("X", invest_end=day("2022-12-31")),
            commitment("X", "LP1", 100),
            contribution("X", "LP1", 100, "2020-02-01"),
            investment("X", "C1", 10, "2022-06-01"),
        ],
        [investment("X", "C1", 10, "2023-01-01")],
        [investment("X", "C2", 10, "2023-01-01")],
        ["investment!paid_on:3"],
    ),
    "fund.after_exit_end": Case(
        [
            fund("X", exit_end=day("2023-12-31")),
            fund("Y", exit_end=day("2023-12-31"), extension_end=day("2025-12-31")),
            party("LP"),
            commitment("X", "LP", 100),
            commitment("Y", "LP", 100),
        ],
        [contribution("Y", "LP", 1, "2024-01-01")],
        [contribution("X", "LP", 1, "2024-01-01")],
        ["contribution!received_on:2"],
    ),
}
