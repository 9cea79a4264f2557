"""The fund's value at a quarter's end, item by item, beside the reported one; and the bridge from the opening."""

from dashboard.pages.context import PageContext
from dashboard.pages.quarter_end.quarter_desk import QuarterDesk, fine_unit, open_desk
from dashboard.readings.returns.net_assets import SIGNS
from dashboard.readings.returns.quarter_roll import QuarterRoll
from dashboard.tables.shown import Column, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_money

NAV, BRIDGE = "quarter_nav", "quarter_bridge"


def make_nav_table(context: PageContext) -> ShownTable:
    """The items, for export."""
    return make_nav(open_desk(context))


def make_bridge_table(context: PageContext) -> ShownTable:
    """The bridge, for export."""
    return make_bridge(open_desk(context))


def unit_of(roll: QuarterRoll) -> MoneyUnit:
    """One unit for the items and the steps, in which their sums can be followed."""
    return fine_unit(coarse_unit_of(roll))


def coarse_unit_of(roll: QuarterRoll) -> MoneyUnit:
    """The unit in which they are short."""
    steps = [value for _, value in roll.bridge.steps]
    reported = [] if roll.reported is None else [roll.reported.value]
    return choose_unit([*steps, *reported, roll.derived, roll.marks, roll.cash, roll.bridge.opening])


def make_nav(desk: QuarterDesk) -> ShownTable:
    """What the derived value is made of, the check of its sum, the reported value and what lies between."""
    if desk.fund is None:
        return _empty(desk, NAV)
    roll = desk.roll
    unit = unit_of(roll)
    items = [("marks", desk.say("quarter_end.item_marks"), roll.marks)]
    items += [
        (
            "stake",
            desk.say("quarter_end.item_stake", fund=one.name, source=desk.say(f"basis.{one.source}")),
            one.value,
        )
        for one in roll.stakes
    ]
    items.append(("cash", desk.say("quarter_end.item_cash"), roll.cash))
    items += [
        (str(item), desk.say(f"trail.balanceitem_{item}"), SIGNS[item] * amount)
        for item, amount in roll.balances.items()
    ]
    rows = [_row(desk, name, fen, unit) for _, name, fen in items]
    rows.append(_row(desk, desk.say("fund.nav_derived"), roll.derived, unit, tone="strong"))
    rows.append(_check(desk, "quarter_end.check_items", roll.parts_left))
    reported = None if roll.reported is None else roll.reported.value
    rows.append(_row(desk, desk.say("fund.nav_reported"), reported, unit, tone="strong"))
    rows.append(_row(desk, desk.say("fund.nav_difference"), roll.difference, unit))
    return ShownTable(
        NAV,
        write_nav(desk, roll, unit),
        _columns(desk, unit),
        tuple(rows),
        desk.note(unit, "quarter_end.nav_note"),
        definitions=desk.versions("PF04"),
    )


def make_bridge(desk: QuarterDesk) -> ShownTable:
    """Opening, every step, closing, and the check to the fen; then what a reported value leaves unexplained."""
    if desk.fund is None:
        return _empty(desk, BRIDGE)
    roll = desk.roll
    unit, bridge = unit_of(roll), roll.bridge
    rows = [_row(desk, desk.say("quarter_end.opening"), bridge.opening, unit, tone="strong")]
    rows += [_row(desk, desk.say(f"fund.step_{key}"), value, unit) for key, value in bridge.steps if value]
    rows.append(_row(desk, desk.say("quarter_end.closing"), bridge.closing, unit, tone="strong"))
    rows.append(_check(desk, "quarter_end.check_bridge", bridge.difference))
    if roll.reported is not None or roll.opening_reported is not None:
        rows.append(_row(desk, desk.say("quarter_end.unexplained"), roll.headline.difference, unit))
    start, end = roll.opening_day.isoformat(), roll.closing_day.isoformat()
    return ShownTable(
        BRIDGE,
        write_bridge(desk, roll, unit),
        _columns(desk, unit),
        tuple(rows),
        desk.note(unit, "quarter_end.bridge_note", start=start, end=end),
        definitions=desk.versions("PF04"),
    )


def write_nav(desk: QuarterDesk, roll: QuarterRoll, unit: MoneyUnit) -> str:
    """What the fund is worth by its parts, and how the reported value stands to it."""
    told = desk.say("quarter_end.says_derived", amount=_amount(desk, roll.derived, unit))
    if roll.difference is None:
        return told + desk.say("quarter_end.says_unreported")
    if roll.difference == 0:
        return told + desk.say("quarter_end.says_equal")
    code = "quarter_end.says_above" if roll.difference > 0 else "quarter_end.says_below"
    return told + desk.say(code, amount=_amount(desk, abs(roll.difference), unit))


def write_bridge(desk: QuarterDesk, roll: QuarterRoll, unit: MoneyUnit) -> str:
    """By how much the value changed over the quarter, and whether the steps explain all of it."""
    change = roll.derived - roll.bridge.opening
    code = "up" if change > 0 else "down" if change < 0 else "same"
    told = desk.say(f"quarter_end.bridge_{code}", amount=_amount(desk, abs(change), unit))
    return told + desk.say("quarter_end.ties" if roll.ties else "quarter_end.does_not_tie")


def _columns(desk: QuarterDesk, unit: MoneyUnit) -> tuple[Column, ...]:
    return (
        Column("item", desk.say("quarter_end.item")),
        Column("amount", desk.titled("fund.amount", unit), is_number=True),
    )


def _row(desk: QuarterDesk, name: str, fen: int | None, unit: MoneyUnit, tone: str = "") -> Row:
    cells = desk.cells(unit)
    return (cells.text(name, tone=tone), cells.money(fen, "fund.no_reported"))


def _check(desk: QuarterDesk, code: str, left: int | None) -> Row:
    """A sum that must come out: what is left of it is told in 元, to the fen, whatever the table's unit."""
    cells = desk.cells(MoneyUnit.YUAN)
    tone = "good" if left == 0 else "broken"
    text = f"{format_money(left, MoneyUnit.YUAN)} {desk.say('unit.yuan')}"
    return (cells.text(desk.say(code), tone="soft"), cells.text(text, tone=tone))


def _amount(desk: QuarterDesk, fen: int, unit: MoneyUnit) -> str:
    return f"{format_money(fen, unit)} {desk.say(unit.code)}"


def _empty(desk: QuarterDesk, name: str) -> ShownTable:
    return ShownTable(name, desk.say("page.quarter_end"), _columns(desk, MoneyUnit.YUAN), ())
