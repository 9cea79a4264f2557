"""The form that proposes a firm's industries: all that hold from one day on, with the reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import ALL, Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from dashboard.auth.callbacks import BadValues, GuardedApp
from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.people.account_words import draw_done, draw_faults, word_error
from dashboard.pages.proposals.proposal_acts import clean_line
from dashboard.pages.proposals.proposal_desk import PATH
from funds.drafts import CompanyTagDraft
from funds.drafts.proposals import ProposalDraft
from funds.errors import LedgerError, RulesBroken
from funds.measures import WHOLE_PPM, MeasureFault, format_scaled, parse_percent
from funds.permissions import Action
from funds.problems import fatal
from funds.queries.facts import Facts
from funds.recording import record_proposals

COMPANIES = "/companies/"
SUGGEST = "suggest"
FEWEST_ROWS, SPARE_ROWS, MOST_ROWS = 3, 1, 12
APART = "|"  # between an industry and its segment, in the value of a choice
PPM_OF_PERCENT = 10_000


@dataclass(frozen=True)
class FormRow:
    """One line of the form as the browser holds it."""

    choice: str
    weight: str
    is_main: bool

    @property
    def is_blank(self) -> bool:
        """Whether nothing was said."""
        return not self.choice and not self.weight.strip()


def register(app: GuardedApp) -> None:
    """Make the proposal, and tell where it waits."""

    @app.callback(
        Output("tag-told", "children"),
        Input("tag-propose", "n_clicks"),
        State({"type": "tag-choice", "row": ALL}, "value"),
        State({"type": "tag-weight", "row": ALL}, "value"),
        State({"type": "tag-main", "row": ALL}, "checked"),
        State("tag-from", "value"),
        State("tag-basis", "value"),
        State("tag-reason", "value"),
        State("tag-seen", "data"),
        State("url", "pathname"),
        needs=Action.RECORD_REFERENCE,
        prevent_initial_call=True,
    )
    def propose(
        visit: Visit,
        clicks: int | None,
        choices: list[str | None],
        weights: list[str | None],
        mains: list[bool | None],
        first: str | None,
        basis: str | None,
        reason: str | None,
        seen: int | None,
        pathname: str | None,
    ) -> Any:
        if not clicks:
            return no_update
        if not len(choices) == len(weights) == len(mains) <= MOST_ROWS:
            raise BadValues("request.bad_values")
        rows = [
            FormRow(choice or "", weight or "", bool(main))
            for choice, weight, main in zip(choices, weights, mains, strict=True)
        ]
        company = (pathname or "").removeprefix(COMPANIES).rstrip("/")
        try:
            drafts = read_tags(company, rows, first or "", clean_line(basis))
            return propose_tags(visit, drafts, clean_line(reason), seen)
        except LedgerError as error:
            return draw_faults(word_error(visit, error))


def read_tags(company: str, rows: Sequence[FormRow], first: str, basis: str) -> tuple[CompanyTagDraft, ...]:
    """The drafts behind the lines of the form; everything that cannot be read is told at once."""
    problems = []
    drafts = []
    said = [row for row in rows if not row.is_blank]
    day = _read_day(first)
    if day is None:
        problems.append(fatal("proposal.no_day", "form:from_date"))
    if not said:
        problems.append(fatal("proposal.no_tags", "form:industry"))
    for row in said:
        industry, _, segment = row.choice.partition(APART)
        weight = row.weight.strip() or ("100" if len(said) == 1 else "")
        if not industry or not weight:
            problems.append(fatal("proposal.half_a_tag", "form:weight_ppm"))
            continue
        try:
            ppm = parse_percent(weight)
        except MeasureFault as fault:
            problems.append(fatal(fault.code, "form:weight_ppm", **fault.params))
            continue
        drafts.append(
            CompanyTagDraft(
                company=company,
                industry=industry,
                segment=segment or None,
                weight_ppm=ppm,
                is_primary=row.is_main,
                from_date=day or date.min,
                basis=basis or None,
            )
        )
    if problems:
        raise RulesBroken(problems)
    return tuple(drafts)


def propose_tags(visit: Visit, drafts: Sequence[CompanyTagDraft], reason: str, seen: int | None) -> Component:
    """Let the tags wait for somebody else."""
    proposal = ProposalDraft(kind="tag", drafts=tuple(drafts), reason=reason, seen_version=seen)
    with visit.book.change(visit.person.login, reason or "proposal.why_propose", action="propose") as change:
        (number,) = record_proposals(change, [proposal])
    link = dcc.Link(visit.say("proposal.see", number=number), href=f"{PATH}/{number}")
    return draw_done(visit.say("proposal.done_propose"), " ", link)


def draw_tag_form(context: PageContext, facts: Facts, company: int) -> Component:
    """The firm's tags of its newest day as lines to change, with what the address suggests and a blank one."""
    say = context.say
    lines = list(_lines_of(facts, company, context.query.get(SUGGEST)))
    choices = _choices_of(facts)
    rows = [_draw_line(context, number, line, choices) for number, line in enumerate(lines)]
    fields = [
        dmc.DateInput(
            id="tag-from",
            label=say("trail.field_from_date"),
            value=context.visit.book.today().isoformat(),
            valueFormat="YYYY-MM-DD",
        ),
        dmc.TextInput(id="tag-basis", label=say("trail.field_basis"), description=say("proposal.basis_note")),
        dmc.Textarea(
            id="tag-reason",
            label=say("proposal.reason"),
            description=say("proposal.reason_note"),
            required=True,
            minRows=2,
        ),
        html.Button(say("proposal.propose"), id="tag-propose", type="button", className="button"),
    ]
    return html.Details(
        [
            html.Summary(say("proposal.form_open")),
            html.P(say("proposal.form_note"), className="card-note"),
            dcc.Store(id="tag-seen", data=context.version),
            html.Div(rows, className="tag-lines"),
            html.Div(fields, className="fields"),
            html.Div(id="tag-told"),
        ],
        className="asked tag-form",
        open=SUGGEST in context.query,
        id="tag-form",
    )


