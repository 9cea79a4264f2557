"""Where the scope's money went: fund → firm → link of the industry's chain, by the firm's main tag, to the fen."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.readings.industries.alignment_pieces import PaidPiece, TagMode, main_tag, paid_pieces
from dashboard.readings.lasting_answers import keep_of_firms
from funds.queries.attribution import WHOLE
from funds.queries.facts import Facts
from funds.queries.ledger_slice import LedgerSlice

SEGMENT_FLOW = "segment_flow"
ALL_TIME, THIS_YEAR = "amount", "amount_this_year"


@dataclass(frozen=True)
class Band:
    """An amount that runs from a fund through a firm into a link of a chain; no firm stands for the small ones."""

    fund: str
    company: str | None
    industry: str | None
    segment: str | None
    is_leading: bool
    amount: int


@keep_of_firms
def segment_flow_rows(slice_: LedgerSlice) -> Sequence[Mapping[str, object]]:
    """A row for each fund and firm: all that was ever paid in, and what of it falls into the as-of year.

    Both are what was paid, not what is still held; a firm belongs to one industry here in every mode,
    because a yuan flows once.
    """
    sums: dict[tuple[int, int], list[PaidPiece]] = {}
    for piece in paid_pieces(slice_, TagMode.PRIMARY):
        sums.setdefault((piece.fund, piece.company), []).append(piece)
    rows = [_row(slice_, fund, company, pieces) for (fund, company), pieces in sums.items()]
    rows.sort(key=lambda row: (-_amount(row, ALL_TIME), str(row["company"]), str(row["fund"])))
    return tuple(rows)


@dataclass(frozen=True)
class LinkTotal:
    """What went into one link of a chain, and whether it serves a leading industry."""

    industry: str | None
    segment: str | None
    is_leading: bool
    amount: int


def total_links(rows: Iterable[Mapping[str, object]], amount: str) -> list[LinkTotal]:
    """The links by what went into them, the largest first."""
    sums: Counter[tuple[str | None, str | None, bool]] = Counter()
    for row in rows:
        sums[_text(row["industry"]), _text(row["segment"]), bool(row["is_leading"])] += _amount(row, amount)
    links = [LinkTotal(*key, total) for key, total in sums.items() if total]
    return sorted(links, key=lambda link: (-link.amount, link.industry or "", link.segment or ""))


def group_small(rows: Iterable[Mapping[str, object]], amount: str, most: int) -> tuple[list[Band], int]:
    """The bands of the firms with the largest amounts; the others as one, and how many those are."""
    kept = [row for row in rows if _amount(row, amount) > 0]
    by_firm: Counter[str] = Counter()
    for row in kept:
        by_firm[str(row["company"])] += _amount(row, amount)
    ranked = sorted(by_firm, key=lambda code: (-by_firm[code], code))
    # One firm more costs no more room than a group of one.
    large = set(ranked if len(ranked) <= most + 1 else ranked[:most])
    bands: Counter[Band] = Counter()
    for row in kept:
        code = str(row["company"])
        key = Band(
            str(row["fund"]),
            code if code in large else None,
            _text(row["industry"]),
            _text(row["segment"]),
            bool(row["is_leading"]),
            0,
        )
        bands[key] += _amount(row, amount)
    merged = [Band(**{**vars(band), "amount": total}) for band, total in bands.items()]
    return sorted(merged, key=lambda band: -band.amount), len(ranked) - len(large)


def _row(slice_: LedgerSlice, fund: int, company: int, pieces: Sequence[PaidPiece]) -> dict[str, object]:
    facts = slice_.facts
    industry, segment = place_firm(facts, company)
    this_year = [piece.amount for piece in pieces if piece.day.year == slice_.as_of.year]
    return {
        "table": SEGMENT_FLOW,
        "fund": facts.funds[fund].code,
        "company": facts.companies[company].code,
        "name": facts.companies[company].name,
        "industry": industry,
        "segment": segment,
        "is_leading": pieces[0].weight_ppm == WHOLE,
        ALL_TIME: sum(piece.amount for piece in pieces),
        THIS_YEAR: sum(this_year),
    }


def place_firm(facts: Facts, company: int) -> tuple[str | None, str | None]:
    """The industry and the link of the chain that a firm's main tag names."""
    main = main_tag(facts.tags.get(company, ()))
    if main is None or main.industry_id not in facts.industries:
        return None, None
    segment = facts.segments.get(main.segment_id) if main.segment_id is not None else None
    return facts.industries[main.industry_id].code, segment.code if segment else None


def _amount(row: Mapping[str, object], key: str) -> int:
    return int(str(row[key]))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
