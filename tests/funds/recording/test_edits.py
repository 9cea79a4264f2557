"""Edits of what things are: put right or otherwise from a day on, a second person, and whoever was first."""

from collections.abc import Iterator
from typing import Any

import pytest

from funds.book import Book
from funds.drafts import (
    CompanyDraft,
    Draft,
    FundDraft,
    FundTermDraft,
    NatureDraft,
    ParkDraft,
    ParkIndustryDraft,
    PartyDraft,
)
from funds.drafts.edits import EditDraft
from funds.drafts.proposals import ChangedValue
from funds.errors import NotAllowed, NotFound, RulesBroken
from funds.kinds import Nature, VehicleType
from funds.models import (
    CompanyFact,
    FundFact,
    FundTerm,
    Park,
    ParkFact,
    ParkIndustry,
    Party,
    PartyFact,
    PartyNature,
    Replaceable,
    table_of,
)
from funds.recording.edits import Edited, record_edit
from funds.recording.reversals import reverse_revision
from funds.recording.stale import Difference, StaleEdit
from tests.builders import day, park_industry, policy, prepared_book, record, rows_of, term
from tests.engines import SqliteDatabases
from tests.funds.recording.proposal_city import approve, proposed, proposing_city

MOTHER, F1 = 1, 2


def edited_city() -> list[Draft]:
    """The proposing city with a term of F1 and a leading industry of P1."""
    return [*proposing_city(), term("F1", value_e6=8_000_000, unit="%"), park_industry("P1", "IC")]


@pytest.fixture
def city(sqlite: SqliteDatabases) -> Iterator[Book]:
    with prepared_book(sqlite, "edited", edited_city) as book:
        yield book
    sqlite.drop_made()


def edit(
    book: Book,
    model: type[Replaceable],
    row_id: int | None,
    values: dict[str, Any],
    by: str = "local",
    fact: Draft | None = None,
    seen: int | None = None,
) -> Edited:
    """One edit, as of the book's present version unless `seen` says otherwise."""
    draft = EditDraft(
        table=table_of(model).name,
        row_id=row_id,
        seen_version=book.head().version if seen is None else seen,
        values=tuple(ChangedValue(column, value) for column, value in values.items()),
        fact=fact,
    )
    with book.change(by, "年报更正") as change:
        return record_edit(change, draft)


def only(book: Book, model: type[Replaceable], **equal: Any) -> dict[str, Any]:
    (row,) = rows_of(book, model, **equal)
    return row


def id_of(book: Book, code: str) -> int:
    return int(rows_of(book, Party, code=code)[0]["id"])


def test_a_row_is_put_right_and_the_old_one_is_kept(city: Book) -> None:
    row = only(city, FundFact, fund_id=F1)
    assert edit(city, FundFact, row["id"], {"filing_no": "SX0001", "name": row["name"]}) == Edited()
    now = only(city, FundFact, fund_id=F1)
    assert (now["filing_no"], now["replaces_id"]) == ("SX0001", row["id"])


def test_what_says_the_same_is_no_edit(city: Book) -> None:
    row = only(city, FundFact, fund_id=F1)
    with pytest.raises(RulesBroken, match=r"rules\.broken"):
        edit(city, FundFact, row["id"], {"name": row["name"]})


def test_threat_27_the_second_of_two_gets_every_field_of_both(city: Book) -> None:
    row, seen = only(city, FundFact, fund_id=F1), city.head().version
    edit(city, FundFact, row["id"], {"filing_no": "SX0001", "legal_form": "公司制"}, seen=seen)
    before = city.head()
    with pytest.raises(StaleEdit) as stale:
        edit(city, FundFact, row["id"], {"filing_no": "SX0002"}, by="manager", seen=seen)
    found = stale.value.overtaken
    assert city.head() == before
    assert (found.version, found.person, found.table) == (before.version, "local", "fund_fact")
    assert {one.column: one for one in found.fields} == {
        "filing_no": Difference("filing_no", None, "SX0001", "SX0002"),
        "legal_form": Difference("legal_form", None, "公司制", None),
    }
    assert [one.column for one in found.fields if one.is_contested] == ["filing_no"]
    edit(city, FundFact, row["id"], {"filing_no": "SX0002"}, by="manager", seen=found.version)
    assert only(city, FundFact, fund_id=F1)["filing_no"] == "SX0002"


def test_what_was_changed_and_changed_back_is_not_stale(city: Book) -> None:
    row, seen = only(city, FundFact, fund_id=F1), city.head().version
    edit(city, FundFact, row["id"], {"filing_no": "SX0001"})
    edit(city, FundFact, row["id"], {"filing_no": None})
    edit(city, FundFact, row["id"], {"filing_no": "SX0003"}, seen=seen)
    assert only(city, FundFact, fund_id=F1)["filing_no"] == "SX0003"


