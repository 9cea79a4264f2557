"""Makes drafts of every sheet for tests, from the columns that the template gives it."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from funds.credit_code import find_check_character
from funds.drafts import Draft
from funds.intake.columns import Column, Kind, Sheet
from funds.money import MOST_FEN

_LETTERS = "甲乙丙基金0123456789ABCxyz-._（）&=+@'\""
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# A code is folded to half width when read.
_CODES = st.text([letter for letter in _LETTERS if letter not in "（）"], min_size=1, max_size=12)
_WORDS = st.text([*_LETTERS, " ", "\n"], min_size=1, max_size=30).map(lambda text: f"字{text}字")
_E6 = st.integers(-(10**18), 10**18)
_YEARS = st.integers(1949, 2100)
_VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.CODE: _CODES,
    Kind.CODES: st.lists(_CODES, max_size=3).map(tuple),
    Kind.PARK_OR_CITY: st.none() | _CODES,
    Kind.CREDIT_CODE: st.text(_CREDIT, min_size=17, max_size=17).map(
        lambda stem: stem + find_check_character(stem)
    ),
    Kind.NAME: _WORDS,
    Kind.TEXT: _WORDS,
    Kind.DATE: st.dates(date(1949, 1, 1), date(2100, 12, 31)),
    Kind.QUARTER: st.builds("{}-Q{}".format, _YEARS, st.integers(1, 4)),
    Kind.PERIOD: _YEARS.map(str)
    | st.builds("{}-Q{}".format, _YEARS, st.integers(1, 4))
    | st.builds("{}-{:02d}".format, _YEARS, st.integers(1, 12)),
    Kind.PERCENT: st.integers(0, 1_000_000),
    Kind.FIGURE: _E6,
    Kind.WHOLE: st.integers(1, 9999),
}


def drafts_of(sheet: Sheet) -> st.SearchStrategy[Draft]:
    """Drafts of a sheet with every field filled at random, optional ones also left out."""
    fields: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for column in sheet.columns:
        if column.kind is Kind.FIGURE_OR_WORDS:
            continue
        (fields if column.required else optional)[column.field] = _values_of(column)
    made = st.fixed_dictionaries(fields, optional=optional)
    if any(column.kind is Kind.FIGURE_OR_WORDS for column in sheet.columns):
        terms = st.fixed_dictionaries({"value_e6": _E6}) | st.fixed_dictionaries({"words": _WORDS})
        made = st.builds(lambda one, two: one | two, made, terms)
    return made.map(lambda values: sheet.draft_type(**values))


def _values_of(column: Column) -> st.SearchStrategy[Any]:
    if column.kind is Kind.CHOICE:
        return st.sampled_from(list(column.words))
    if column.kind is Kind.MONEY:
        return st.integers(-MOST_FEN if column.is_signed else 0, MOST_FEN)
    return _VALUES[column.kind]
