"""One industry across parks: who leads in it, which funds serve it, whose money is in it, firms, and its chain."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dashboard.readings.answers import Reading, print_ratio
from dashboard.readings.industries.alignment import read_alignment
from dashboard.readings.industries.alignment_pieces import AlignedPiece, aligned_pieces, industry_of
from dashboard.readings.industries.chain_map import chain_rows
from dashboard.readings.industries.industry_list import branch_of, read_industries
from dashboard.readings.industries.industry_places import ParkShares, place_rows, rival_rows, spread_row
from dashboard.readings.industries.tag_parts import TagMode
from dashboard.readings.lasting_answers import keep_of_firms
from dashboard.readings.money.capital import CapitalClass
from dashboard.readings.money.sources import fund_sources, split_by_source
from dashboard.readings.portfolio.holdings import held_firms
from funds.kinds import Basis, Confirmation
from funds.queries.facts import Tag
from funds.queries.ledger_slice import LedgerSlice

EDITION, NATIONAL, FUND = "industry_edition", "industry_national", "industry_fund"
MONEY, FIRM = "industry_money", "industry_firm"
Rows = Iterator[Mapping[str, object]]


def read_industry(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> Reading:
    """The alignment of what is held in the industry, AL08 and AL09, and every table of its page.

    Funds, firms and money are those of the funds that the person may see, each as a whole, in the industry
    and below it; of the other parks only who leads, and the spread of the share of cost.
    """
    alignment = replace(read_alignment(slice_, mode), rows=())
    rows = tuple(industry_rows(slice_, mode))
    return replace(alignment, report="industry", rows=rows)


def answer_industry(slice_: LedgerSlice, mode: TagMode = TagMode.PRIMARY) -> Reading:
    """One industry, or for the city the list of them."""
    return read_industries(slice_, mode) if industry_of(slice_) is None else read_industry(slice_, mode)


def industry_rows(slice_: LedgerSlice, mode: TagMode) -> Rows:
    """Every table of the industry, one after the other."""
    yield from _rows_before_money(slice_, mode)
    yield from _money_rows(slice_, _list_pieces(slice_, mode))
    yield from _rows_after_money(slice_, mode)


def _list_pieces(slice_: LedgerSlice, mode: TagMode) -> list[AlignedPiece]:
    """What is held: a firm that only a tag which does not speak puts here has nothing in it."""
    return [piece for piece in aligned_pieces(slice_, mode) if piece.cost or piece.value]


@keep_of_firms
def _rows_before_money(slice_: LedgerSlice, mode: TagMode) -> Sequence[Mapping[str, object]]:
    return tuple(_describe(slice_, mode))


@keep_of_firms
def _rows_after_money(slice_: LedgerSlice, mode: TagMode) -> Sequence[Mapping[str, object]]:
    branch = branch_of(slice_, industry_of(slice_) or 0)
    return (*_firm_rows(slice_, branch, _list_pieces(slice_, mode)), *chain_rows(slice_))


def _describe(slice_: LedgerSlice, mode: TagMode) -> Rows:
    industry = industry_of(slice_) or 0
    branch, shares = branch_of(slice_, industry), ParkShares(slice_, industry, mode)
    yield from (row for row in read_industries(slice_, mode).rows if row["code"] in slice_.scope.codes)
    yield from _edition_rows(slice_, industry)
    yield from _national_rows(slice_, industry)
    yield from place_rows(slice_, branch, shares)
    yield spread_row(slice_, branch, shares)
    yield from rival_rows(slice_, branch, shares)
    yield from _fund_rows(slice_, branch, _list_pieces(slice_, mode))


def _edition_rows(slice_: LedgerSlice, industry: int) -> Rows:
    """What each edition of the city's list says of it."""
    industries = {one.industry_id: one.code for one in slice_.facts.chains.editions}
    for one in slice_.facts.chains.editions:
        if one.industry_id == industry:
            yield {
                "table": EDITION,
                "row": one.id,
                "label": one.name,
                "parent": None if one.parent_id is None else industries.get(one.parent_id),
                "category": str(one.category),
                "aliases": one.aliases,
                "from": one.from_date.isoformat() if one.from_date else None,
                "to": one.to_date.isoformat() if one.to_date else None,
                "paper": one.basis,
                "is_standing": one.holds_on(slice_.as_of),
            }


