"""Hands lines of the ledger over to the change by column, each beside its mother's where the investor is a fund."""

from collections.abc import Mapping, Sequence

from funds.book import Change
from funds.models import Entry
from funds.queries.codes import KnownBody
from funds.recording.line_batches import Fresh, LineBatch
from funds.recording.movements import MIRRORED, M
from funds.recording.sieve import Recorded, Sieve

Columns = Mapping[str, Sequence[object]]
# What a line says where its kind of movement does not say otherwise; what is not named stays blank.
_USUAL: Mapping[str, object] = {
    "counterparty_id": None,
    "detail": None,
    "notice_no": None,
    "is_inside_commitment": True,
    "is_recallable": False,
    "is_in_kind": False,
}


def drop_faulty(sieve: Sieve[M], found: Fresh) -> Fresh:
    """End of looking at lines: hand over what was found, and go on with the sound."""
    sieve.settle()
    pairs = zip(found.places, found.occurrences, strict=True)
    sound = [pair for pair in pairs if sieve.is_sound(sieve.drafts[pair[0]])]
    return Fresh([place for place, _ in sound], [occurrence for _, occurrence in sound], found.same)


def conclude_lines(sieve: Sieve[M], batch: LineBatch[M], fresh: Fresh) -> Recorded:
    """End of writing lines: judge the whole, unless that is postponed."""
    total = sum(batch.amounts[place] for place in fresh.places)
    return sieve.conclude(len(fresh.places), fresh.same, total)


def hold_lines(
    change: Change,
    batch: LineBatch[M],
    fresh: Fresh,
    columns: Columns,
    mothers: Mapping[int, KnownBody] | None = None,
    child_party_ids: Sequence[int] = (),
) -> None:
    """Let the new lines wait to be written; `columns` are those of all drafts that are not the batch's own."""
    first = change.next_id(Entry)
    said: dict[str, Sequence[object]] = {
        "fund_id": batch.fund_ids,
        "moved_on": batch.days,
        **{name: [value] * len(batch.drafts) for name, value in _USUAL.items()},
        **batch.said,
        **columns,
        "business_no": [draft.business_no for draft in batch.drafts],
        "origin": [draft.place.origin for draft in batch.drafts],
    }
    lines = {name: [values[place] for place in fresh.places] for name, values in said.items()}
    lines["occurrence"] = list(fresh.occurrences)
    if mothers:
        own = [mothers.get(batch.party_ids[place]) for place in fresh.places]
        lines = _beside_mothers(lines, own, [child_party_ids[place] for place in fresh.places], first)
    else:
        lines["movement_id"] = list(range(first, first + len(fresh.places)))
    change.hold(Entry, lines)


def _beside_mothers(
    lines: dict[str, list[object]], mothers: Sequence[KnownBody | None], children: Sequence[int], first: int
) -> dict[str, list[object]]:
    """Each line, and behind it the mother's side of it."""
    order: list[tuple[int, KnownBody | None]] = []
    movement_ids: list[object] = []
    for place, mother in enumerate(mothers):
        movement_ids += [first + len(order)] * (1 if mother is None else 2)
        order += [(place, None)] if mother is None else [(place, None), (place, mother)]
    doubled = {name: [values[place] for place, _ in order] for name, values in lines.items()}
    doubled["movement_id"] = movement_ids
    for at, (place, mother) in enumerate(order):
        if mother is not None:
            kind, amount = lines["kind"][place], lines["amount_fen"][place]
            doubled["fund_id"][at] = mother.id
            doubled["kind"][at] = MIRRORED[kind]  # type: ignore[index]
            doubled["amount_fen"][at] = -amount  # type: ignore[operator]
            doubled["counterparty_id"][at] = children[place]
    return doubled
