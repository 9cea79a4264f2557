"""The funds that a person may read, and the scope that holds just these."""

from dashboard.pages.context import PageContext
from dashboard.pages.scope_choice import offer_scopes
from dashboard.readings.lasting_answers import without_filed
from funds.queries.facts import FundFacts
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, Scope, fund_scope


def list_readable(slice_: LedgerSlice) -> list[FundFacts]:
    """The funds of the book that the person of a slice may look at, by code."""
    return slice_.readable_funds


def slice_readable(context: PageContext) -> LedgerSlice | None:
    """A slice of all of them, whole; None where there are none yet."""
    for scope in offer_scopes(context):
        slice_ = _slice(context, scope)
        funds = list_readable(slice_)
        if not funds:
            return None
        return slice_ if scope == CITY else slice_.narrow(fund_scope(*(fund.code for fund in funds)))
    return None


def _slice(context: PageContext, scope: Scope) -> LedgerSlice:
    visit = context.visit
    slice_ = slice_ledger(visit.book, visit.person.login, scope, context.as_of, context.as_known)
    return without_filed(slice_)
