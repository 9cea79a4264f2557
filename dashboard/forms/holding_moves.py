"""The forms of what leaves a holding: an exit, a transfer to another fund, a conversion."""

from dashboard.forms.typed import FormReader, TypedForm
from funds.drafts import ExitDraft
from funds.drafts.holdings import ConversionDraft, HoldingTransferDraft
from funds.kinds import ExitKind

APART = "|"  # between fund and firm, in the value of a choice


def read_exit(typed: TypedForm) -> ExitDraft:
    """An exit in part or whole, a dividend, a write-off or a liquidation; nothing typed as amount is 0."""
    reader = FormReader(typed)
    fund, company = _holding(reader)
    kind, day = reader.needed_choice("kind", ExitKind), reader.needed_day("day")
    amount = reader.money("amount") if kind is ExitKind.WRITE_OFF else reader.needed_money("amount")
    cost, part = reader.money("cost_out"), reader.percent("part")
    number = reader.text("business_no")
    reader.finish()
    return ExitDraft(
        fund=fund,
        company=company,
        kind=kind,
        exited_on=day,
        amount_fen=amount or 0,
        cost_out_fen=cost,
        transferred_ppm=part,
        business_no=number,
    )


def read_holding_transfer(typed: TypedForm) -> HoldingTransferDraft:
    """A holding or part of it that passes to another fund."""
    reader = FormReader(typed)
    fund, company = _holding(reader)
    buyer, day, amount = reader.needed_text("buyer"), reader.needed_day("day"), reader.needed_money("amount")
    cost, part = reader.money("cost_out"), reader.percent("part")
    number = reader.text("business_no")
    reader.finish()
    return HoldingTransferDraft(
        fund=fund,
        company=company,
        buyer=buyer,
        transferred_on=day,
        amount_fen=amount,
        cost_out_fen=cost,
        transferred_ppm=part,
        business_no=number,
    )


def read_conversion(typed: TypedForm) -> ConversionDraft:
    """An instrument that becomes another."""
    reader = FormReader(typed)
    fund, company = _holding(reader)
    earlier, instrument = reader.text("earlier"), reader.needed_text("instrument")
    day = reader.needed_day("day")
    reader.finish()
    return ConversionDraft(
        fund=fund, company=company, converted_on=day, instrument=instrument, earlier=earlier
    )


def _holding(reader: FormReader) -> tuple[str, str]:
    fund, _, company = reader.needed_text("holding").partition(APART)
    return fund, company
