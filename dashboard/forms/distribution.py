"""The form of a distribution: its day and kind, whether it may be called again, and what each investor gets."""

from dashboard.forms.investor_lines import check_sum, read_lines
from dashboard.forms.typed import FormReader, TypedForm
from funds.drafts import DistributionDraft
from funds.kinds import DistributionKind

SHEET = "分配登记单"
FIELDS = ("paid_on", "kind", "total", "recallable", "in_kind", "business_no")
YES = "yes"


def read_distribution(fund: str, typed: TypedForm) -> list[DistributionDraft]:
    """A draft for every investor who gets something."""
    reader = FormReader(typed)
    day = reader.needed_day("paid_on")
    kind = reader.needed_choice("kind", DistributionKind)
    total = reader.money("total")
    number = reader.text("business_no")
    lines = read_lines(reader, SHEET)
    check_sum(reader, total, lines)
    reader.finish()
    return [
        DistributionDraft(
            place=line.place,
            fund=fund,
            investor=line.investor,
            amount_fen=line.amount_fen,
            paid_on=day,
            kind=kind,
            is_recallable=reader.text("recallable") == YES,
            is_in_kind=reader.text("in_kind") == YES,
            business_no=f"{number}-{line.investor}" if number else None,
        )
        for line in lines
    ]
