"""Drafts of what happens to a holding without the firm: it passes to another fund, or its instrument is converted."""

from dataclasses import dataclass
from datetime import date

from funds.drafts.ledger import MovementDraft
from funds.drafts.place import Draft


@dataclass(frozen=True, kw_only=True)
class HoldingTransferDraft(MovementDraft):
    """A holding, or part of it, that `fund` sells to `buyer`, a fund of the book, for `amount_fen`."""

    buyer: str
    company: str
    transferred_on: date
    cost_out_fen: int | None = None
    transferred_ppm: int | None = None


@dataclass(frozen=True, kw_only=True)
class ConversionDraft(Draft):
    """A holding whose instrument (`earlier`; None = whatever was agreed) becomes another on a day, without money."""

    fund: str
    company: str
    converted_on: date
    instrument: str
    earlier: str | None = None
