"""The live panel: what the deal would do to leverage, alignment and cash, figure by figure, before it is recorded."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboard.forms.deal import DealForm
from dashboard.pages.figure_text import explain_figure, write_figure
from dashboard.pages.record_deal.deal_desk import DealDesk
from dashboard.readings.answers import Figure
from dashboard.readings.what_if import DRY_POWDER, FIRM, LARGEST, PARK, UNFUNDED, Moved, read_what_if
from dashboard.words import say_problem
from dashboard.words.numbers import ABSENT, MoneyUnit, choose_unit, format_money, format_percent, format_yuan
from funds.drafts import DealPackage, Draft
from funds.errors import RulesBroken
from funds.measures import MICRO
from funds.permissions import Action

AMOUNTS, SHARES = frozenset({DRY_POWDER, UNFUNDED}), frozenset({LARGEST, FIRM})
TAG_POLICY = "second_person.tag"
ALWAYS = 2
NEEDED = "form.needed"


def draw_effect(desk: DealDesk, form: DealForm) -> list[Component]:
    """The figures before and after, those that move marked, and what of the deal will not count yet."""
    waits = bool(form.package.tags) and tag_waits(desk)
    drafts = list_drafts(form.package, with_tags=not waits)
    found = read_what_if(desk.slice, drafts, form.fund, form.company)
    unit = choose_unit(
        side.value
        for one in found.moved
        for side in (one.before, one.after)
        if side.code in AMOUNTS and isinstance(side.value, int)
    )
    cash = next(one for one in found.moved if one.after.code == DRY_POWDER)
    notes = []
    if isinstance(cash.after.value, int) and cash.after.value < 0:
        short = format_money(-cash.after.value, unit)
        said = desk.say("record_deal.cash_short", amount=short, unit=desk.say(unit.code))
        notes.append(html.P(said, className="form-told form-fault", role="alert"))
    if waits:
        notes.append(html.P(desk.say("record_deal.tag_waits"), className="card-note"))
    headline = desk.say("record_deal.moves", count=len(found.changed), all=len(found.moved))
    return [
        html.P(headline, className="deal-headline"),
        *notes,
        _draw_table(desk, found.moved, unit),
        html.P(desk.say("record_deal.panel_note", version=found.version), className="card-note"),
    ]


def draw_missing(desk: DealDesk, broken: RulesBroken) -> list[Component]:
    """What keeps the effect from being worked out: wrong entries in words, empty ones by their number."""
    wrong = [problem for problem in broken.problems if problem.code not in (NEEDED, "deal.no_firm")]
    empty = len(broken.problems) - len(wrong)
    lines = [html.P(say_problem(problem, desk.context.language)) for problem in wrong]
    if empty:
        lines.append(html.P(desk.say("record_deal.still_empty", count=empty)))
    return [html.Div(lines, className="deal-missing")]


def list_drafts(package: DealPackage, *, with_tags: bool) -> list[Draft]:
    """The drafts of a package that move figures."""
    tags = package.tags if with_tags else ()
    parts: tuple[Iterable[Draft], ...] = (
        package.parties,
        package.companies,
        tags,
        package.rounds,
        package.investors,
        (package.investment,),
    )
    return [draft for part in parts for draft in part]


def tag_waits(desk: DealDesk) -> bool:
    """Whether the industry of a new firm has to wait for a second person."""
    policy = desk.slice.facts.policies.get(TAG_POLICY)
    level = 1 if policy is None or policy.value_e6 is None else policy.value_e6 // MICRO
    return level >= ALWAYS or (level > 0 and not desk.visit.rights.may(Action.CONFIRM_TAG))


def _draw_table(desk: DealDesk, moved: Sequence[Moved], unit: MoneyUnit) -> Component:
    heads = ("figure", "before", "after")
    head = html.Tr([html.Th(desk.say(f"record_deal.col_{name}"), scope="col") for name in heads])
    body: list[Component] = []
    places = dict.fromkeys((one.level, one.place) for one in moved)
    for level, place in places:
        body.append(html.Tr(html.Th(_name_place(desk, level, place), colSpan=3, scope="colgroup")))
        body += [_draw_row(desk, one, unit) for one in moved if (one.level, one.place) == (level, place)]
    return html.Div(
        html.Table([html.Thead(head), html.Tbody(body)], className="table deal-effect"),
        className="table-scroll",
    )


def _draw_row(desk: DealDesk, one: Moved, unit: MoneyUnit) -> Component:
    name = _name_figure(desk, one.before, unit)
    before, after = _write(one.before, unit), _write(one.after, unit)
    word = "record_deal.changed" if before != after else "record_deal.changed_slightly"
    mark = html.Span(desk.say(word), className="deal-mark") if one.is_changed else None
    return html.Tr(
        [
            html.Th([name, mark], scope="row"),
            html.Td(before, className="number", title=_explain(desk, one.before)),
            html.Td(after, className="number", title=_explain(desk, one.after)),
        ],
        className="deal-changed" if one.is_changed else "deal-same",
    )


def _name_place(desk: DealDesk, level: str, place: str) -> str:
    facts = desk.slice.facts
    things = facts.parks.values() if level == PARK else facts.funds.values()
    name = next((one.name for one in things if one.code == place), place)
    return desk.say(f"record_deal.at_{level}", name=name)


def _name_figure(desk: DealDesk, figure: Figure, unit: MoneyUnit) -> str:
    if figure.code in AMOUNTS:
        return desk.say(f"record_deal.m_{figure.code}", unit=desk.say(unit.code))
    if figure.code in SHARES:
        return desk.say(f"record_deal.m_{figure.code}")
    name, basis = desk.say(f"figure.{figure.code}"), desk.say(f"basis.{figure.basis}")
    if basis in name:
        return f"{figure.code} {name}"
    return desk.say("record_deal.figure_named", name=name, basis=basis, code=figure.code)


def _write(figure: Figure, unit: MoneyUnit) -> str:
    if figure.value is None:
        return ABSENT
    if figure.code in AMOUNTS:
        return format_money(int(figure.value), unit)
    return format_percent(Fraction(figure.value)) if figure.code in SHARES else write_figure(figure, unit)


def _explain(desk: DealDesk, figure: Figure) -> str:
    if figure.code in AMOUNTS and figure.value is not None:
        return f"{format_yuan(int(figure.value))} {desk.say('unit.yuan')}"
    return explain_figure(desk.visit, figure)
