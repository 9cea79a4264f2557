"""What the passport of a rate adds: its status and roots, the curve with every root, its flows, the last mark."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures.root_plot import RootWords, draw_root_plot
from dashboard.figures.template import graph_config
from dashboard.pages.attributes import aria
from dashboard.pages.context import PageContext
from dashboard.readings.returns.index_account import LevelUsed
from dashboard.readings.returns.last_marks import Sensitivity
from dashboard.readings.returns.rate_workings import MOST_FLOWS, RateWorking
from dashboard.readings.single import IndexUsed
from dashboard.words.numbers import (
    MoneyUnit,
    choose_unit,
    format_count,
    format_date,
    format_money,
    format_percent,
    format_yuan,
)


def draw_rate(context: PageContext, working: RateWorking) -> Component:
    """Status and roots in words, the plot, what rests on the last mark, and the flows."""
    unit = choose_unit(flow.amount for flow in working.flows)
    solved = working.solved
    roots = "、".join(_write_root(root) for root in solved.roots) or "—"
    status = context.say("passport.rate", status=context.say(f"rate.{solved.rate.status}"), roots=roots)
    return html.Div(
        [
            html.P(status, className="passport-working"),
            html.P(_write_mark(context, working.last_mark), className="passport-exact passport-aside"),
            *_draw_plot(context, working),
            _draw_flows(context, working, unit),
        ]
    )


def draw_index(context: PageContext, index: IndexUsed, levels: Sequence[LevelUsed]) -> Component:
    """The index that a figure compares with: its kind, its last day and level, and the level of each flow."""
    say = context.say
    kind = say("basis.total_return_index" if index.is_total_return else "basis.price_index")
    level = _write_level(index.level_e6)
    day = format_date(index.day, context.language)
    return html.Div(
        [
            html.P(say("fund.index_used", index=index.code, kind=kind), className="passport-working"),
            html.P(say("fund.index_level", day=day, level=level), className="passport-exact"),
            _draw_levels(context, levels),
        ]
    )


def _write_level(level_e6: int) -> str:
    """A level with the two decimals that indexes are quoted with."""
    return format_money(level_e6 // 10_000, MoneyUnit.YUAN)


def _write_root(text: str) -> str:
    return format_percent(float(text), 2)


def _write_mark(context: PageContext, mark: Sensitivity) -> str:
    """How many basis points rest on the last mark, or why that cannot be said."""
    if mark.points is not None and mark.before is not None:
        day = format_date(mark.before, context.language)
        return context.say("fund.rate_mark", points=mark.points, day=day)
    return context.say("fund.rate_no_mark", reason=context.say(mark.reason) if mark.reason else "—")


def _draw_plot(context: PageContext, working: RateWorking) -> list[Component]:
    """The curve of the net present value; nothing where there is nothing to draw."""
    if not working.samples:
        return []
    unit = choose_unit(round(sample.worth) for sample in working.samples)
    roots = [(float(root), _write_root(root)) for root in working.solved.roots]
    words = RootWords(
        rate=context.say("fund.rate_axis"), worth=context.say("fund.rate_worth", unit=context.say(unit.code))
    )
    samples = [(sample.rate, sample.worth / unit.value) for sample in working.samples]
    figure = draw_root_plot(samples, roots, words, context.scheme)
    named = "、".join(text for _, text in roots)
    title = context.say("fund.rate_root_finding", roots=named) if roots else context.say("fund.rate_no_root")
    config: Any = {**graph_config(context.language), "displayModeBar": False}
    graph = dcc.Graph(figure=figure, config=config)
    return [
        html.H3(title, className="card-title passport-plot"),
        html.Div(graph, role="img", **aria(label=title)),
    ]


def _draw_flows(context: PageContext, working: RateWorking, unit: MoneyUnit) -> Component:
    say = context.say
    title = say("fund.rate_flows", count=format_count(working.count))
    rows = [
        (
            flow.day.isoformat(),
            _draw_amount(context, flow.amount, unit),
            flow.row or say("fund.rate_flow_value"),
        )
        for flow in working.flows
    ]
    titles = (say("passport.day"), _name_amount(context, unit), say("fund.flow_row"))
    return _draw_details(context, title, titles, rows, working.count)


def _draw_levels(context: PageContext, levels: Sequence[LevelUsed]) -> Component:
    say, unit = context.say, choose_unit(level.amount for level in levels)
    title = say("fund.levels_used", count=format_count(len(levels)))
    rows = [
        (
            level.day.isoformat(),
            _draw_amount(context, level.amount, unit),
            f"{_write_level(level.level_e6)} · {level.quoted.isoformat()}",
        )
        for level in levels[-MOST_FLOWS:]
    ]
    titles = (say("passport.day"), _name_amount(context, unit), say("fund.level_used"))
    return _draw_details(context, title, titles, rows, len(levels))


def _name_amount(context: PageContext, unit: MoneyUnit) -> str:
    return context.say("fund.with_unit", name=context.say("passport.amount"), unit=context.say(unit.code))


def _draw_amount(context: PageContext, fen: int, unit: MoneyUnit) -> Component:
    return html.Span(format_money(fen, unit), title=f"{format_yuan(fen)} {context.say('unit.yuan')}")


def _draw_details(
    context: PageContext,
    title: str,
    titles: Sequence[str],
    rows: Sequence[Sequence[str | Component]],
    count: int,
) -> Component:
    """A table that opens, with the newest rows where there are many; the amount stands in the middle."""
    cut = context.say("fund.flows_newest", shown=format_count(len(rows))) if len(rows) < count else None
    kinds = ("nowrap", "number", "")
    head = [html.Th(name, scope="col", className=kind) for name, kind in zip(titles, kinds, strict=True)]
    body = [
        html.Tr([html.Td(cell, className=kind) for cell, kind in zip(row, kinds, strict=True)])
        for row in rows
    ]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)], className="table")
    region = {"tabIndex": 0, "role": "region", **aria(label=title)}
    holder = html.Div(table, className="table-scroll", **region)
    note = html.P(cut, className="card-note") if cut else None
    return html.Details([html.Summary(title), note, holder], className="chart-table")
