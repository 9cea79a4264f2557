"""One firm as the funds that may be seen hold it: its own lines of the ledger, and its papers."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TypeVar

import numpy as np

from funds.queries.columns import BalanceColumns, Columns, CommitmentColumns, IndexColumns, NavColumns
from funds.queries.company_papers import CompanyPapers
from funds.queries.facts import CompanyFacts
from funds.queries.ledger_slice import LedgerSlice
from funds.queries.loading_columns import Ledger

Some = TypeVar("Some", bound=Columns)
LEDGER, PAPERS = "company_ledger", "company_papers"


def company_of(slice_: LedgerSlice) -> CompanyFacts:
    """The firm that a slice is of."""
    (company,) = [one for one in slice_.facts.companies.values() if one.code in slice_.scope.codes]
    return company


def slice_company(slice_: LedgerSlice) -> LedgerSlice:
    """The same slice with nothing in its ledger but what was paid into the firm, came back, and was marked.

    What a scope's figures say of deals then holds for the firm; of investors and net assets there is nothing.
    """
    key = _key(LEDGER, slice_)
    if key not in slice_.shelf:
        slice_.shelf[key] = _cut(slice_)
    found: LedgerSlice = slice_.shelf[key]
    return found


def papers_of(slice_: LedgerSlice) -> CompanyPapers:
    """The firm's papers, opened once for a slice."""
    key = _key(PAPERS, slice_)
    if key not in slice_.shelf:
        slice_.shelf[key] = slice_.open_company(company_of(slice_).id)
    found: CompanyPapers = slice_.shelf[key]
    return found


def funds_of_holdings(slice_: LedgerSlice) -> Mapping[int, int]:
    """The fund of each holding of the firm, of the funds that may be seen."""
    holdings = slice_company(slice_).ledger.holdings
    return dict(zip(holdings.id.tolist(), holdings.fund.tolist(), strict=True))


def is_known_to(slice_: LedgerSlice) -> bool:
    """Whether what the firm filed is the person's to read: a fund of theirs holds it, or it lies in their park."""
    readable = slice_.readable
    return (
        readable.is_city or company_of(slice_).park_id in readable.park_ids or bool(funds_of_holdings(slice_))
    )


def _key(what: str, slice_: LedgerSlice) -> str:
    """The shelf is shared with slices of other firms that were narrowed from the same one."""
    return f"{what} {company_of(slice_).id}"


def _cut(slice_: LedgerSlice) -> LedgerSlice:
    ledger, company = slice_.ledger, company_of(slice_).id
    holdings = ledger.holdings
    holdings = holdings.take((holdings.company == company) & slice_.holds(holdings.fund))
    own = Ledger(
        commitments=CommitmentColumns.of(()),
        entries=_copy(ledger.entries.take(np.isin(ledger.entries.holding, holdings.id))),
        holdings=_copy(holdings),
        decisions=_copy(ledger.decisions.take(np.isin(ledger.decisions.holding, holdings.id))),
        exits=_copy(ledger.exits.take(np.isin(ledger.exits.holding, holdings.id))),
        marks=_copy(ledger.marks.take(np.isin(ledger.marks.holding, holdings.id))),
        navs=NavColumns.of(()),
        balances=BalanceColumns.of(()),
        indexes=getattr(ledger, "indexes", IndexColumns.of(())),  # of what is held in firms there are none
    )
    return replace(slice_, ledger=own, shelf={})


def _copy(columns: Some) -> Some:
    """A few rows by themselves: gone through again and again, and no ledger of the book for others to find."""
    return type(columns)(**{field.name: getattr(columns, field.name) for field in fields(columns)})
