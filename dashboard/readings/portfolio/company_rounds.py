"""The rounds of a firm with everybody who put money into them, by nature of the money, checked against the total."""

from collections import Counter
from collections.abc import Iterator, Mapping

from dashboard.readings.money.capital import CapitalClass, InvestorClasses
from dashboard.readings.portfolio.company_ledger import company_of, papers_of
from dashboard.readings.portfolio.company_sources import SOURCES, trace_payments
from funds.kinds import ShareOrigin
from funds.queries.company_papers import RoundLine, RoundPaper
from funds.queries.facts import NamedThing
from funds.queries.ledger_slice import LedgerSlice

Rows = Iterator[Mapping[str, object]]
NATURES = tuple(CapitalClass)
UNLISTED = "unlisted"


def round_rows(slice_: LedgerSlice) -> Rows:
    """A row for each round, the oldest first: its total, what of it is new money, and whether the investors add up.

    `difference` is the total less what the investors listed come to; None where nobody is listed.
    """
    for paper in papers_of(slice_).rounds:
        lines = _lines_of(slice_, paper)
        listed = sum(line.amount_fen for line in lines)
        secondary = sum(line.amount_fen for line in lines if line.origin is ShareOrigin.SECONDARY)
        old = paper.secondary_fen if paper.secondary_fen is not None else secondary
        yield {
            "table": "company_round",
            "company": company_of(slice_).code,
            "round_code": paper.code,
            "name": paper.name,
            "closed_on": paper.closed_on.isoformat(),
            "round_total": paper.total_fen,
            "new_money": paper.total_fen - old,
            "old_shares": old,
            "loan_beside": paper.loan_fen,
            "post_money": paper.post_money_fen,
            "investors": len({line.investor_id for line in lines}),
            "listed_sum": listed if lines else None,
            "difference": paper.total_fen - listed if lines else None,
            "ledger_row": paper.id,
        }


def round_nature_rows(slice_: LedgerSlice) -> Rows:
    """A row for each round and nature: new money and money for old shares as the investors themselves are.

    `looked_through` splits what a fund in sight paid in the round as that fund's own money was; other funds
    stay what they are. `unlisted` is a nature of its own here: what of a total nobody is listed for. Each
    round's natures sum to its total in both columns, to the fen.
    """
    classes = InvestorClasses(slice_)
    for paper in papers_of(slice_).rounds:
        sums: Counter[tuple[str, ShareOrigin]] = Counter()
        for line in _lines_of(slice_, paper):
            sums[str(classes.of(line.investor_id)[0]), line.origin] += line.amount_fen
        traced = _trace_round(slice_, paper)
        rest = paper.total_fen - sum(sums.values())
        for nature in map(str, NATURES):
            primary, secondary = sums[nature, ShareOrigin.PRIMARY], sums[nature, ShareOrigin.SECONDARY]
            yield _nature_row(paper, nature, (primary, secondary), primary + secondary + traced[nature])
        if rest:
            listed_old = sum(fen for (_, origin), fen in sums.items() if origin is ShareOrigin.SECONDARY)
            old = (paper.secondary_fen or listed_old) - listed_old
            yield _nature_row(paper, UNLISTED, (rest - old, old), rest)


def _trace_round(slice_: LedgerSlice, paper: RoundPaper) -> Counter[str]:
    """By how much each nature grows, and funds shrink, when the payments of this round are looked through."""
    deals = {deal.entry_id: deal.round_id for deal in papers_of(slice_).deals}
    listed = {InvestorClasses(slice_).fund_of(line.investor_id) for line in _lines_of(slice_, paper)}
    moved: Counter[str] = Counter()
    for payment in trace_payments(slice_):
        if deals.get(payment.entry) != paper.round_id or payment.parts is None or payment.fund not in listed:
            continue
        for (kind, _), part in zip(SOURCES, payment.parts, strict=True):
            moved[str(kind)] += part
        moved[str(CapitalClass.FUND)] -= payment.amount
    return moved


def round_investor_rows(slice_: LedgerSlice) -> Rows:
    """A row for each investor of each round: natures in order, larger amounts first; `is_own` marks a fund in sight."""
    classes = InvestorClasses(slice_)
    for paper in papers_of(slice_).rounds:
        lines = _lines_of(slice_, paper)
        lines.sort(key=lambda one: (NATURES.index(classes.of(one.investor_id)[0]), -one.amount_fen, one.id))
        for line in lines:
            yield _investor_row(slice_, classes, paper, line)


def _investor_row(
    slice_: LedgerSlice, classes: InvestorClasses, paper: RoundPaper, line: RoundLine
) -> Mapping[str, object]:
    kind, level = classes.of(line.investor_id)
    fund = classes.fund_of(line.investor_id)
    nature = slice_.facts.natures.get(line.investor_id)
    party = _party(slice_, line.investor_id, fund)
    return {
        "table": "company_investor",
        "round_code": paper.code,
        "code": party.code if party else None,
        "name": party.name if party else None,
        "nature": str(kind),
        "level": None if level is None else str(level),
        "sub_type": None if nature is None or fund is not None else nature.sub_type,
        "amount": line.amount_fen,
        "share_origin": str(line.origin),
        "is_fund_seen": fund in slice_.members,
    }


def _lines_of(slice_: LedgerSlice, paper: RoundPaper) -> list[RoundLine]:
    return [line for line in papers_of(slice_).lines if line.round_id == paper.round_id]


def _party(slice_: LedgerSlice, party: int, fund: int | None) -> NamedThing | None:
    """The investor by code and name, which for a fund of the book are the fund's."""
    return slice_.facts.parties.get(party) if fund is None else slice_.facts.funds[fund]


def _nature_row(
    paper: RoundPaper, nature: str, money: tuple[int, int], looked_through: int
) -> Mapping[str, object]:
    return {
        "table": "company_round_nature",
        "round_code": paper.code,
        "nature": nature,
        "new_money": money[0],
        "old_shares": money[1],
        "amount": sum(money),
        "looked_through": looked_through,
    }
