"""What the buttons of a quarter's end do: record marks, report a value, approve what others brought."""

from collections import Counter
from collections.abc import Sequence

from dashboard.auth.callbacks import BadValues
from dashboard.forms.quarter_marks import MarkLine, clean, read_lines, read_nav
from dashboard.pages.quarter_end.nav_card import WHOLE_FUND, list_investors
from dashboard.pages.quarter_end.quarter_desk import QuarterDesk
from dashboard.pages.quarter_end.review_form import MARK, NAV, list_waiting
from dashboard.words.numbers import format_count
from funds.errors import Conflict, NotAllowed, RulesBroken
from funds.kinds import ScopeKind
from funds.permissions import Action
from funds.problems import fatal
from funds.recording import record_marks, record_navs
from funds.recording.confirmations import approve_marks, approve_navs

MOST_LINES = 2_000


def bring_marks(desk: QuarterDesk, lines: Sequence[MarkLine], reason: str) -> str:
    """Record every mark that the form says in one revision; says what came of it."""
    _require_now(desk, Action.RECORD_BUSINESS)
    visit = desk.context.visit
    drafts = read_lines(desk.chosen.code, desk.end, lines, reason, desk.by_company)
    why = clean(reason) or "quarter_end.why_marks"
    with visit.book.change(visit.person.login, why) as change:
        done = record_marks(change, drafts)
        if not done.new:
            raise Conflict("quarter_end.same")
        version = change.revision_id
    return desk.say("quarter_end.done_marks", count=format_count(done.new), version=version)


def report_nav(desk: QuarterDesk, value: str, source: str, investor: str) -> str:
    """Record the reported value of the fund, or of one investor's account."""
    _require_now(desk, Action.RECORD_BUSINESS)
    visit = desk.context.visit
    known = {code for code, _ in list_investors(desk)}
    if investor != WHOLE_FUND and investor not in known:
        raise BadValues("request.bad_values")
    of = None if investor == WHOLE_FUND else investor
    draft = read_nav(desk.chosen.code, desk.end, value, source, of)
    with visit.book.change(visit.person.login, "quarter_end.why_nav") as change:
        if not record_navs(change, [draft]).new:
            raise Conflict("quarter_end.same")
        version = change.revision_id
    return desk.say("quarter_end.done_nav", version=version)


def approve_picked(desk: QuarterDesk, picked: Sequence[str], answer: str) -> str:
    """Approve what was ticked, marks and reports together in one revision; never what one brought oneself."""
    _require_now(desk, Action.APPROVE_VALUES)
    if not picked:
        raise RulesBroken([fatal("quarter_end.nothing_picked", "form:pick")])
    offered = {one.key for one in list_waiting(desk)}
    if not set(picked) <= offered:
        raise Conflict("quarter_end.gone")
    ids = {
        kind: [int(key.partition(":")[2]) for key in picked if key.startswith(kind)] for kind in (MARK, NAV)
    }
    visit = desk.context.visit
    why = clean(answer) or "quarter_end.why_approve"
    with visit.book.change(visit.person.login, why, action="approve") as change:
        approve_marks(change, ids[MARK])
        approve_navs(change, ids[NAV])
        version = change.revision_id
    return desk.say("quarter_end.done_approve", count=format_count(len(picked)), version=version)


def zip_lines(
    ids: Sequence[object], values: Sequence[str | None], methods: Sequence[str | None],
    evidences: Sequence[str | None], tick_ids: Sequence[object], ticks: Sequence[bool | None],
) -> list[MarkLine]:  # fmt: skip
    """The lines as the browser holds them; lists of different lengths are no form of ours."""
    if not len(ids) == len(values) == len(methods) == len(evidences) <= MOST_LINES:
        raise BadValues("request.bad_values")
    if len(tick_ids) != len(ticks):
        raise BadValues("request.bad_values")
    ticked = {row_of(one) for one, tick in zip(tick_ids, ticks, strict=True) if tick}
    codes = [row_of(one) for one in ids]
    if max(Counter(codes).values(), default=0) > 1 or not ticked <= set(codes):
        raise BadValues("request.bad_values")
    rows = zip(codes, values, methods, evidences, strict=True)
    return [
        MarkLine(code, code in ticked, value or "", method or "", told or "")
        for code, value, method, told in rows
    ]


def row_of(wire: object) -> str:
    """Which row a component of a list stands for."""
    row = wire.get("row") if isinstance(wire, dict) else None
    if not isinstance(row, str):
        raise BadValues("request.bad_values")
    return row


def _require_now(desk: QuarterDesk, action: Action) -> None:
    """A past version is looked at only; another's fund is not written to."""
    if desk.context.as_known is not None:
        raise Conflict("quarter_end.past_version")
    if not desk.may(action):
        raise NotAllowed("permission.refused", action=action, scope=ScopeKind.FUND)
