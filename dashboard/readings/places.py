"""The city, a park or a fund in one answer: money, leverage, returns and alignment side by side."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from dashboard.readings.answers import Figure, Reading
from dashboard.readings.industries.alignment import AlignmentView, TagMode, read_alignment
from dashboard.readings.industries.cube import cube_rows
from dashboard.readings.industries.medians import median_rows
from dashboard.readings.industries.park_layout import layout_rows
from dashboard.readings.industries.park_view import park_rows
from dashboard.readings.industries.six_ones import six_ones_figures, six_ones_rows
from dashboard.readings.kept_answers import keep_answer
from dashboard.readings.kept_by_lines import keep_by_lines
from dashboard.readings.lasting_answers import timeless
from dashboard.readings.money.funnel import funnel_rows
from dashboard.readings.money.leverage import LeverageOptions, read_leverage
from dashboard.readings.money.money_flow_tiers import read_tier_flow, tier_rows
from dashboard.readings.portfolio.certainty import read_certainty
from dashboard.readings.portfolio.fund_file import fund_file_rows
from dashboard.readings.returns.net_assets import NetAssetValues
from dashboard.readings.returns.performance import performance_figures, read_performance
from dashboard.readings.returns.pools import work_out
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
    "PF05",
    "PF08",
    "PF09",
    "PF16",
    "PF17",
    "AL01",
    "AL02",
    "AL03",
    "AL04",
    "AL12",
)


def read_city(
    slice_: LedgerSlice,
    options: LeverageOptions | None = None,
    mode: TagMode = TagMode.PRIMARY,
    *,
    look_through: bool = False,
) -> Reading:
    """The city's figures, a row for each park with their medians, the funnel, the flow, and what is uncertain."""
    found = _read_city(timeless(slice_), options, mode, look_through=look_through)
    return replace(
        found,
        version=slice_.version,
        figures=(*found.figures, *six_ones_figures(slice_)),
        rows=(*found.rows, *six_ones_rows(slice_, mode)),
    )


@keep_answer
def _read_city(
    slice_: LedgerSlice, options: LeverageOptions | None, mode: TagMode, *, look_through: bool
) -> Reading:
    """All but what parks file."""
    parks = sorted(slice_.facts.parks.values(), key=lambda park: park.code)
    rows = [_row(slice_, park_scope(park.code), park.name, options, mode) for park in parks]
    figures = _figures(slice_, options, mode, look_through=look_through)
    reading = Reading("city", slice_.scope.label, slice_.as_of, slice_.version, figures)
    more = _city_rows(slice_, reading, rows)
    return replace(
        reading,
        rows=(*_named("park", rows), *more, *cube_rows(slice_, mode), *layout_rows(slice_)),
    )


@keep_answer
def read_park(
    slice_: LedgerSlice,
    options: LeverageOptions | None = None,
    mode: TagMode = TagMode.PRIMARY,
    *,
    look_through: bool = False,
    since: date | None = None,
) -> Reading:
    """A park's figures with a row for each of its funds, each as a whole, and the tables of the park's page."""
    rows = tuple(
        _row(slice_, fund_scope(fund.code), fund.name, options, mode) | {"share_ppm": _share(slice_, fund.id)}
        for fund in slice_.member_funds
    )
    return Reading(
        "park",
        slice_.scope.label,
        slice_.as_of,
        slice_.version,
        (*_figures(slice_, options, mode, look_through=look_through, since=since), *six_ones_figures(slice_)),
        (*rows, *park_rows(slice_, AlignmentView(mode, look_through, since)), *six_ones_rows(slice_, mode)),
    )


@keep_answer
def read_fund(
    slice_: LedgerSlice,
    options: LeverageOptions | None = None,
    mode: TagMode = TagMode.PRIMARY,
    *,
    look_through: bool = False,
) -> Reading:
    """A fund's (or a selection's) figures with a row for each of its holdings, and the tables of its file."""
    rows = (*read_alignment(slice_, mode, look_through=look_through).rows, *fund_file_rows(slice_))
    figures = _figures(slice_, options, mode, look_through=look_through)
    return Reading("fund", slice_.scope.label, slice_.as_of, slice_.version, figures, rows)


def _city_rows(
    slice_: LedgerSlice, reading: Reading, parks: list[dict[str, object]]
) -> Iterator[dict[str, object]]:
    yield from _named("park_median", median_rows(parks))
    yield from funnel_rows(slice_, reading)
    yield from tier_rows(slice_)
    for part in (read_tier_flow(slice_), read_certainty(slice_)):
        yield from map(dict, part.rows)


def _named(table: str, rows: Iterable[dict[str, object]]) -> Iterator[dict[str, object]]:
    return ({"table": table, **row} for row in rows)


def _figures(
    slice_: LedgerSlice,
    options: LeverageOptions | None,
    mode: TagMode,
    *,
    look_through: bool = False,
    since: date | None = None,
) -> tuple[Figure, ...]:
    alignment = read_alignment(slice_, mode, look_through=look_through, since=since)
    parts = (read_leverage(slice_, options), read_performance(slice_), alignment)
    return tuple(figure for part in parts for figure in part.figures)


def _row_figures(slice_: LedgerSlice, options: LeverageOptions | None, mode: TagMode) -> Iterator[Figure]:
    """The same without the comparison with an index, which no row shows."""
    yield from read_leverage(slice_, options).figures
    yield from performance_figures(work_out(slice_, NetAssetValues.of_slice(slice_)), [])
    yield from read_alignment(slice_, mode).figures


def _share(slice_: LedgerSlice, fund: int) -> int:
    piece = slice_.members[fund]
    return piece.end - piece.start


def _row(
    slice_: LedgerSlice, scope: Scope, name: str, options: LeverageOptions | None, mode: TagMode
) -> dict[str, object]:
    """The headline figures of a narrower scope, by code and basis; `invested` is what PF16 counts."""
    # Whose money it is in the end stands in the lines of funds above the scope, too.
    tell = _tell_headlines if options is not None and options.look_through else _headlines
    return {"code": scope.codes[0], "name": name, **tell(slice_.narrow(scope), options, mode)}


@keep_by_lines
def _headlines(part: LedgerSlice, options: LeverageOptions | None, mode: TagMode) -> Mapping[str, object]:
    return _tell_headlines(part, options, mode)


def _tell_headlines(
    part: LedgerSlice, options: LeverageOptions | None, mode: TagMode
) -> Mapping[str, object]:
    row: dict[str, object] = {"scope": part.scope.label, "funds": len(part.members)}
    row["leading"] = _leading(part)
    for figure in _row_figures(part, options, mode):
        if figure.code not in HEADLINES:
            continue
        row[f"{figure.code}.{figure.basis}"] = figure.value
        if figure.value is None:
            row[f"{figure.code}.{figure.basis}.reason"] = figure.reason
        if figure.code == "PF16":
            row["invested"] = figure.numerator
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
