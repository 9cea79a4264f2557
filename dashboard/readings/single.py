"""One figure by its code, basis and scope, worked out anew: what a passport shows."""

from dataclasses import dataclass

from dashboard.readings.alignment import read_alignment
from dashboard.readings.answers import Figure, Reading
from dashboard.readings.leverage import LeverageOptions, read_leverage
from dashboard.readings.net_assets import NetAssetValues
from dashboard.readings.performance import read_performance, work_out
from funds.errors import NotFound
from funds.queries.ledger_slice import LedgerSlice
from valuation import Rate

NET_RATE, GROSS_RATE = "PF09", "PF10"


@dataclass(frozen=True)
class SingleFigure:
    """A figure with its reading's day, version and scope; of a rate also how it was found."""

    figure: Figure
    scope: str
    version: int
    rate: Rate | None = None


def read_single(
    slice_: LedgerSlice, code: str, basis: str, options: LeverageOptions | None = None
) -> SingleFigure:
    """The figure of a code and basis; one that no reading gives is refused."""
    reading = _reading_of(slice_, code, options)
    try:
        figure = reading.figure(code, basis)
    except KeyError as fault:
        raise NotFound("definition.not_found", definition=f"{code} {basis}"[:40]) from fault
    rate = _rate_of(slice_, code) if code in (NET_RATE, GROSS_RATE) else None
    return SingleFigure(figure, slice_.scope.label, slice_.version, rate)


def _reading_of(slice_: LedgerSlice, code: str, options: LeverageOptions | None) -> Reading:
    if code.startswith("LV"):
        return read_leverage(slice_, options)
    return read_performance(slice_) if code.startswith("PF") else read_alignment(slice_)


def _rate_of(slice_: LedgerSlice, code: str) -> Rate:
    pool = work_out(slice_, NetAssetValues(slice_))
    if code == NET_RATE:
        return pool.net.ending(slice_.as_of, pool.nav).rate()
    return pool.gross.ending(slice_.as_of, pool.held).rate()
