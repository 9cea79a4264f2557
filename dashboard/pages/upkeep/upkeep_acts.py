"""Records what the form says: put right or otherwise from a day on, at once or as a proposal."""

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues
from dashboard.forms.kept_draft import forget_draft
from dashboard.forms.upkeep import ReadForm, list_fields, read_form
from dashboard.forms.upkeep_sheets import EditSheet
from dashboard.pages.people.account_words import draw_done
from dashboard.pages.upkeep.upkeep_desk import EditWay, UpkeepDesk
from dashboard.pages.upkeep.upkeep_form import DATED, FORM, REASON, draft_key, is_dated, list_choices
from funds.drafts.edits import EditDraft
from funds.drafts.proposals import ChangedValue
from funds.errors import NotFound
from funds.recording.edits import Edited, record_edit

ACTIONS: Mapping[EditWay, str] = {EditWay.FIX: "correct", EditWay.FROM: "record", EditWay.NEW: "record"}


def read_texts(desk: UpkeepDesk, values: Sequence[object], ids: Sequence[object]) -> dict[str, str]:
    """What was typed, by column; what the page did not draw is not listened to."""
    if desk.sheet is None or len(values) != len(ids):
        raise BadValues("request.bad_values")
    known = {field.column for field in list_fields(desk.sheet, is_dated=True)} | {REASON}
    texts: dict[str, str] = {}
    for value, one in zip(values, ids, strict=True):
        column = one.get("column") if isinstance(one, dict) else None
        if column not in known or not isinstance(value, str | None):
            raise BadValues("request.bad_values")
        texts[str(column)] = value or ""
    return texts


def save_edit(desk: UpkeepDesk, texts: Mapping[str, str], seen_version: int) -> tuple[Component, int]:
    """Record what was typed; returns what to say, and the version that the form goes on from."""
    sheet, visit = desk.sheet, desk.context.visit
    if sheet is None or desk.thing is None:
        raise NotFound("upkeep.no_such_thing")
    choices = list_choices(desk, sheet)
    ids = {kind: {one.code: one.id for one in found} for kind, found in choices.items()}
    is_asked = is_dated(desk) or "from_date" in texts
    form = read_form(sheet, texts, ids, is_dated=is_asked)
    draft = _make_draft(desk, sheet, form, ids, seen_version)
    with visit.book.change(visit.person.login, form.reason, action=ACTIONS[desk.way]) as change:
        edited = record_edit(change, draft)
    forget_draft(visit, FORM, draft_key(desk, sheet))
    return _tell(desk, edited, change.version), change.version


def _make_draft(
    desk: UpkeepDesk,
    sheet: EditSheet,
    form: ReadForm,
    ids: Mapping[str, Mapping[str, int]],
    seen_version: int,
) -> EditDraft:
    """Values by column; a fact from a day on also says whose it is."""
    values = form.changed_values(sheet, ids)
    fact = None
    if desk.way in DATED and desk.thing is not None:
        values.append(ChangedValue(sheet.thing, desk.subject_id(sheet.table)))
        fact = form.make_draft(sheet, desk.thing.code, desk.thing.name)
    return EditDraft(
        table=sheet.table,
        row_id=desk.row_id,
        seen_version=seen_version,
        values=tuple(values),
        fact=fact,
    )


def _tell(desk: UpkeepDesk, edited: Edited, version: int) -> Component:
    """What was done; what waits for a second person, with the way to it."""
    if edited.waiting:
        links = [
            dcc.Link(desk.say("proposal.see", number=one), href=f"/proposals/{one}") for one in edited.waiting
        ]
        return draw_done(html.P(desk.say("upkeep.waits")), *links)
    return draw_done(
        html.P(desk.say("upkeep.done", version=version)),
        dcc.Link(desk.say("upkeep.see_change"), href=f"/trail/{version}"),
        " ",
        dcc.Link(desk.say("upkeep.back"), href=desk.link()),
    )
