"""LV12 and LV13: recognised local investment against what the contract asks of the government's money."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dashboard.readings.answers import Figure, absent, print_ratio, ratio
from dashboard.readings.money.capital import Capital, cut_to
from dashboard.readings.money.leverage_options import LeverageOptions
from dashboard.readings.money.policy_bands import Band, points_below
from dashboard.readings.money.synchrony import sum_public
from dashboard.readings.row_names import join_names
from funds.queries.facts import FundFacts, Term
from funds.queries.ledger_slice import LedgerSlice

TERM = "返投倍数"
MICRO = 1_000_000
PERCENT = 100
SCORE = "ndrc.LV13.points_"


@dataclass(frozen=True)
class LocalDuty:
    """What one fund owes and did, cut to the scope, in fen; `times_e6` is the multiple of its contract, if any."""

    fund: FundFacts
    public: int
    recognised: int
    times_e6: int | None
    clause: str | None
    rows: tuple[int, ...]

    @property
    def required(self) -> int:
        """What the contract asks for, rounded up to the fen."""
        return 0 if self.times_e6 is None else -(-self.public * self.times_e6 // MICRO)


def reinvestment_figures(slice_: LedgerSlice, capital: Capital, options: LeverageOptions) -> Iterator[Figure]:
    """LV12 over the funds that owe or did something; LV13 over all that hold money of the government's side."""
    basis = str(capital.basis)
    duties = list(local_duties(slice_, capital, options))
    owing = [one for one in duties if one.times_e6 is not None or one.recognised]
    names = tuple(f"local_investment:{row}" for one in owing for row in one.rows)
    owing_funds = {one.fund.id for one in owing}
    lines = [line for line in capital.lines if line.fund in owing_funds]
    recognised, public = sum(one.recognised for one in owing), sum(one.public for one in owing)
    if owing:
        figure = ratio("LV12", basis, recognised, public, "leverage.no_public_money", capital.entries(lines))
        parts = (("recognised", recognised), ("public", public), ("required", sum(d.required for d in owing)))
        yield replace(figure, entries=join_names(figure.entries, names), parts=parts)
    else:
        yield absent("LV12", basis, "leverage.no_local_duty")
    held = sum(one.public for one in duties)
    required = sum(one.required for one in duties)
    if any(one.times_e6 is not None for one in duties):
        asked = ratio("LV13", basis, required, held, "leverage.no_public_money", capital.entries())
        yield replace(asked, parts=(("required", required), ("public", held)))
    else:
        yield absent("LV13", basis, "leverage.no_local_term")


def reinvestment_rows(
    slice_: LedgerSlice, capital: Capital, options: LeverageOptions
) -> Iterator[Mapping[str, object]]:
    """One row for each fund with a term or something recognised: required, attained, and what is missing."""
    bands = _bands(slice_)
    for one in local_duties(slice_, capital, options):
        if one.times_e6 is None and not one.recognised:
            continue
        yield {
            "table": "reinvestment",
            "basis": str(capital.basis),
            "fund": one.fund.code,
            "name": one.fund.name,
            "public": one.public,
            "times_e6": one.times_e6,
            "clause": one.clause,
            "required": one.required if one.times_e6 is not None else None,
            "recognised": one.recognised,
            "missing": max(0, one.required - one.recognised) if one.times_e6 is not None else None,
            "is_met": None if one.times_e6 is None else one.recognised >= one.required,
            "LV12": print_ratio(one.recognised, one.public) if one.public > 0 else None,
            "LV13": None if one.times_e6 is None else print_ratio(one.times_e6, MICRO),
            "points": None if one.times_e6 is None else points_below(bands, one.times_e6, MICRO),
        }


def local_duties(slice_: LedgerSlice, capital: Capital, options: LeverageOptions) -> Iterator[LocalDuty]:
    """Each fund of the scope with the government's money in it on one basis."""
    recognised: Counter[int] = Counter()
    rows: dict[int, list[int]] = {}
    for one in slice_.facts.capital.local_investments:
        if one.fund_id in slice_.members:
            recognised[one.fund_id] += cut_to(slice_, one.fund_id, one.amount)
            rows.setdefault(one.fund_id, []).append(one.id)
    for fund in slice_.member_funds:
        public = sum_public(capital.by_fund.get(fund.id, ()), options)
        term = _term_of(slice_, fund.id)
        yield LocalDuty(
            fund,
            public,
            recognised[fund.id],
            None if term is None else _times(term),
            None if term is None else term.clause,
            tuple(rows.get(fund.id, ())),
        )


def _term_of(slice_: LedgerSlice, fund: int) -> Term | None:
    terms = slice_.facts.terms.get(fund, ())
    return next((term for term in terms if term.name == TERM and term.value_e6 is not None), None)


def _times(term: Term) -> int:
    value = term.value_e6 or 0
    return value // PERCENT if term.unit == "%" else value


def _bands(slice_: LedgerSlice) -> list[Band]:
    return Band.of_policy(slice_, SCORE)
