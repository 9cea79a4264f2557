"""The form of an interest in a fund that passes from one investor to another."""

from dashboard.forms.typed import FormReader, TypedForm
from funds.drafts import CommitmentDraft
from funds.kinds import CommitmentChange

FIELDS = ("investor", "transferee", "amount", "day", "basis", "business_no")


def read_commitment_transfer(fund: str, typed: TypedForm) -> CommitmentDraft:
    """The transfer as a change of the commitment."""
    reader = FormReader(typed)
    investor, transferee = (reader.needed_text(name) for name in ("investor", "transferee"))
    amount, day = reader.needed_money("amount"), reader.needed_day("day")
    basis, number = reader.text("basis"), reader.text("business_no")
    reader.finish()
    return CommitmentDraft(
        fund=fund,
        investor=investor,
        transferee=transferee,
        kind=CommitmentChange.TRANSFER,
        amount_fen=amount,
        signed_on=day,
        basis=basis,
        business_no=number,
    )
