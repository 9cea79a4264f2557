"""Records funds of every kind, how they belong to parks, and the terms of their contracts."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from funds.book import Change, visible
from funds.drafts import FundDraft, FundParkDraft, FundTermDraft
from funds.models import Fund, FundFact, FundField, FundPark, FundTerm, PartyFact, Revision
from funds.permissions import Action
from funds.queries.codes import Known, KnownBody, each_chunk, known_industries
from funds.recording.facts import Line, Noun, Plan, keep_facts, plan_facts
from funds.recording.identities import found_funds
from funds.recording.lookups import id_of, look_up_funds, look_up_parks, look_up_parties
from funds.recording.sieve import Recorded, Sieve, codes_of

FUND = Noun(FundFact, ("fund_id", "from_date"), fields={"fund_id": "code"})
FIELD = Noun(FundField, ("fund_id", "industry_id"), fields={"fund_id": "code", "industry_id": "fields"})
FUND_PARK = Noun(FundPark, ("fund_id", "park_id", "relation", "from_date"))
TERM = Noun(FundTerm, ("fund_id", "term", "from_date"))


def record_funds(change: Change, drafts: Sequence[FundDraft]) -> Recorded:
    """Funds, with the industries that they declare to invest in."""
    sieve = Sieve(change, drafts)
    parties = look_up_parties(sieve, "manager", "custodian")
    funds = found_funds(sieve)
    _require_funds(sieve, funds)
    _check_party_names(sieve, {code: fund.party_id for code, fund in funds.items()})
    industries = _look_up_fields(sieve)
    lines = [_fund_line(draft, funds[draft.code].id, parties) for draft in drafts]
    plan = plan_facts(sieve, FUND, lines)
    return keep_facts(sieve, plan, _plan_fields(sieve, funds, industries))


def record_fund_parks(change: Change, drafts: Sequence[FundParkDraft]) -> Recorded:
    """How funds belong to parks (设立, 出资, 落地); no park is the whole city."""
    sieve = Sieve(change, drafts)
    sieve.rights.require_somewhere(Action.RECORD_BUSINESS)
    funds = look_up_funds(sieve, "fund")
    parks = look_up_parks(sieve, "park")
    sieve.rights.require_parks(Action.RECORD_BUSINESS, {id_of(parks, draft.park) for draft in sieve.sound()})
    named = {funds[draft.fund].id: draft.fund for draft in sieve.sound()}
    unclaimed = _own_unclaimed(change, named)
    claimed = {fund_id: code for fund_id, code in named.items() if fund_id not in unclaimed}
    sieve.rights.require_funds(Action.RECORD_BUSINESS, claimed)
    lines = [
        Line(
            draft,
            {
                "fund_id": funds[draft.fund].id,
                "park_id": id_of(parks, draft.park),
                "relation": draft.relation,
                "share_ppm": draft.share_ppm,
                "from_date": draft.from_date,
                "to_date": draft.to_date,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, FUND_PARK, lines))


def record_fund_terms(change: Change, drafts: Sequence[FundTermDraft]) -> Recorded:
    """Terms of funds' contracts: hurdle, carry, fees, 返投, caps."""
    sieve = Sieve(change, drafts)
    funds = look_up_funds(sieve, "fund")
    sieve.rights.require_funds(
        Action.RECORD_BUSINESS, {funds[draft.fund].id: draft.fund for draft in sieve.sound()}
    )
    lines = [
        Line(
            draft,
            {
                "fund_id": funds[draft.fund].id,
                "term": draft.term,
                "value_e6": draft.value_e6,
                "words": draft.words,
                "unit": draft.unit,
                "from_date": draft.from_date,
                "clause": draft.clause,
            },
        )
        for draft in sieve.drafts
    ]
    return keep_facts(sieve, plan_facts(sieve, TERM, lines))


