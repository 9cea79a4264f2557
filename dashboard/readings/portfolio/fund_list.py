"""Every fund of a scope in one line each: what it is, its money, its returns, its leverage and its alignment."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.readings.answers import Figure
from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.kept_by_lines import keep_by_lines
from dashboard.readings.money.leverage import read_leverage
from dashboard.readings.returns.performance import read_performance
from funds.queries.facts import FundFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.scopes import fund_scope

# The figures of a line, each with the only basis that is shown of it (None: whichever its value rests on).
LISTED: tuple[tuple[str, str | None], ...] = (
    ("PF01", None),
    ("PF02", None),
    ("PF16", None),
    ("PF03", None),
    ("PF04", None),
    ("PF06", None),
    ("PF08", None),
    ("PF09", None),
    ("LV04", "paid_in"),
    ("AL01", "cost"),
)


@dataclass(frozen=True)
class ListedFund:
    """A fund as a whole with its figures by code."""

    fund: FundFacts
    scope: str
    figures: Mapping[str, Figure]


def list_funds(slice_: LedgerSlice) -> tuple[ListedFund, ...]:
    """The funds of the scope by code, each as a whole; the same figures as `report fund` gives."""
    return tuple(_list_fund(slice_.narrow(fund_scope(fund.code))) for fund in slice_.member_funds)


def fund_list_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """The list as rows of a report."""
    for listed in list_funds(slice_):
        row: dict[str, object] = {"table": "funds", "fund": listed.fund.code, "name": listed.fund.name}
        for code, figure in listed.figures.items():
            row |= {f"{code}.{figure.basis}": figure.value}
            if figure.value is None:
                row |= {f"{code}.{figure.basis}.reason": figure.reason}
        yield row


@keep_by_lines
def _list_fund(part: LedgerSlice) -> ListedFund:
    (fund,) = part.member_funds
    readings = {"PF": read_performance(part), "LV": read_leverage(part), "AL": read_alignment(part)}
    figures = {code: readings[code[:2]].figure(code, basis) for code, basis in LISTED}
    return ListedFund(fund, part.scope.label, figures)
