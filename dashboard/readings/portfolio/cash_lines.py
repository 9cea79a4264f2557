"""The notices, receipts and payouts of a scope's funds, read once for all that is told of them."""

from funds.queries.cash_papers import CashPapers
from funds.queries.ledger_slice import LedgerSlice


def read_cash(slice_: LedgerSlice) -> CashPapers:
    """The papers of the funds of the scope; kept on the shelf of the slice, which is one person's."""
    key = f"cash:{sorted(slice_.members)}"
    if key not in slice_.shelf:
        slice_.shelf[key] = slice_.open_cash(slice_.members)
    found: CashPapers = slice_.shelf[key]
    return found
