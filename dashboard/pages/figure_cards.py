"""Quiet cards of figures: the definition's name above, the number that opens its passport, a note below."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.auth.visit import Visit
from dashboard.pages.attributes import aria
from dashboard.pages.figure_text import COUNTS, MONEY, explain_figure, name_basis, write_figure
from dashboard.readings.answers import Figure
from dashboard.words.numbers import MoneyUnit, format_money, format_yuan

FIGURE = "figure"


@dataclass(frozen=True)
class CardSet:
    """What all cards of a page share: who looks, at which scope, in which unit of money."""

    visit: Visit
    scope: str
    unit: MoneyUnit
    place: str = "cards"

    def number(self, figure: Figure, amount: int | None = None) -> Component:
        """The number (or an amount that it was worked out from) as a button to its passport.

        The id says only code, basis and scope.
        """
        title = self.explain(figure, amount)
        label = self.write(figure) if amount is None else format_money(amount, self.unit)
        return html.Button(
            label,
            id=figure_id(figure.code, figure.basis, self.scope, self.place),
            type="button",
            className="figure-number" + (" figure-absent" if figure.value is None else ""),
            title=title,
            **aria(label=self.visit.say("overview.open_passport", name=self.name(figure), value=title)),
        )

    def explain(self, figure: Figure, amount: int | None) -> str:
        """What stands on hover."""
        if amount is None:
            return explain_figure(self.visit, figure)
        return f"{format_yuan(amount)} {self.visit.say('unit.yuan')}"

    def write(self, figure: Figure) -> str:
        """The number, short."""
        return write_figure(figure, self.unit)

    def name(self, figure: Figure) -> str:
        """The name of a figure's definition."""
        return self.visit.say(f"figure.{figure.code}")

    def unit_of(self, figure: Figure) -> str:
        """The unit that stands beside a number; ratios carry theirs."""
        return self.visit.say(self.unit.code) if figure.code in MONEY and figure.value is not None else ""

    def card(
        self,
        figure: Figure,
        note: str = "",
        name: str | None = None,
        amount: int | None = None,
    ) -> Component:
        """One figure; `amount` shows that amount instead of the figure's own value."""
        unit = self.unit_of(figure) if amount is None else self.visit.say(self.unit.code)
        told = note if note and figure.value is not None else self.reason_of(figure)
        return html.Div(
            [
                html.Div(
                    [html.Span(name or self.name(figure)), html.Span(figure.code, className="figure-code")],
                    className="figure-name",
                ),
                html.Div(
                    [self.number(figure, amount), html.Span(unit, className="figure-unit")],
                    className="figure-line",
                ),
                html.Div(told, className="figure-note"),
            ],
            className="figure-card",
        )

    def pair(self, figures: Sequence[Figure]) -> Component:
        """A definition on its bases, side by side."""
        columns = [
            html.Div(
                [
                    html.Div(self.number(figure), className="figure-line"),
                    html.Div(name_basis(self.visit, figure.basis), className="figure-note"),
                ]
            )
            for figure in figures
        ]
        return html.Div(
            [
                html.Div(
                    [html.Span(self.name(figures[0])), html.Span(figures[0].code, className="figure-code")],
                    className="figure-name",
                ),
                html.Div(columns, className="figure-pair"),
            ],
            className="figure-card",
        )

    def reason_of(self, figure: Figure) -> str:
        """Why there is no number, or on what basis it stands."""
        if figure.value is None:
            return self.visit.say(figure.reason) if figure.reason else ""
        return "" if figure.code in COUNTS else name_basis(self.visit, figure.basis)


def figure_id(code: str, basis: str, scope: str, place: str) -> dict[str, str]:
    """What a number is called in the page: enough to work it out anew, and where it stands."""
    return {"type": FIGURE, "code": code, "basis": basis, "scope": scope, "place": place}


def strip(cards: Sequence[Component], columns: int, *, is_paired: bool = False) -> Component:
    """Cards in one row that folds on narrow screens."""
    paired = " figure-strip-pairs" if is_paired else ""
    return html.Div(list(cards), className=f"figure-strip figure-strip-{columns}{paired}")
