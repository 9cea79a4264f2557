"""The form that recognises an investment as local (返投认定)."""

from dashboard.forms.typed import FormReader, TypedForm
from funds.drafts import LocalInvestmentDraft

FIELDS = ("fund", "company", "amount", "day", "basis")


def read_recognition(typed: TypedForm) -> LocalInvestmentDraft:
    """The amount that is recognised, for which firm, from when and on what ground."""
    reader = FormReader(typed)
    fund, company = (reader.needed_text(name) for name in ("fund", "company"))
    amount, day, basis = reader.needed_money("amount"), reader.needed_day("day"), reader.needed_text("basis")
    reader.finish()
    return LocalInvestmentDraft(fund=fund, company=company, amount_fen=amount, recognised_on=day, basis=basis)
