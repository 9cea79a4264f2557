"""The terms of a fund's contract in force on the day, each with the clause that it stands in."""

from collections.abc import Iterator, Mapping

from funds.queries.ledger_slice import LedgerSlice


def term_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """One row for each term of each fund of the scope; a number × 1e6 with its unit, or words."""
    for fund in slice_.member_funds:
        for term in sorted(slice_.facts.terms.get(fund.id, ()), key=lambda one: one.id):
            yield {
                "table": "term",
                "fund": fund.code,
                "term": term.name,
                "value_e6": term.value_e6,
                "words": term.words,
                "unit": term.unit,
                "from": term.from_date.isoformat(),
                "clause": term.clause,
            }
