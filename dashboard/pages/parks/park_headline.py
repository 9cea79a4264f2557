"""Sentences that say what a park's figures found."""

from collections.abc import Iterator
from fractions import Fraction

from dashboard.pages.parks.park_state import ParkState, Row
from dashboard.readings.industries.alignment_bases import COST
from dashboard.readings.industries.alignment_pieces import TagMode
from dashboard.readings.industries.comparison import QUANTILES
from dashboard.readings.industries.off_industry import OFF_INDUSTRY
from dashboard.readings.industries.park_view import LEADING
from dashboard.words.numbers import format_percent


def write_headline(state: ParkState) -> str:
    """What leads, what the funds have, whether their money serves it, and what does not."""
    clauses = (write_leading(state), _write_funds(state), write_share(state), *_write_off(state))
    return state.say("park.join").join(clauses) + state.say("park.stop")


def write_leading(state: ParkState) -> str:
    """The industries that lead, or that none does."""
    codes = [row["industry"] for row in state.rows(LEADING) if row["is_leading"]]
    if not codes:
        return state.say("park.says_no_leading")
    return state.say("park.says_leading", industries=state.names(codes))


def write_share(state: ParkState, basis: str = COST) -> str:
    """The share of cost in leading industries against the other parks' median, where that may be told."""
    figure = state.reading.figure("AL01", basis)
    if figure.numerator is None or not figure.denominator:
        return state.say("park.says_nothing_held")
    own = Fraction(figure.numerator, figure.denominator)
    share, median = format_percent(own), spread_of(state, "AL01", basis)["median"]
    if median is None:
        return state.say("park.says_share", share=share)
    other = format_percent(Fraction(median))
    if share == other:
        return state.say("park.says_equal", share=share)
    code = "park.says_above" if own > Fraction(median) else "park.says_below"
    return state.say(code, share=share, median=other)


def spread_of(state: ParkState, code: str, basis: str) -> Row:
    """How the other parks are spread in a measure."""
    (row,) = [row for row in state.rows(QUANTILES) if (row["code"], row["basis"]) == (code, basis)]
    return row


def write_outside(state: ParkState) -> str:
    """Whether projects lie outside, or some only in part because tags count by their weight."""
    return state.say("park.outside_partly" if state.mode is TagMode.FRACTIONAL else "park.outside")


def _write_funds(state: ParkState) -> str:
    if not state.slice.members:
        return state.say("park.says_no_funds")
    paid = state.reading.figure("PF02").value
    return state.say(
        "park.says_funds",
        count=len(state.slice.members),
        paid=state.amount(int(paid or 0)),
        invested=state.amount(state.reading.figure("PF16").numerator or 0),
    )


def _write_off(state: ParkState) -> Iterator[str]:
    if not state.reading.figure("AL01", "cost").denominator:
        return
    count = sum(row["is_off"] for row in state.rows(OFF_INDUSTRY))
    outside = write_outside(state)
    yield state.say("park.says_off", count=count, outside=outside) if count else state.say("park.says_all_in")
