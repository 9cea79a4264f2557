"""One sentence that says what the figures found."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.auth.visit import Visit
from dashboard.pages.figure_text import write_figure
from dashboard.readings.answers import Reading
from dashboard.words.numbers import MoneyUnit


def draw_headline(visit: Visit, reading: Reading, unit: MoneyUnit) -> Component:
    """The sentence, as large as it is short; what cannot be worked out is left out of it."""
    return html.P(write_headline(visit, reading, unit), className="headline")


def write_headline(visit: Visit, reading: Reading, unit: MoneyUnit) -> str:
    """Clauses for leverage, for alignment and for the return, each from its own figure."""
    clauses = list(_write_clauses(visit, reading, unit))
    return visit.say("overview.join").join(clauses) + visit.say("overview.stop")


def _write_clauses(visit: Visit, reading: Reading, unit: MoneyUnit) -> Iterator[str]:
    committed, paid = reading.figure("LV04", "committed"), reading.figure("LV04", "paid_in")
    if committed.value is not None and paid.value is not None:
        yield visit.say(
            "overview.says_leverage",
            committed=write_figure(committed, unit).removesuffix("×"),
            paid=write_figure(paid, unit).removesuffix("×"),
        )
    else:
        size = reading.figure("PF01")
        amount = f"{write_figure(size, unit)} {visit.say(unit.code)}"
        yield visit.say("overview.says_committed", amount=amount)
    aligned = reading.figure("AL01", "cost")
    if aligned.value is not None:
        yield visit.say("overview.says_alignment", share=write_figure(aligned, unit))
    rate = reading.figure("PF09")
    if rate.value is not None:
        yield visit.say("overview.says_rate", rate=write_figure(rate, unit))
