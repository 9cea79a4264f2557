"""Why a holding asks for a new mark, in words with the numbers that say so."""

from collections.abc import Sequence

from dashboard.pages.quarter_end.quarter_desk import QuarterDesk
from dashboard.readings.portfolio.mark_triggers import Thresholds, Trigger, TriggerKind
from dashboard.words.numbers import MoneyUnit, format_count, format_date, format_money, format_percent
from funds.measures import WHOLE_PPM, format_scaled


def write_triggers(desk: QuarterDesk, triggers: Sequence[Trigger], unit: MoneyUnit) -> list[str]:
    """A clause for each, in their order."""
    return [_write(desk, one, unit) for one in triggers]


def write_thresholds(desk: QuarterDesk, limits: Thresholds) -> str:
    """What policy sets, each with whether the paper was checked; what it does not set is not judged."""
    if not limits.rows:
        return desk.say("quarter_end.no_thresholds")
    told = []
    for row in limits.rows:
        value = row.words or format_scaled(row.value_e6 or 0, 1_000_000)
        checked = desk.say(f"quarter_end.policy_{row.confirmation}")
        told.append(f"{row.name.rpartition('：')[2]} {value}{row.unit or ''}（{checked}）")
    return desk.say("quarter_end.thresholds", told="；".join(told))


def _write(desk: QuarterDesk, one: Trigger, unit: MoneyUnit) -> str:
    day = format_date(one.day, desk.context.language)
    if one.kind is TriggerKind.NEW_ROUND:
        return _write_round(desk, one, day, unit)
    if one.kind is TriggerKind.OLD_MARK:
        return desk.say("quarter_end.trigger_old_mark", count=format_count(one.quarters))
    if one.kind is TriggerKind.DROP:
        share = format_percent((one.drop_ppm or 0) / WHOLE_PPM)
        return desk.say("quarter_end.trigger_drop", about=one.about, share=share)
    if one.kind is TriggerKind.EXIT:
        return desk.say("quarter_end.trigger_exit", day=day, amount=_amount(desk, one.amount or 0, unit))
    return desk.say("quarter_end.trigger_no_mark", day=day)


def _write_round(desk: QuarterDesk, one: Trigger, day: str, unit: MoneyUnit) -> str:
    implied = one.implied
    told = desk.say("quarter_end.trigger_new_round", name=one.about, day=day)
    if one.amount is not None:
        told += desk.say("quarter_end.trigger_post", amount=_amount(desk, one.amount, MoneyUnit.YI))
    if implied is not None and implied.value is not None:
        return told + desk.say("quarter_end.trigger_implied", amount=_amount(desk, implied.value, unit))
    reason = desk.say(implied.reason) if implied is not None and implied.reason else ""
    return told + desk.say("quarter_end.trigger_not_implied", reason=reason)


def _amount(desk: QuarterDesk, fen: int, unit: MoneyUnit) -> str:
    return f"{format_money(fen, unit)} {desk.say(unit.code)}"
