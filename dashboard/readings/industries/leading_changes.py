"""Days in mid-life on which other industries began to lead in a park, and what that did to what is held today."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from dashboard.readings.industries.alignment_pieces import aligned_pieces
from dashboard.readings.industries.piece_cutter import AlignedPiece
from dashboard.readings.industries.tag_parts import TagMode, Weigher, take, without
from dashboard.readings.lasting_answers import keep_of_firms
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice

LEADING_CHANGE = "leading_change"
ONE_DAY = timedelta(days=1)


@keep_of_firms
def leading_change_rows(slice_: LedgerSlice, park: int, mode: TagMode) -> Sequence[Mapping[str, object]]:
    """A row for each day after the first on which the industries changed, by the as-of date.

    `gained` is the remaining cost that counts since that day and did not on the day before, `lost` what no
    longer counts; both are of the holdings of the as-of date.
    """
    return tuple(_rows(slice_, park, mode))


def _rows(slice_: LedgerSlice, park: int, mode: TagMode) -> Iterator[Mapping[str, object]]:
    facts, pieces = slice_.facts, aligned_pieces(slice_, mode)
    weigher = Weigher(facts, mode)
    for day in _days(facts, park):
        before, after = (facts.leading_on(park, one) for one in (day - ONE_DAY, day))
        if before == after or not before:
            continue
        moved = [_move(weigher, piece, park, day) for piece in pieces]
        yield {
            "table": LEADING_CHANGE,
            "day": day.isoformat(),
            "ended": _codes(facts, before - after),
            "became": _codes(facts, after - before),
            "gained": sum(gained for gained, _ in moved),
            "lost": sum(lost for _, lost in moved),
        }


def _days(facts: Facts, park: int) -> list[date]:
    rows = [row for row in facts.leading if row.park_id == park]
    days = {day for row in rows for day in (row.from_date, row.to_date) if day is not None}
    return sorted(day for day in days if day <= facts.as_of)


def _move(weigher: Weigher, piece: AlignedPiece, park: int, day: date) -> tuple[int, int]:
    """What of a holding's cost counts only since the day, and what only until then."""
    company = piece.firm.company
    before, after = (weigher.serving(company, park, one).spans for one in (day - ONE_DAY, day))
    cost = piece.by_cost.whole
    return take(without(after, before), cost), take(without(before, after), cost)


def _codes(facts: Facts, industries: frozenset[int]) -> list[str]:
    return sorted(facts.industries[one].code for one in industries if one in facts.industries)
