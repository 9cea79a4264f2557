"""Whose money it is and how we know: each investor's nature with its date, evidence, confirmer and owners."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dashboard.readings.money.capital import Capital, CapitalClass
from dashboard.readings.money.doubts import doubt_of
from dashboard.readings.money.owners import state_shares
from funds.kinds import Basis
from funds.queries.capital_facts import NatureRow
from funds.queries.ledger_slice import LedgerSlice


def nature_rows(slice_: LedgerSlice, capitals: Sequence[Capital]) -> Iterator[Mapping[str, object]]:
    """One row for each investor of the scope's funds that is no fund, the largest first."""
    amounts: dict[int, Counter[Basis]] = {}
    classes: dict[int, CapitalClass] = {}
    for capital in capitals:
        for line in capital.lines:
            if line.investor_fund is None and line.outside:
                amounts.setdefault(line.investor, Counter())[capital.basis] += line.outside
                classes[line.investor] = line.capital_class
    shares = state_shares(slice_.facts)
    for party in sorted(amounts, key=lambda one: (-max(amounts[one].values()), one)):
        thing, owners = slice_.facts.parties.get(party), shares.get(party)
        doubt = doubt_of(slice_, party, classes[party])
        standing = standing_nature(slice_, party)
        yield {
            "table": "nature",
            "party": None if thing is None else thing.code,
            "investor": None if thing is None else thing.name,
            "nature": str(classes[party]),
            **describe_nature(standing),
            "changes": len(slice_.facts.capital.natures.get(party, ())) - (standing is not None),
            "state_ppm": None if owners is None else owners.state_ppm,
            "unknown_ppm": None if owners is None else owners.unknown_ppm,
            "owners_reason": None if owners is None else owners.reason,
            "doubt": None if doubt is None else str(doubt.kind),
            **{str(basis): amounts[party][basis] for basis in Basis if basis in amounts[party]},
        }


def owner_rows(slice_: LedgerSlice, capitals: Sequence[Capital]) -> Iterator[Mapping[str, object]]:
    """The stated owners of these investors, and of theirs, as far up as they are stated."""
    facts = slice_.facts
    wanted = {line.investor for capital in capitals for line in capital.lines if line.investor_fund is None}
    seen: set[int] = set()
    while wanted - seen:
        seen |= wanted
        wanted = {row.owner_id for row in facts.capital.ownership if row.owned_id in seen}
    for row in facts.capital.ownership:
        if row.owned_id in seen:
            owner, owned = facts.parties.get(row.owner_id), facts.parties.get(row.owned_id)
            fact = facts.natures.get(row.owner_id)
            yield {
                "table": "owner",
                "party": None if owned is None else owned.code,
                "investor": None if owned is None else owned.name,
                "owner": None if owner is None else owner.name,
                "owner_nature": str(CapitalClass.UNDETERMINED if fact is None else fact.nature),
                "share_ppm": row.share_ppm,
                "evidence": row.evidence,
            }


def reclassification_rows(slice_: LedgerSlice, capitals: Sequence[Capital]) -> Iterator[Mapping[str, object]]:
    """Every statement about an investor of whom more than one was made: who said what from when, corrected or not."""
    investors = {
        line.investor for capital in capitals for line in capital.lines if line.investor_fund is None
    }
    for party in sorted(investors):
        rows = slice_.facts.capital.natures.get(party, ())
        thing = slice_.facts.parties.get(party)
        for row in rows if len(rows) > 1 else ():
            yield {
                "table": "reclassification",
                "party": None if thing is None else thing.code,
                "investor": None if thing is None else thing.name,
                "nature": str(row.nature),
                **describe_nature(row),
                "is_current": row.is_current,
                "row": f"party_nature:{row.id}",
                "revision": row.revision,
            }


def standing_nature(slice_: LedgerSlice, party: int) -> NatureRow | None:
    """The statement that a party's class rests on: the last confirmed one that nothing corrected."""
    rows = slice_.facts.capital.natures.get(party, ())
    standing = [row for row in rows if row.is_current and row.confirmed_by is not None]
    return standing[-1] if standing else None


def describe_nature(row: NatureRow | None) -> dict[str, object]:
    """Level, kind, date, evidence and people of a statement, as columns."""
    return {
        "level": None if row is None or row.level is None else str(row.level),
        "sub_type": None if row is None else row.sub_type,
        "is_injected": None if row is None else row.is_fiscal_injection,
        "from": None if row is None else row.from_date.isoformat(),
        "evidence": None if row is None else row.evidence,
        "confirmed_by": None if row is None else row.confirmed_by,
        "stated_by": None if row is None else row.stated_by,
    }
