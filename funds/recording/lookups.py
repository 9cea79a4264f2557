"""Looks up the codes of drafts, all at once, and reports those that stand for nothing."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from sqlalchemy import Connection

from funds.drafts import Draft, ExitDraft, MarkDraft
from funds.drafts.holdings import ConversionDraft
from funds.models import Holding
from funds.queries.codes import (
    Known,
    KnownBody,
    KnownRound,
    known_companies,
    known_funds,
    known_industries,
    known_parks,
    known_parties,
    known_people,
    known_rounds,
    known_segments,
)
from funds.recording.identities import Pair, read_pairs
from funds.recording.sieve import Sieve, codes_in, codes_of

D = TypeVar("D", bound=Draft)
H = TypeVar("H", ExitDraft, MarkDraft, ConversionDraft)
K = TypeVar("K", bound=Known)
NOBODY = -1  # an impossible id, for what a faulty draft refers to
LookUp = Callable[[Connection, int, Iterable[str]], dict[str, K]]


def look_up(
    sieve: Sieve[D], query: LookUp[K], make_nobody: Callable[[int, str], K], *fields: str
) -> dict[str, K]:
    """What the codes in some fields stand for.

    Drafts with an unknown one are reported; a stand-in with an impossible id takes its place, so that the
    rest of such a draft can still be judged.
    """
    codes = codes_of(sieve.drafts, *fields)
    found = query(sieve.change.connection, sieve.change.version, codes)
    known = {code: identity for code, identity in found.items() if identity.is_visible}
    if len(known) < len(codes):
        _report_unknown(sieve, known, *fields)
    return {code: known.get(code) or make_nobody(-place, code) for place, code in enumerate(codes, 1)}


def look_up_funds(sieve: Sieve[D], *fields: str) -> dict[str, KnownBody]:
    """Funds by code."""
    return look_up(sieve, known_funds, _no_body, *fields)


def look_up_companies(sieve: Sieve[D], *fields: str) -> dict[str, KnownBody]:
    """Firms by code."""
    return look_up(sieve, known_companies, _no_body, *fields)


def look_up_parties(sieve: Sieve[D], *fields: str) -> dict[str, Known]:
    """Parties of any kind by code."""
    return look_up(sieve, known_parties, _nobody, *fields)


def look_up_industries(sieve: Sieve[D], *fields: str) -> dict[str, Known]:
    """Industries by code."""
    return look_up(sieve, known_industries, _nobody, *fields)


def look_up_parks(sieve: Sieve[D], *fields: str) -> dict[str, Known]:
    """Parks by code."""
    return look_up(sieve, known_parks, _nobody, *fields)


def look_up_rounds(sieve: Sieve[D], *fields: str) -> dict[str, KnownRound]:
    """Rounds by code."""
    return look_up(sieve, known_rounds, _no_round, *fields)


def look_up_people(sieve: Sieve[D], *fields: str) -> dict[str, Known]:
    """People by sign-in name."""
    return look_up(sieve, known_people, _nobody, *fields)


def look_up_segments(
    sieve: Sieve[D], industries: Mapping[str, Known], *pairs: tuple[str, str]
) -> dict[tuple[int, str], int]:
    """Links of chains by industry id and code; `pairs` are the fields of an industry and of its link.

    An industry that is left blank is that of the draft's field `industry`.
    """
    change = sieve.change
    known = known_segments(change.connection, change.version, [one.id for one in industries.values()])
    found = {pair: segment.id for pair, segment in known.items() if segment.is_visible}
    for draft in sieve.sound():
        for industry_field, field in pairs:
            code: str | None = getattr(draft, field)
            industry: str = getattr(draft, industry_field) or getattr(draft, "industry")  # noqa: B009
            if code is not None and (industries[industry].id, code) not in found:
                sieve.report_unknown(draft, field, {"code": code}, f"segment/{industry}/{code}")
    return found


def _nobody(row_id: int, code: str) -> Known:
    return Known(row_id, code, False)


def _no_body(row_id: int, code: str) -> KnownBody:
    return KnownBody(row_id, code, False, row_id)


def _no_round(row_id: int, code: str) -> KnownRound:
    return KnownRound(row_id, code, False, None)


def look_up_holdings(
    sieve: Sieve[H], funds: Mapping[str, KnownBody], companies: Mapping[str, KnownBody]
) -> dict[Pair, int]:
    """The holdings that sound drafts of a fund and a firm speak of, by the ids of the two."""
    fund_ids = [funds[draft.fund].id for draft in sieve.sound()]
    holdings = read_pairs(sieve.change, Holding, ("fund_id", "company_id"), fund_ids)
    for draft in sieve.sound():
        if (funds[draft.fund].id, companies[draft.company].id) in holdings:
            continue
        if sieve.is_suspect(f"holding/{draft.fund}/{draft.company}"):
            sieve.drop(draft)
        else:
            sieve.report(draft, "company", "holding.none", {"fund": draft.fund, "company": draft.company})
    return holdings


def id_of(known: Mapping[str, Known], code: str | None) -> int | None:
    """The id behind an optional code that was looked up."""
    return None if code is None else known[code].id


def _report_unknown(sieve: Sieve[D], known: Mapping[str, Known], *fields: str) -> None:
    missing = [found for found in codes_in(sieve.drafts, *fields) if found[2] not in known]
    change = sieve.change
    # A code of the one space of codes that is not of the kind asked for deserves a message of its own.
    parties = known_parties(change.connection, change.version, (code for _, _, code in missing))
    for draft, field, code in missing:
        if sieve.is_suspect(code):
            sieve.drop(draft)
        else:
            party = parties.get(code)
            is_other = party is not None and party.is_visible
            sieve.report(draft, field, "code.not_this_kind" if is_other else "code.unknown", {"code": code})
