"""A round adds up: its investors to its total and its 老股, and each fund's line to what that fund paid."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select

from funds.kinds import EntryKind, ShareOrigin
from funds.models import Deal, Entry, Fund, Round, RoundFact, RoundInvestor
from funds.models.visibility import visible
from funds.money import format_fen
from funds.rules.breaches import Breach, Reach


@dataclass
class RoundSums:
    """One round's total and 老股 as stated, and what its investors and the funds of the book make of it."""

    code: str
    fact_id: int
    total_fen: int
    secondary_fen: int | None
    listed: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    listed_secondary: int = 0
    paid: dict[int, int] = field(default_factory=dict)


def check_rounds(reach: Reach) -> Iterator[Breach]:
    """Every round whose investors are listed and do not add up."""
    rounds = _read_rounds(reach)
    codes = reach.party_codes({party for sums in rounds.values() for party in sums.paid})
    for round_id, sums in rounds.items():
        if sums.listed:
            yield from _check_sums(reach, round_id, sums)
            for party, paid in sums.paid.items():
                yield from _check_fund(reach, round_id, sums, party, codes[party], paid)


def _check_sums(reach: Reach, round_id: int, sums: RoundSums) -> Iterator[Breach]:
    listed = sum(sums.listed.values())
    if listed != sums.total_fen:
        params = _compare(sums, listed, sums.total_fen)
        yield _blame(reach, round_id, sums, ("round.sum_differs", "total_fen", "amount_fen"), params)
    if sums.secondary_fen is not None and sums.listed_secondary != sums.secondary_fen:
        params = _compare(sums, sums.listed_secondary, sums.secondary_fen)
        yield _blame(
            reach, round_id, sums, ("round.secondary_differs", "secondary_fen", "share_origin"), params
        )


def _compare(sums: RoundSums, listed: int, stated: int) -> dict[str, str]:
    return {"round": sums.code, "listed": format_fen(listed), "stated": format_fen(stated)}


def _blame(
    reach: Reach, round_id: int, sums: RoundSums, rule: tuple[str, str, str], params: dict[str, str]
) -> Breach:
    """The stated sum where this revision states it, else the last investor listed."""
    code, of_fact, of_investor = rule
    query = select(RoundFact.id).where(
        RoundFact.id == sums.fact_id, RoundFact.revision_id == reach.revision_id
    )
    if reach.connection.execute(query).first():
        return _breach(code, "round_fact", sums.fact_id, (of_fact,), sums, params)
    culprit = reach.find_culprit(RoundInvestor, None, RoundInvestor.round_id == round_id)
    return _breach(code, "round_investor", culprit, (of_investor,), sums, params)


def _check_fund(
    reach: Reach, round_id: int, sums: RoundSums, party: int, code: str, paid: int
) -> Iterator[Breach]:
    params = {"round": sums.code, "fund": code, "paid": format_fen(paid)}
    if party not in sums.listed:
        culprit = reach.find_culprit(RoundInvestor, None, RoundInvestor.round_id == round_id)
        yield _breach("round.fund_not_listed", "round_investor", culprit, ("round",), sums, params)
    elif sums.listed[party] != paid:
        culprit = reach.find_culprit(
            RoundInvestor, None, RoundInvestor.round_id == round_id, RoundInvestor.investor_id == party
        )
        params["listed"] = format_fen(sums.listed[party])
        yield _breach("round.fund_differs", "round_investor", culprit, ("amount_fen",), sums, params)


def _breach(
    code: str, table: str, row_id: int, fields: tuple[str, ...], sums: RoundSums, params: dict[str, str]
) -> Breach:
    return Breach(code, table, row_id, fields, f"round/{sums.code}", dict(params))


def _read_rounds(reach: Reach) -> dict[int, RoundSums]:
    fact, investor = RoundFact, RoundInvestor
    stated = select(fact.round_id, Round.code, fact.id, fact.total_fen, fact.secondary_fen).join(
        Round, Round.id == fact.round_id
    )
    rounds = {
        row[0]: RoundSums(*row[1:])
        for row in _rows(reach, stated.where(visible(fact, reach.version)), fact.round_id)
    }
    listed = select(
        investor.round_id, investor.investor_id, investor.amount_fen, investor.share_origin
    ).where(visible(investor, reach.version))
    for row in _rows(reach, listed, investor.round_id):
        if sums := rounds.get(row[0]):
            sums.listed[row[1]] += row[2]
            sums.listed_secondary += row[2] if row[3] is ShareOrigin.SECONDARY else 0
    paid = (
        select(Deal.round_id, Fund.party_id, func.sum(-Entry.amount_fen))
        .join(Entry, Entry.deal_id == Deal.id)
        .join(Fund, Fund.id == Entry.fund_id)
        .where(Entry.kind == EntryKind.INVESTMENT, visible(Entry, reach.version))
        .group_by(Deal.round_id, Fund.party_id)
    )
    for row in _rows(reach, paid, Deal.round_id):
        if sums := rounds.get(row[0]):
            sums.paid[row[1]] = int(row[2])
    return rounds


def _rows(reach: Reach, query: Select[*tuple[Any, ...]], round_id: Any) -> Any:
    touched = reach.touched(
        round_id,
        (RoundFact, select(RoundFact.round_id)),
        (RoundInvestor, select(RoundInvestor.round_id)),
        (
            Entry,
            select(Deal.round_id).join(Entry, Entry.deal_id == Deal.id).where(Deal.round_id.is_not(None)),
        ),
    )
    return reach.connection.execute(query.where(touched))
