"""The code book: the city's industries by edition, GB/T 4754-2017, and the crosswalk between the two."""

import csv
from collections.abc import Mapping
from typing import Any

from funds.drafts import CrosswalkDraft, IndustryDraft, NationalIndustryDraft, Place
from funds.kinds import Confirmation, IndustryCategory
from funds.policy.packaged import read_packaged, read_tables

CITY_LIST = "industries.toml"
NATIONAL_EDITION = "GB/T 4754-2017"
NATIONAL_LIST = "gbt4754_2017.csv"
CROSSWALK_BASIS = "编者初拟，待市发改委核实"


def load_industries() -> list[IndustryDraft]:
    """One draft per edition of the city's list and industry, broader industries before narrower ones."""
    entries = [
        (edition, industry)
        for edition in read_tables(CITY_LIST)["edition"]
        for industry in edition["industry"]
    ]
    return [
        draft_industry(Place(CITY_LIST, number), edition, industry)
        for number, (edition, industry) in enumerate(entries, 1)
    ]


def draft_industry(place: Place, edition: Mapping[str, Any], industry: Mapping[str, Any]) -> IndustryDraft:
    """An industry as one edition has it."""
    return IndustryDraft(
        place=place,
        code=industry["code"],
        name=industry["name"],
        parent=industry.get("parent"),
        category=IndustryCategory(industry["category"]),
        aliases=industry.get("aliases"),
        from_date=edition["from"],
        to_date=edition.get("to"),
        basis=industry.get("basis", edition["basis"]),
    )


def load_crosswalk() -> list[CrosswalkDraft]:
    """Which national codes speak for a city industry, wholly or in part; none of them is confirmed."""
    pairs = [
        (entry, code, part == "partial")
        for entry in read_tables(CITY_LIST)["crosswalk"]
        for part in ("whole", "partial")
        for code in entry.get(part, ())
    ]
    return [
        CrosswalkDraft(
            place=Place(f"{CITY_LIST}/crosswalk", number),
            industry=entry["industry"],
            national_code=code,
            is_partial=is_partial,
            confirmation=Confirmation.UNCHECKED,
            basis=CROSSWALK_BASIS,
            from_date=entry.get("from"),
        )
        for number, (entry, code, is_partial) in enumerate(pairs, 1)
    ]


def load_national_industries() -> list[NationalIndustryDraft]:
    """All classes of GB/T 4754-2017, each section before its divisions, groups and classes."""
    rows = csv.DictReader(read_packaged(NATIONAL_LIST).splitlines())
    return [
        NationalIndustryDraft(
            place=Place(NATIONAL_LIST, number),
            edition=NATIONAL_EDITION,
            code=row["code"],
            level=row["level"],
            name=row["name"],
            parent_code=row["parent"] or None,
        )
        for number, row in enumerate(rows, 2)
    ]
