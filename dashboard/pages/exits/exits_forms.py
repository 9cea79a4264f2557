"""The forms of what leaves a holding: their fields, and how each is recorded in one revision."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.forms.holding_moves import read_conversion, read_exit, read_holding_transfer
from dashboard.forms.typed import TypedForm
from dashboard.pages.context import PageContext
from dashboard.pages.exits.exits_desk import ExitsDesk
from dashboard.pages.typed_form import DrawnForm, Field, FieldKind
from dashboard.pages.typed_form_acts import TypedAct
from funds.drafts import Draft
from funds.errors import Conflict
from funds.kinds import ExitKind
from funds.recording import (
    Recorded,
    record_conversions,
    record_exits,
    record_holding_transfers,
)

PREFIX = "exits"
NEW_EXIT, MOVE, CONVERT = "exit", "move", "convert"
COLUMNS = {
    "fund": "holding",
    "company": "holding",
    "amount_fen": "amount",
    "cost_out_fen": "cost_out",
    "transferred_ppm": "part",
    "exited_on": "day",
    "transferred_on": "day",
    "converted_on": "day",
    "moved_on": "day",
    "paid_on": "day",
}


def save_exit(context: PageContext, typed: TypedForm) -> str:
    """Money back from a firm, or its write-off."""
    return _record(context, record_exits, read_exit(typed), "exits.why_exit")


def save_move(context: PageContext, typed: TypedForm) -> str:
    """A holding that passes to another fund."""
    return _record(context, record_holding_transfers, read_holding_transfer(typed), "exits.why_move")


def save_conversion(context: PageContext, typed: TypedForm) -> str:
    """An instrument that becomes another."""
    return _record(context, record_conversions, read_conversion(typed), "exits.why_convert")


def shape_exit(desk: ExitsDesk) -> DrawnForm:
    """Every form of exit in one: the kind says which fields count."""
    kinds = [(str(kind), desk.say(f"exits.kind_{kind}")) for kind in ExitKind]
    fields = (
        _field(desk, "holding", "held", choices=desk.holdings),
        _field(desk, "kind", note="exits.kind_note", choices=kinds),
        _field(desk, "day"),
        _field(desk, "amount", note="exits.amount_note", is_needed=False),
        *_cost_fields(desk),
    )
    return DrawnForm(
        desk.say("exits.form_exit"), desk.say("exits.form_exit_note"), desk.say("exits.save_exit"), fields
    )


def shape_move(desk: ExitsDesk) -> DrawnForm:
    """Seller and firm, the buyer, and the price."""
    buyers = [(fund.code, fund.name) for fund in desk.slice.member_funds if fund.id in desk.own_funds]
    fields = (
        _field(desk, "holding", "seller", choices=desk.holdings),
        _field(desk, "buyer", choices=buyers),
        _field(desk, "day", "moved_on"),
        _field(desk, "amount", "price"),
        *_cost_fields(desk),
    )
    return DrawnForm(
        desk.say("exits.form_move"), desk.say("exits.form_move_note"), desk.say("exits.save_move"), fields
    )


def shape_conversion(desk: ExitsDesk) -> DrawnForm:
    """What it was, what it became, and when."""
    fields = (
        _field(desk, "holding", "held", choices=desk.holdings),
        _field(desk, "earlier", note="exits.earlier_note", is_needed=False),
        _field(desk, "instrument", note="exits.instrument_note"),
        _field(desk, "day", "converted_on"),
    )
    return DrawnForm(
        desk.say("exits.form_convert"),
        desk.say("exits.form_convert_note"),
        desk.say("exits.save_convert"),
        fields,
    )


def _cost_fields(desk: ExitsDesk) -> tuple[Field, ...]:
    return (
        _field(desk, "cost_out", note="exits.cost_out_note", is_needed=False),
        _field(desk, "part", note="exits.part_note", is_needed=False),
        _field(desk, "business_no", note="cash.business_no_note", is_needed=False),
    )


def _field(
    desk: ExitsDesk,
    name: str,
    words: str = "",
    *,
    note: str = "",
    choices: Sequence[tuple[str, str]] | None = None,
    is_needed: bool = True,
) -> Field:
    kind = FieldKind.TEXT if choices is None else FieldKind.SELECT
    label = desk.say(f"exits.{words or name}")
    return Field(name, label, desk.say(note) if note else "", "", kind, choices or (), is_needed)


def _record(context: PageContext, verb: Callable[[Any, Any], Recorded], draft: Draft, reason: str) -> str:
    visit = context.visit
    with visit.book.change(visit.person.login, reason) as change:
        recorded = verb(change, [draft])
        if not recorded.new:
            raise Conflict("cash.same")
    notes = [context.say(one.code, **one.params) for one in recorded.warnings]
    return " ".join([context.say("exits.done"), *notes])


ACTS: Mapping[str, TypedAct] = {
    NEW_EXIT: TypedAct(save_exit, fields=COLUMNS),
    MOVE: TypedAct(save_move, fields=COLUMNS),
    CONVERT: TypedAct(save_conversion, fields=COLUMNS),
}
SHAPES: Mapping[str, Callable[[ExitsDesk], DrawnForm]] = {
    NEW_EXIT: shape_exit,
    MOVE: shape_move,
    CONVERT: shape_conversion,
}
