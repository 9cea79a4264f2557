"""Makes the identities that facts hang on: once, on the first mention by their own sheet, and for ever."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from funds.book import Change
from funds.models import BookRow, Commitment, Company, Deal, Fund, Holding, Party
from funds.queries.codes import Known, KnownBody, each_chunk, known_companies, known_funds, known_parties
from funds.recording.sieve import Sieve
from funds.rules.rows import check_row

Pair = tuple[int, int | None]


def found_by_code(
    sieve: Sieve[Any], model: type[BookRow], known: Mapping[str, Known], field: str = "code"
) -> dict[str, int]:
    """The ids behind the drafts' codes, new identities among them; a code that cannot be one is reported."""
    change = sieve.change
    ids = {code: identity.id for code, identity in known.items()}
    origins: dict[str, str | None] = {}
    for place, draft in enumerate(sieve.drafts, 1):
        code = getattr(draft, field)
        faults = [] if code in known else list(check_row(model, {field: code}, change.on))
        for fault in faults:
            sieve.report(draft, field, fault.code, fault.params)
        if faults:
            ids[code] = -place
        elif code not in ids:
            origins.setdefault(code, draft.place.origin)
    added = change.add(model, [{field: code, "origin": origin} for code, origin in origins.items()])
    return ids | dict(zip(origins, added, strict=True))


def found_parties(sieve: Sieve[Any]) -> dict[str, int]:
    """The parties behind the drafts' codes."""
    codes = [draft.code for draft in sieve.drafts]
    known = known_parties(sieve.change.connection, sieve.change.version, codes)
    return found_by_code(sieve, Party, known)


def found_companies(sieve: Sieve[Any]) -> dict[str, KnownBody]:
    """The firms (and parties) behind the drafts' codes."""
    return _found_bodies(sieve, Company, known_companies)


def found_funds(sieve: Sieve[Any]) -> dict[str, KnownBody]:
    """The funds (and parties) behind the drafts' codes."""
    return _found_bodies(sieve, Fund, known_funds)


def found_commitments(change: Change, pairs: Iterable[tuple[int, int, str | None]]) -> dict[Pair, int]:
    """Commitments by (fund, investor); a pair comes with the origin of the row that mentions it first."""
    return _found_pairs(change, Commitment, ("fund_id", "investor_id"), pairs)


def found_holdings(change: Change, pairs: Iterable[tuple[int, int, str | None]]) -> dict[Pair, int]:
    """Holdings by (fund, company)."""
    return _found_pairs(change, Holding, ("fund_id", "company_id"), pairs)


def found_deals(change: Change, pairs: Iterable[tuple[int, int | None, str | None]]) -> dict[Pair, int]:
    """Deals by (holding, round); one deal of a holding stands for all payments outside any round."""
    return _found_pairs(change, Deal, ("holding_id", "round_id"), pairs)


def read_pairs(
    change: Change, model: type[Any], columns: tuple[str, str], first_ids: Iterable[int]
) -> dict[Pair, int]:
    """The identities that exist for some ids of the first column."""
    first, second = getattr(model, columns[0]), getattr(model, columns[1])
    return {
        (row[0], row[1]): row[2]
        for piece in each_chunk(first_ids)
        for row in change.connection.execute(select(first, second, model.id).where(first.in_(piece)))
    }


def _found_pairs(
    change: Change,
    model: type[BookRow],
    columns: tuple[str, str],
    pairs: Iterable[tuple[int, int | None, str | None]],
) -> dict[Pair, int]:
    mentioned = list(pairs)
    ids = read_pairs(change, model, columns, (first for first, _, _ in mentioned))
    origins: dict[Pair, str | None] = {}
    for first, second, origin in mentioned:
        if (first, second) not in ids:
            origins.setdefault((first, second), origin)
    rows = [{columns[0]: pair[0], columns[1]: pair[1], "origin": origin} for pair, origin in origins.items()]
    return ids | dict(zip(origins, change.add(model, rows), strict=True))


def _found_bodies(
    sieve: Sieve[Any], model: type[BookRow], query: Callable[..., dict[str, KnownBody]]
) -> dict[str, KnownBody]:
    parties = found_parties(sieve)
    change = sieve.change
    bodies = query(change.connection, change.version, parties)
    origins: dict[str, str | None] = {}
    for draft in sieve.drafts:
        if draft.code not in bodies:
            origins.setdefault(draft.code, draft.place.origin)
    new = {code: origin for code, origin in origins.items() if parties[code] > 0}
    rows = [{"party_id": parties[code], "origin": origin} for code, origin in new.items()]
    ids = dict(zip(new, change.add(model, rows), strict=True))
    for code in origins:
        bodies[code] = KnownBody(ids.get(code, parties[code]), code, False, parties[code])
    return bodies
