"""The form of a call notice: its number and days, its total, and what each investor is asked for."""

from dashboard.forms.investor_lines import check_sum, read_lines
from dashboard.forms.typed import FormReader, TypedForm
from funds.drafts import CallNoticeDraft

SHEET = "缴款通知单"
FIELDS = ("notice_no", "noticed_on", "due_on", "total")


def read_notice(fund: str, typed: TypedForm) -> list[CallNoticeDraft]:
    """A draft for every investor who is asked for something."""
    reader = FormReader(typed)
    number = reader.needed_text("notice_no")
    noticed, due = reader.needed_day("noticed_on"), reader.needed_day("due_on")
    total = reader.money("total")
    lines = read_lines(reader, SHEET)
    check_sum(reader, total, lines)
    reader.finish()
    return [
        CallNoticeDraft(
            place=line.place,
            notice_no=number,
            fund=fund,
            investor=line.investor,
            amount_fen=line.amount_fen,
            noticed_on=noticed,
            due_on=due,
        )
        for line in lines
    ]
