"""Four lenses side by side: promised or paid in, at the funds or in the firms, with the band each share lies in."""

from collections.abc import Iterator, Mapping

from dashboard.readings.answers import print_ratio
from dashboard.readings.money.capital import Capital
from dashboard.readings.money.deployed_money import deployed_sides
from dashboard.readings.money.industry_firms import scope_firms
from dashboard.readings.money.leverage import outside_lines, seen_sides
from dashboard.readings.money.leverage_options import LeverageOptions, Sides, take_sides
from dashboard.readings.money.policy_bands import Band, stand_in
from funds.queries.ledger_slice import LedgerSlice

SCORE = "ndrc.LV05.points_"
FUND, PROJECT = "fund", "project"


def lens_rows(
    slice_: LedgerSlice, capital: Capital, options: LeverageOptions
) -> Iterator[Mapping[str, object]]:
    """The two lenses of one basis: the money in the funds, and what of it reached firms; of firms alone the second."""
    bands = Band.of_policy(slice_, SCORE)
    if scope_firms(slice_) is not None:
        yield _row(PROJECT, capital, *deployed_sides(slice_, capital.basis, options), bands)
        return
    if options.look_through:
        sides, reason = seen_sides(slice_, capital, options)
    else:
        lines = outside_lines(capital)
        pieces = [(line.capital_class, line.level, line.outside) for line in lines]
        sides, reason = take_sides(pieces, options), None
    yield _row(FUND, capital, sides, reason, bands)
    yield _row(PROJECT, capital, *deployed_sides(slice_, capital.basis, options), bands)


def _row(
    level: str, capital: Capital, sides: Sides, reason: str | None, bands: list[Band]
) -> Mapping[str, object]:
    row: dict[str, object] = {"table": "lens", "lens": level, "basis": str(capital.basis), "reason": reason}
    if reason is not None:
        return row
    if sides.fiscal <= 0:
        row["reason"] = "leverage.no_fiscal"
    return row | {
        "social": sides.social,
        "fiscal": sides.fiscal,
        "state_owned": sides.state_owned,
        "undetermined": sides.undetermined,
        "total": sides.size,
        "LV04": print_ratio(sides.social, sides.fiscal) if sides.fiscal > 0 else None,
        "LV05": print_ratio(sides.social, sides.size) if sides.size > 0 else None,
        **band_fields(bands, sides.social, sides.size),
    }


def band_fields(bands: list[Band], social: int, size: int) -> dict[str, object]:
    """The band of a share with its paper, and what is missing to the next one; nothing without bands or money."""
    if not bands or size <= 0:
        return {}
    found = stand_in(bands, social, size)
    return {
        "points": found.points,
        "next_points": None if found.next is None else found.next.points,
        "next_percent_e6": None if found.next is None else found.next.percent_e6,
        "to_add": found.to_add,
        "to_replace": found.to_replace,
        "is_checked": all(band.is_checked for band in bands),
        "document": bands[0].document,
    }
