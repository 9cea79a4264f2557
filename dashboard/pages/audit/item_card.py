"""One drawn line: where it came from, what was said about it, its documents, and the next step for who may take it."""

from collections.abc import Iterator

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.pages.audit.audit_desk import PATH, AuditDesk
from dashboard.pages.audit.audit_tables import name_step
from dashboard.pages.documents.attach import draw_attach, subject_of_line
from dashboard.pages.trail.trail_desk import write_city_time
from dashboard.words.numbers import ABSENT, format_yuan
from funds.kinds import AttachmentSubject, AuditStep
from funds.permissions import Action
from funds.queries.audits import DrawnItem, Sampled
from funds.recording.audits import AFTER

ACT, WORDS = "audit-act", "audit-words"
VERBS = {
    AuditStep.PASSED: "audit.pass",
    AuditStep.DOUBTED: "audit.doubt",
    AuditStep.ANSWERED: "audit.answer",
    AuditStep.CLOSED: "audit.close",
}


def draw_item(desk: AuditDesk, sample: Sampled, item: DrawnItem) -> Component:
    """The line with everything about it."""
    evidence = desk.read_evidence(sample, [item]).get(item.line)
    fund = desk.trail.names.of("fund", item.fund_id)
    other = evidence.witness.other if evidence else ABSENT
    lines: list[tuple[str, Component | str]] = [
        (desk.say("audit.column_state"), name_step(desk, item.step)),
        (desk.say("audit.column_amount", unit=desk.say("unit.yuan")), format_yuan(item.amount_fen)),
        (desk.say("audit.column_how"), desk.say("audit.certain" if item.is_certain else "audit.by_chance")),
    ]
    if evidence is not None:
        version = dcc.Link(
            desk.say("audit.version_is", version=evidence.version),
            href=desk.trail.link_version(evidence.version),
            className="cell-link",
        )
        lines += [
            (desk.say("audit.column_day"), evidence.witness.day.isoformat()),
            (desk.say("audit.column_line"), desk.say(f"evidence.{evidence.witness.kind}")),
            (desk.say("audit.column_origin"), evidence.origin or desk.say("audit.origin_none")),
            (desk.say("audit.column_file"), evidence.file or ABSENT),
            (desk.say("audit.column_maker"), evidence.person),
            (desk.say("audit.column_known"), version),
        ]
    return html.Section(
        [
            html.H2(desk.say("audit.item", item=item.id, fund=fund, other=other), className="card-title"),
            html.Div(
                [
                    html.Dl([part for name, value in lines for part in (html.Dt(name), html.Dd(value))]),
                    html.Div([_draw_story(desk, item), _draw_acts(desk, item)]),
                ],
                className="page-grid",
            ),
            html.H3(desk.say("audit.documents"), className="section-title"),
            *_draw_documents(desk, item),
            dcc.Link(desk.say("audit.back"), href=desk.context.link(PATH), className="cell-link"),
        ],
        className="card audit-item",
    )


def list_steps(desk: AuditDesk, item: DrawnItem) -> list[AuditStep]:
    """The steps that may follow and that this person may take: who judges does not answer."""
    judges, records = desk.may(Action.AUDIT, item), desk.may(Action.RECORD_BUSINESS, item)
    may = {step: records and not judges if step is AuditStep.ANSWERED else judges for step in AuditStep}
    return [step for step in AuditStep if item.step in AFTER[step] and may[step]]


def _draw_documents(desk: AuditDesk, item: DrawnItem) -> Iterator[Component]:
    """Of the line in the ledger, and those that answer a doubt about it."""
    code = desk.code_of(item.fund_id)
    if line := subject_of_line(item.line_table, item.line_id):
        yield draw_attach(desk.context, code, line, has_form=False)
    yield draw_attach(desk.context, code, (AttachmentSubject.AUDIT_ITEM, item.id))


def _draw_story(desk: AuditDesk, item: DrawnItem) -> Component:
    head = html.H3(desk.say("audit.story"), className="section-title")
    if not item.findings:
        return html.Div([head, html.P(desk.say("audit.story_none"), className="card-note")])
    said = [
        html.Li(
            [
                html.Span(
                    desk.say(
                        "audit.said",
                        person=desk.trail.write_person(one.person_id),
                        when=write_city_time(one.at),
                        step=name_step(desk, one.step),
                    ),
                    className="audit-said",
                ),
                html.P(one.words) if one.words else None,
            ]
        )
        for one in item.findings
    ]
    return html.Div([head, html.Ol(said, className="audit-story")])


def _draw_acts(desk: AuditDesk, item: DrawnItem) -> Component | None:
    if not desk.is_now:
        return html.P(desk.say("audit.past_version"), className="card-note")
    steps = list_steps(desk, item)
    if not steps:
        return None
    buttons = [
        html.Button(
            desk.say(VERBS[step]),
            id={"type": ACT, "step": step.value, "item": str(item.id)},
            type="button",
            className="button",
        )
        for step in steps
    ]
    words = dmc.Textarea(
        id={"type": WORDS, "item": str(item.id)},
        label=desk.say("audit.words"),
        description=desk.say("audit.words_note"),
        value="",
        debounce=True,
        autosize=True,
        minRows=2,
    )
    head = html.H3(desk.say("audit.acts"), className="section-title")
    return html.Div([head, words, html.Div(buttons, className="acts")], className="fields")