def _fund_line(draft: FundDraft, fund_id: int, parties: Mapping[str, Known]) -> Line:
    return Line(
        draft,
        {
            "fund_id": fund_id,
            "name": draft.name,
            "vehicle_type": draft.vehicle_type,
            "fund_class": draft.fund_class,
            "legal_form": draft.legal_form,
            "level": draft.level,
            "manager_id": id_of(parties, draft.manager),
            "custodian_id": id_of(parties, draft.custodian),
            "target_size_fen": draft.target_size_fen,
            "established": draft.established,
            "invest_end": draft.invest_end,
            "exit_end": draft.exit_end,
            "extension_end": draft.extension_end,
            "status": draft.status,
            "filing_no": draft.filing_no,
            "from_date": draft.from_date,
        },
    )


def _require_funds(sieve: Sieve[FundDraft], funds: Mapping[str, KnownBody]) -> None:
    """Existing funds ask for a right over each of them, new ones for a right wider than single funds."""
    known = {funds[draft.code].id: draft.code for draft in sieve.sound() if funds[draft.code].is_visible}
    sieve.rights.require_funds(Action.RECORD_BUSINESS, known)
    if len(known) < len(codes_of(sieve.sound(), "code")):
        sieve.rights.require_wide(Action.RECORD_BUSINESS)


def _own_unclaimed(change: Change, fund_ids: Iterable[int]) -> set[int]:
    """Funds that this person brought in and that belong to no park yet, so that their park may be named."""
    belongs = select(FundPark.fund_id).where(visible(FundPark, change.version))
    query = (
        select(Fund.id)
        .join(Revision, Revision.id == Fund.revision_id)
        .where(Revision.person_id == change.person_id, Fund.id.not_in(belongs))
    )
    return {
        row.id
        for piece in each_chunk(fund_ids)
        for row in change.connection.execute(query.where(Fund.id.in_(piece)))
    }


def _check_party_names(sieve: Sieve[FundDraft], parties: Mapping[str, int]) -> None:
    """A code that an institution had before the fund came keeps its name."""
    query = select(PartyFact.party_id, PartyFact.name).where(visible(PartyFact, sieve.change.version))
    names: dict[int, set[str]] = {}
    for piece in each_chunk(parties.values()):
        for row in sieve.change.connection.execute(query.where(PartyFact.party_id.in_(piece))):
            names.setdefault(row.party_id, set()).add(row.name)
    for draft in sieve.sound():
        if draft.name not in names.get(parties[draft.code], {draft.name}):
            sieve.report_twin(draft, ["name"], "twin.changed")


def _look_up_fields(sieve: Sieve[FundDraft]) -> Mapping[str, Known]:
    industries = {code for draft in sieve.drafts for code in draft.fields}
    change = sieve.change
    known = {
        code: industry
        for code, industry in known_industries(change.connection, change.version, industries).items()
        if industry.is_visible
    }
    for draft in sieve.drafts:
        for code in draft.fields:
            if code not in known:
                sieve.report_unknown(draft, "fields", {"code": code}, code)
    return known


def _plan_fields(
    sieve: Sieve[FundDraft], funds: Mapping[str, KnownBody], industries: Mapping[str, Known]
) -> Plan:
    """Declared industries; a fund that comes again with others than the book has is a changed twin."""
    declared = _read_fields(sieve.change, (funds[draft.code].id for draft in sieve.sound()))
    for draft in sieve.sound():
        named = {industries[code].id for code in draft.fields}
        if funds[draft.code].is_visible and named and named != declared.get(funds[draft.code].id):
            sieve.report_twin(draft, ["fields"], "twin.changed")
    lines = [
        Line(draft, {"fund_id": funds[draft.code].id, "industry_id": industries[code].id})
        for draft in sieve.sound()
        for code in dict.fromkeys(draft.fields)
    ]
    return plan_facts(sieve, FIELD, lines)


def _read_fields(change: Change, fund_ids: Iterable[int]) -> dict[int, set[int]]:
    query = select(FundField.fund_id, FundField.industry_id).where(visible(FundField, change.version))
    declared: dict[int, set[int]] = {}
    for piece in each_chunk(fund_ids):
        for row in change.connection.execute(query.where(FundField.fund_id.in_(piece))):
            declared.setdefault(row.fund_id, set()).add(row.industry_id)
    return declared
