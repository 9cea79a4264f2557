"""Every rule by number and message code, with how grave breaking it is; numbers are never used twice."""

from collections.abc import Mapping
from dataclasses import dataclass

from funds.problems import Problem, Severity


@dataclass(frozen=True)
class Rule:
    number: int
    code: str
    severity: Severity = Severity.FATAL

    @property
    def label(self) -> str:
        """`R023`."""
        return f"R{self.number:03d}"


_FATAL: Mapping[int, str] = {
    # what codes stand for
    1: "code.unknown",
    2: "code.not_this_kind",
    # the same row again
    10: "twin.changed",
    11: "twin.contradicted",
    12: "twin.corrected",
    # single values
    20: "amount.not_positive",
    21: "amount.negative",
    22: "amount.too_large",
    23: "share.out_of_range",
    24: "value.out_of_range",
    25: "value.too_long",
    26: "value.blank",
    27: "value.control_character",
    28: "day.in_future",
    29: "day.out_of_range",
    30: "day.out_of_order",
    31: "period.format",
    32: "quarter.format",
    33: "indicator.unknown",
    34: "claim.definition_unknown",
    35: "policy.value_or_words",
    36: "term.value_or_words",
    37: "ledger.wrong_sign",
    # parties, industries, parks
    40: "party.credit_code_taken",
    41: "ownership.self",
    42: "ownership.over_whole",
    43: "industry.cycle",
    44: "segment.cycle",
    45: "tag.over_whole",
    46: "tag.tie",
    47: "tag.two_primaries",
    48: "park_share.not_whole",
    49: "index.two_kinds",
    53: "segment_edge.self",
    54: "segment_edge.cycle",
    # funds, commitments, money of investors
    60: "fund.before_established",
    61: "fund.after_closed",
    62: "fund.never_set_up",
    63: "fund.own_investor",
    64: "commitment.no_transferee",
    65: "commitment.unexpected_transferee",
    66: "commitment.transfer_to_self",
    67: "commitment.negative",
    68: "notice.no_commitment",
    69: "notice.over_commitment",
    70: "notice.unknown",
    71: "paid_in.no_commitment",
    72: "paid_in.over_commitment",
    74: "distribution.recall_over_paid_in",
    75: "cash.negative",
    # rounds, holdings, exits
    80: "round.secondary_over_total",
    81: "round.secondary_differs",
    82: "round.sum_differs",
    83: "round.fund_differs",
    84: "deal.round_of_other_firm",
    85: "holding.none",
    86: "exit.write_off_amount",
    87: "exit.cost_not_moved",
    88: "exit.no_cost",
    89: "exit.over_cost",
    90: "exit.nothing_held",
    97: "project.out_of_order",
    98: "project.not_closed",
    # holdings that pass to another fund or become another instrument
    160: "holding_transfer.to_self",
    161: "conversion.nothing_paid",
    162: "conversion.same_instrument",
    # people
    100: "membership.scope_missing",
    101: "membership.scope_unexpected",
    102: "people.nobody_left",
    103: "posts.mixed",
    104: "posts.city_only",
    105: "posts.nobody_left",
    # corrections
    110: "correction.not_visible",
    111: "correction.fixed_column",
    112: "correction.no_change",
    113: "correction.no_entry",
    114: "correction.bad_value",
    # proposals
    140: "proposal.own_approval",
    141: "proposal.other_hand",
    142: "proposal.too_long",
    143: "proposal.nothing_new",
    144: "proposal.no_reason",
    # documents, papers, audit
    190: "document.empty",
    191: "document.too_large",
    192: "document.not_taken",
    193: "document.mismatch",
    194: "document.active",
    195: "document.damaged",
    196: "document.locked",
    197: "document.bad_name",
    198: "attachment.other_scope",
    199: "document.bomb",
    200: "paper.quarter_open",
    201: "paper.unknown_head",
    202: "paper.no_reason",
    203: "paper.other_hand",
    210: "audit.no_seed",
    211: "audit.wanted",
    212: "audit.nothing_drawn",
    213: "audit.line_differs",
    214: "audit.no_words",
    215: "audit.other_hand",
    # quarters: collection, locks, late entries
    150: "period.one_person",
    151: "period.not_ended",
    152: "period.checks_open",
    153: "reminder.filed",
    154: "control_total.not_mother",
    155: "late.noun",
    156: "late.other_fund",
    157: "late.not_needed",
    # figures of the six ones
    120: "indicator.wrong_unit",
    121: "indicator.out_of_range",
    122: "indicator.not_whole",
}
_WARNINGS: Mapping[int, str] = {
    15: "twin.alike",
    50: "party.same_name",
    51: "national_code.unknown",
    52: "tag.below_whole",
    55: "tag.proposed",
    56: "policy.proposed",
    76: "fund.after_invest_end",
    77: "fund.after_exit_end",
    91: "deal.paid_before_decision",
    92: "round.fund_not_listed",
}
RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in sorted(
        [Rule(number, code) for number, code in _FATAL.items()]
        + [Rule(number, code, Severity.WARNING) for number, code in _WARNINGS.items()],
        key=lambda rule: rule.number,
    )
}


def break_rule(code: str, where: str, params: Mapping[str, object]) -> Problem:
    """The problem of a broken rule, as grave as the catalogue says."""
    return Problem(code, where, RULES[code].severity, {name: str(value) for name, value in params.items()})