def test_a_term_holds_from_a_day_on_and_the_old_one_before(city: Book) -> None:
    row = only(city, FundTerm, fund_id=F1)
    fact = FundTermDraft(
        fund="F1", term=row["term"], from_date=day("2025-07-01"), value_e6=6_000_000, unit="%"
    )
    values = {"fund_id": F1, "term": row["term"], "value_e6": 6_000_000, "from_date": "2025-07-01"}
    edit(city, FundTerm, row["id"], values, fact=fact)
    said = {(one["from_date"], one["value_e6"]) for one in rows_of(city, FundTerm, fund_id=F1)}
    assert said == {(row["from_date"], 8_000_000), (day("2025-07-01"), 6_000_000)}


def test_threat_27_two_facts_from_a_day_meet_too(city: Book) -> None:
    row, seen = only(city, FundTerm, fund_id=F1), city.head().version
    for rate, by, on in ((6_000_000, "manager", "2025-07-01"), (7_000_000, "local", "2025-10-01")):
        fact = FundTermDraft(fund="F1", term=row["term"], from_date=day(on), value_e6=rate, unit="%")
        values = {"fund_id": F1, "term": row["term"], "value_e6": rate, "from_date": on}
        if by == "manager":
            edit(city, FundTerm, row["id"], values, by=by, fact=fact, seen=seen)
            continue
        with pytest.raises(StaleEdit) as stale:
            edit(city, FundTerm, row["id"], values, by=by, fact=fact, seen=seen)
        (rate_found,) = [one for one in stale.value.overtaken.fields if one.column == "value_e6"]
        assert (rate_found.opened, rate_found.now, rate_found.mine) == (8_000_000, 6_000_000, 7_000_000)


def test_a_fund_is_called_otherwise_from_a_day_on(city: Book) -> None:
    row = only(city, FundFact, fund_id=F1)
    fact = FundDraft(
        code="F1",
        name="新名",
        vehicle_type=VehicleType(row["vehicle_type"]),
        established=row["established"],
        from_date=day("2025-07-01"),
    )
    edit(city, FundFact, row["id"], {"fund_id": F1, "name": "新名", "from_date": "2025-07-01"}, fact=fact)
    assert [one["name"] for one in rows_of(city, FundFact, fund_id=F1)] == [row["name"], "新名"]
    with pytest.raises(RulesBroken):
        edit(city, FundFact, row["id"], {"fund_id": F1, "name": "新名", "from_date": "2025-07-01"}, fact=fact)


def test_a_leading_industry_ends_where_the_next_begins(city: Book) -> None:
    row = only(city, ParkIndustry, park_id=1)
    fact = ParkIndustryDraft(park="P1", industry="IC", rank=2, from_date=day("2025-07-01"))
    values = {"park_id": 1, "industry_id": row["industry_id"], "rank": 2, "from_date": "2025-07-01"}
    edit(city, ParkIndustry, row["id"], values, fact=fact)
    said = {(one["rank"], one["to_date"]) for one in rows_of(city, ParkIndustry, park_id=1)}
    assert said == {(row["rank"], day("2025-07-01")), (2, None)}
    before = city.head()
    early = ParkIndustryDraft(park="P1", industry="IC", rank=3, from_date=day("2019-07-01"))
    late = next(one for one in rows_of(city, ParkIndustry, park_id=1) if one["rank"] == 2)
    with pytest.raises(RulesBroken):
        edit(city, ParkIndustry, late["id"], {**values, "rank": 3, "from_date": "2019-07-01"}, fact=early)
    assert city.head() == before


def test_a_second_leading_industry_is_added(city: Book) -> None:
    fact = ParkIndustryDraft(park="P1", industry="BIO", rank=2, from_date=day("2024-01-01"))
    industry = rows_of(city, ParkIndustry, park_id=1)[0]["industry_id"]
    values = {"park_id": 1, "industry_id": industry + 1, "rank": 2, "from_date": "2024-01-01"}
    edit(city, ParkIndustry, None, values, fact=fact)
    assert len(rows_of(city, ParkIndustry, park_id=1)) == 2


def test_a_nature_that_one_may_not_confirm_waits_for_somebody_who_may(city: Book) -> None:
    party = id_of(city, "LP2")
    fact = NatureDraft(party="LP2", nature=Nature.SOCIAL, from_date=day("2025-07-01"), evidence="章程")
    values = {"party_id": party, "nature": "social", "from_date": "2025-07-01", "evidence": "章程"}
    (waiting,) = edit(city, PartyNature, None, values, by="manager", fact=fact).waiting
    assert proposed(city, waiting).kind == "nature"
    approve(city, "signatory", waiting)
    assert rows_of(city, PartyNature, party_id=party)[-1]["confirmed_by_id"] is not None


def test_a_nature_of_who_may_confirm_stands_at_once(city: Book) -> None:
    fact = NatureDraft(party="LP2", nature=Nature.SOCIAL, from_date=day("2025-07-01"), evidence="章程")
    values = {"party_id": id_of(city, "LP2"), "nature": "social", "from_date": "2025-07-01"}
    assert edit(city, PartyNature, None, values, by="signatory", fact=fact) == Edited()