def _lines_of(facts: Facts, company: int, suggested: str | None) -> Iterator[FormRow]:
    tags = [tag for tag in facts.tags.get(company, ()) if tag.industry_id in facts.industries]
    codes = set()
    for tag in tags[:MOST_ROWS]:
        code = facts.industries[tag.industry_id].code
        linked = None if tag.segment_id is None else facts.segments.get(tag.segment_id)
        segment = linked.code if linked else ""
        codes.add(code)
        yield FormRow(
            f"{code}{APART}{segment}" if segment else code,
            format_scaled(tag.weight_ppm, PPM_OF_PERCENT),
            tag.is_primary,
        )
    drawn = len(tags[:MOST_ROWS])
    if suggested is not None and suggested not in codes and drawn < MOST_ROWS:
        drawn += 1
        known = any(industry.code == suggested for industry in facts.industries.values())
        whole = format_scaled(WHOLE_PPM, PPM_OF_PERCENT) if known and not tags else ""
        yield FormRow(suggested if known else "", whole, is_main=False)
    for _ in range(min(max(FEWEST_ROWS - drawn, SPARE_ROWS), MOST_ROWS - drawn)):
        yield FormRow("", "", is_main=False)


def _choices_of(facts: Facts) -> list[Mapping[str, str]]:
    """Every industry, each with its segments behind it."""
    segments: dict[int, list[Mapping[str, str]]] = {}
    for segment in facts.segments.values():
        owner = facts.industries.get(segment.industry_id)
        if owner is not None:
            choice = {
                "value": f"{owner.code}{APART}{segment.code}",
                "label": f"{owner.name} · {segment.name}",
            }
            segments.setdefault(owner.id, []).append(choice)
    found: list[Mapping[str, str]] = []
    for industry in sorted(facts.industries.values(), key=lambda one: one.code):
        found.append({"value": industry.code, "label": f"{industry.name}（{industry.code}）"})
        found += segments.get(industry.id, [])
    return found


def _draw_line(
    context: PageContext, number: int, line: FormRow, choices: Sequence[Mapping[str, str]]
) -> Component:
    say = context.say
    select = dmc.Select(
        id={"type": "tag-choice", "row": number},
        label=say("proposal.tag_choice"),
        data=choices,
        value=line.choice or None,
        searchable=True,
        clearable=True,
        nothingFoundMessage=say("switcher.nothing"),
    )
    weight = dmc.TextInput(
        id={"type": "tag-weight", "row": number},
        label=say("proposal.tag_weight"),
        value=line.weight,
    )
    main = dmc.Checkbox(
        id={"type": "tag-main", "row": number}, label=say("trail.field_is_primary"), checked=line.is_main
    )
    return html.Div([select, weight, main], className="tag-line")


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
