"""The form of receipts: which investors paid in, how much, on which day, and for which notice."""

from datetime import date

from dashboard.forms.investor_lines import InvestorLine, check_sum, read_lines
from dashboard.forms.typed import FormReader, TypedForm
from funds.drafts import ContributionDraft

SHEET = "到账登记单"
FIELDS = ("notice_no", "received_on", "total", "inside", "business_no")
OUTSIDE = "outside"


def read_receipts(fund: str, typed: TypedForm) -> list[ContributionDraft]:
    """A draft for every investor who paid; a line without a day of its own came in on the day of the form."""
    reader = FormReader(typed)
    day = reader.day("received_on")
    total = reader.money("total")
    notice, number = reader.text("notice_no"), reader.text("business_no")
    is_inside = reader.text("inside") != OUTSIDE
    lines = read_lines(reader, SHEET)
    check_sum(reader, total, lines)
    days = [_day_of(reader, line, day) for line in lines]
    reader.finish()
    return [
        ContributionDraft(
            place=line.place,
            fund=fund,
            investor=line.investor,
            amount_fen=line.amount_fen,
            received_on=came,
            notice_no=notice,
            is_inside_commitment=is_inside,
            business_no=f"{number}-{line.investor}" if number else None,
        )
        for line, came in zip(lines, days, strict=True)
        if came is not None
    ]


def _day_of(reader: FormReader, line: InvestorLine, day: date | None) -> date | None:
    found = line.day or day
    if found is None and not reader.problems:
        reader.report("form:received_on", "form.needed")
    return found