def test_the_citys_own_lists_are_put_right_on_a_proposal(city: Book) -> None:
    row = only(city, ParkFact, park_id=1)
    (waiting,) = edit(city, ParkFact, row["id"], {"district": "东区"}, by="official").waiting
    assert only(city, ParkFact, park_id=1)["district"] == row["district"]
    approve(city, "analyst", waiting)
    assert only(city, ParkFact, park_id=1)["district"] == "东区"


def test_where_policy_says_so_every_correction_waits(city: Book) -> None:
    record(city, policy("second_person.correction", on="2025-01-01", value_e6=2_000_000))
    row = only(city, FundFact, fund_id=F1)
    (waiting,) = edit(city, FundFact, row["id"], {"filing_no": "SX0001"}).waiting
    assert proposed(city, waiting).about == f"fund_fact#{row['id']}"


def test_threat_04_nobody_edits_what_is_anothers(city: Book) -> None:
    row = only(city, FundFact, fund_id=MOTHER)
    before = city.head()
    with pytest.raises(NotFound):
        edit(city, FundFact, row["id"], {"filing_no": "SX0001"}, by="manager")
    fact = FundTermDraft(fund="M", term="门槛收益率", from_date=day("2025-07-01"), value_e6=1)
    values = {"fund_id": MOTHER, "term": "门槛收益率", "value_e6": 1, "from_date": "2025-07-01"}
    with pytest.raises(NotAllowed):
        edit(city, FundTerm, None, values, by="manager", fact=fact)
    assert city.head() == before


@pytest.mark.parametrize(
    ("model", "column", "code", "fact"),
    [
        (PartyFact, "party_id", "LP1", PartyDraft(code="LP1", name="改名", from_date=day("2025-07-01"))),
        (CompanyFact, "company_id", "C1", CompanyDraft(code="C1", name="改名", from_date=day("2025-07-01"))),
        (ParkFact, "park_id", "P1", ParkDraft(code="P1", name="改名", from_date=day("2025-07-01"))),
    ],
)
def test_threat_04_a_name_from_a_day_on_takes_the_right_to_correct_it(
    city: Book, model: type[Replaceable], column: str, code: str, fact: Draft
) -> None:
    thing = rows_of(city, model)[0][column]
    values = {column: thing, "from_date": "2025-07-01"}
    with pytest.raises(NotAllowed):
        edit(city, model, None, values, by="manager", fact=fact)
    edit(city, model, None, values, by="analyst", fact=fact)
    assert rows_of(city, model, **{column: thing})[-1]["from_date"] == day("2025-07-01")


def test_only_these_tables_and_their_columns_are_edited_here(city: Book) -> None:
    with pytest.raises(NotFound):
        edit(city, Park, 1, {"code": "P9"})  # type: ignore[arg-type]
    row = only(city, FundFact, fund_id=F1)
    for values in ({"nothing": 1}, {"established": "someday"}):
        with pytest.raises(RulesBroken):
            edit(city, FundFact, row["id"], values)
    with pytest.raises(NotFound):
        edit(city, FundFact, None, {"name": "x"})


def test_the_row_may_be_named_by_any_of_its_versions(city: Book) -> None:
    first, seen = only(city, FundFact, fund_id=F1), city.head().version
    edit(city, FundFact, first["id"], {"filing_no": "SX0001"})
    now = only(city, FundFact, fund_id=F1)
    with pytest.raises(StaleEdit) as stale:
        edit(city, FundFact, now["id"], {"filing_no": "SX0002"}, seen=seen)
    assert stale.value.overtaken.row_id == now["id"]
    edit(city, FundFact, first["id"], {"filing_no": "SX0002"})
    assert only(city, FundFact, fund_id=F1)["filing_no"] == "SX0002"


def test_what_was_taken_back_meanwhile_says_so(city: Book) -> None:
    fact = FundTermDraft(fund="F1", term="管理费率", from_date=day("2024-01-01"), value_e6=2, unit="%")
    values = {"fund_id": F1, "term": "管理费率", "value_e6": 2, "from_date": "2024-01-01"}
    edit(city, FundTerm, None, values, fact=fact)
    row, seen = only(city, FundTerm, term="管理费率"), city.head().version
    with city.change("local", "录入有误", "reverse", reverses_id=seen) as change:
        reverse_revision(change, seen)
    later = FundTermDraft(fund="F1", term="管理费率", from_date=day("2025-01-01"), value_e6=3, unit="%")
    dated = {**values, "value_e6": 3, "from_date": "2025-01-01"}
    for row_id, said, new in ((row["id"], {"value_e6": 3}, None), (None, dated, later)):
        with pytest.raises(StaleEdit) as stale:
            edit(city, FundTerm, row_id, said, fact=new, seen=seen)
        found = stale.value.overtaken
        assert (found.row_id, found.version) == (None, seen + 1)
        (rate,) = [one for one in found.fields if one.column == "value_e6"]
        assert (rate.opened, rate.now, rate.mine) == (2, None, 3)
