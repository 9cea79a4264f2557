"""The city, a park or a fund in one answer: money, leverage, returns and alignment side by side."""

from dashboard.readings.alignment import TagMode, read_alignment
from dashboard.readings.answers import Figure, Reading
from dashboard.readings.leverage import LeverageOptions, read_leverage
from dashboard.readings.performance import read_performance
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import Scope, fund_scope, park_scope

HEADLINES = (
    "LV00c",
    "LV01",
    "LV04",
    "LV05",
    "LV08",
    "PF01",
    "PF02",
    "PF03",
    "PF04",
    "PF08",
    "PF09",
    "AL01",
    "AL12",
)


def read_city(
    slice_: LedgerSlice, options: LeverageOptions | None = None, mode: TagMode = TagMode.PRIMARY
) -> Reading:
    """The city's figures with a row for each park."""
    parks = sorted(slice_.facts.parks.values(), key=lambda park: park.code)
    rows = tuple(_row(slice_, park_scope(park.code), park.name, options, mode) for park in parks)
    return Reading(
        "city", slice_.scope.label, slice_.as_of, slice_.version, _figures(slice_, options, mode), rows
    )


def read_park(
    slice_: LedgerSlice, options: LeverageOptions | None = None, mode: TagMode = TagMode.PRIMARY
) -> Reading:
    """A park's figures with a row for each of its funds, each as a whole with the park's share beside it."""
    rows = tuple(
        _row(slice_, fund_scope(fund.code), fund.name, options, mode) | {"share_ppm": _share(slice_, fund.id)}
        for fund in slice_.member_funds
    )
    return Reading(
        "park", slice_.scope.label, slice_.as_of, slice_.version, _figures(slice_, options, mode), rows
    )


def read_fund(
    slice_: LedgerSlice, options: LeverageOptions | None = None, mode: TagMode = TagMode.PRIMARY
) -> Reading:
    """A fund's (or a selection's) figures with a row for each of its holdings."""
    rows = read_alignment(slice_, mode).rows
    return Reading(
        "fund", slice_.scope.label, slice_.as_of, slice_.version, _figures(slice_, options, mode), rows
    )


def _figures(slice_: LedgerSlice, options: LeverageOptions | None, mode: TagMode) -> tuple[Figure, ...]:
    parts = (read_leverage(slice_, options), read_performance(slice_), read_alignment(slice_, mode))
    return tuple(figure for part in parts for figure in part.figures)


def _share(slice_: LedgerSlice, fund: int) -> int:
    piece = slice_.members[fund]
    return piece.end - piece.start


def _row(
    slice_: LedgerSlice, scope: Scope, name: str, options: LeverageOptions | None, mode: TagMode
) -> dict[str, object]:
    """The headline figures of a narrower scope, by code and basis."""
    part = slice_.narrow(scope)
    row: dict[str, object] = {
        "code": scope.codes[0],
        "name": name,
        "scope": scope.label,
        "funds": len(part.members),
    }
    row["leading"] = _leading(part)
    for figure in _figures(part, options, mode):
        if figure.code in HEADLINES:
            row[f"{figure.code}.{figure.basis}"] = figure.value
            if figure.value is None:
                row[f"{figure.code}.{figure.basis}.reason"] = figure.reason
    return row


def _leading(part: LedgerSlice) -> list[str]:
    """The leading industries of the part's parks, by rank."""
    parks = {park.id for park in part.facts.parks.values() if park.code in part.scope.codes}
    parks |= {owner for fund in part.members for owner in part.owners(fund) if owner is not None}
    rows = [row for row in part.facts.leading if row.park_id in parks and row.holds_on(part.as_of)]
    names = [
        part.facts.industries[row.industry_id].code
        for row in rows
        if row.industry_id in part.facts.industries
    ]
    return list(dict.fromkeys(names))