def _national_rows(slice_: LedgerSlice, industry: int) -> Rows:
    """National codes of the industry, then those of its segments."""
    chains, segments = slice_.facts.chains, slice_.facts.segments
    for table, rows in (
        ("industry_crosswalk", chains.of_industries),
        ("segment_crosswalk", chains.of_segments),
    ):
        for one in rows:
            segment = segments.get(one.segment_id) if one.segment_id is not None else None
            if one.industry_id == industry or (segment is not None and segment.industry_id == industry):
                yield {
                    "table": NATIONAL,
                    "row": one.id,
                    "kept_in": table,
                    "national_code": one.national_code,
                    "national_name": chains.name_code(one.national_code),
                    "segment": segment.code if segment else None,
                    "segment_name": segment.name if segment else None,
                    "match_partial": one.is_partial,
                    "match_unchecked": one.confirmation is Confirmation.UNCHECKED,
                    "paper": one.basis,
                }


def _fund_rows(slice_: LedgerSlice, branch: frozenset[int], pieces: Sequence[AlignedPiece]) -> Rows:
    """Funds that declare the industry or hold something in it, the most cost first."""
    facts = slice_.facts
    inside: Counter[int] = Counter()
    value: Counter[int] = Counter()
    firms: dict[int, set[int]] = {}
    for piece in pieces:
        inside[piece.firm.fund] += piece.cost
        value[piece.firm.fund] += piece.value
        firms.setdefault(piece.firm.fund, set()).add(piece.firm.company)
    whole: Counter[int] = Counter()
    for firm in held_firms(slice_):
        whole[firm.fund] += firm.course.cost
    declares = {fund.id for fund in slice_.readable_funds if fund.fields & branch}
    for fund in sorted(declares | firms.keys(), key=lambda one: (-inside[one], facts.funds[one].code)):
        parks = [park for park in facts.funds[fund].shares if park is not None]
        yield {
            "table": FUND,
            "fund": facts.funds[fund].code,
            "fund_name": facts.funds[fund].name,
            "parks": sorted(facts.parks[park].code for park in parks if park in facts.parks),
            "declares": fund in declares,
            "firms": len(firms.get(fund, ())),
            "cost": inside[fund],
            "fair_value": value[fund],
            "share": print_ratio(inside[fund], whole[fund]) if whole[fund] else None,
            "reason": None if whole[fund] else "alignment.no_holdings",
        }


def _money_rows(slice_: LedgerSlice, pieces: Sequence[AlignedPiece]) -> Rows:
    """The cost by whose money it is in the end, to the fen: each fund's part as its own paid-in money is.

    The part of funds whose money cannot be looked through stands apart, with the reason.
    """
    costs: Counter[int] = Counter()
    for piece in pieces:
        costs[piece.firm.fund] += piece.cost
    found = fund_sources(slice_, Basis.PAID_IN)
    clear = [fund for fund in sorted(costs) if costs[fund] and found.reason_of([fund]) is None]
    split = split_by_source(found, clear, [costs[fund] for fund in clear])
    for kind in CapitalClass:
        if kind is not CapitalClass.FUND:
            yield {"table": MONEY, "nature": str(kind), "cost": split.of(kind), "reason": None}
    for fund in sorted(costs):
        if costs[fund] and (reason := found.reason_of([fund])):
            row = {"table": MONEY, "nature": None, "fund": slice_.facts.funds[fund].code}
            yield row | {"cost": costs[fund], "reason": reason}


def _firm_rows(slice_: LedgerSlice, branch: frozenset[int], pieces: Sequence[AlignedPiece]) -> Rows:
    """A row for each firm and fund, whatever parks share the fund; the most cost first."""
    facts = slice_.facts
    costs: Counter[tuple[int, int]] = Counter()
    values: Counter[tuple[int, int]] = Counter()
    for piece in pieces:
        key = piece.firm.company, piece.firm.fund
        costs[key] += piece.cost
        values[key] += piece.value
    for company, fund in sorted(costs, key=lambda one: (-costs[one], one)):
        firm = facts.companies[company]
        park = facts.parks.get(firm.park_id) if firm.park_id is not None else None
        yield {
            "table": FIRM,
            "company": firm.code,
            "company_name": firm.name,
            "park": park.code if park else None,
            "park_name": park.name if park else None,
            "fund": facts.funds[fund].code,
            "segments": _segments_of(slice_, facts.tags.get(company, ()), branch),
            "cost": costs[company, fund],
            "fair_value": values[company, fund],
        }


def _segments_of(slice_: LedgerSlice, tags: Sequence[Tag], branch: frozenset[int]) -> list[str]:
    segments = slice_.facts.segments
    named = (tag.segment_id for tag in tags if tag.industry_id in branch)
    return sorted(segments[one].name for one in named if one is not None and one in segments)
