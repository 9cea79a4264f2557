"""The forms of a fund's calls and distributions: what each shows, and how it is recorded in one revision."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dashboard.forms.call_notice import read_notice
from dashboard.forms.commitment_transfer import read_commitment_transfer
from dashboard.forms.contribution import read_receipts
from dashboard.forms.distribution import read_distribution
from dashboard.forms.investor_lines import share_out
from dashboard.forms.typed import FormReader, TypedForm
from dashboard.pages.cash.cash_desk import NOTICE, CashDesk, Row, open_cash
from dashboard.pages.context import PageContext
from dashboard.pages.typed_form_acts import TypedAct
from funds.drafts import Draft
from funds.errors import Conflict
from funds.money import format_fen
from funds.recording import (
    Recorded,
    record_call_notices,
    record_commitments,
    record_contributions,
    record_distributions,
)

PREFIX = "cash"
NEW_NOTICE, RECEIPTS, PAYOUT, TRANSFER = "notice", "receipts", "payout", "transfer"
Verb = Callable[[Any, Any], Recorded]


def save_notice(context: PageContext, typed: TypedForm) -> str:
    """Ask investors for money."""
    desk = open_cash(context)
    return _record(desk, record_call_notices, read_notice(desk.fund.code, typed), "cash.why_notice")


def save_receipts(context: PageContext, typed: TypedForm) -> str:
    """Money that came in."""
    desk = open_cash(context)
    return _record(desk, record_contributions, read_receipts(desk.fund.code, typed), "cash.why_receipts")


def save_distribution(context: PageContext, typed: TypedForm) -> str:
    """Money that is given back."""
    desk = open_cash(context)
    drafts = read_distribution(desk.fund.code, typed)
    return _record(desk, record_distributions, drafts, "cash.why_payout")


def save_transfer(context: PageContext, typed: TypedForm) -> str:
    """An interest in the fund that changes hands."""
    desk = open_cash(context)
    draft = read_commitment_transfer(desk.fund.code, typed)
    return _record(desk, record_commitments, [draft], "cash.why_transfer")


def share_by_commitment(context: PageContext, typed: TypedForm) -> Sequence[str]:
    """The total in proportion to commitments."""
    return _share(open_cash(context), typed, "committed")


def share_by_paid_in(context: PageContext, typed: TypedForm) -> Sequence[str]:
    """The total in proportion to what was paid in."""
    return _share(open_cash(context), typed, "paid_in")


def fill_owed(context: PageContext, typed: TypedForm) -> Sequence[str]:
    """What each investor still owes for the notice that the address opens, or for all of them."""
    return owed_by(context, [line.code for line in typed.lines])


def owed_by(context: PageContext, codes: Sequence[str]) -> Sequence[str]:
    """What some investors still owe, as texts of the lines."""
    owed = read_owed(open_cash(context))
    return [write_text(owed.get(code, 0)) for code in codes]


def read_owed(desk: CashDesk) -> Mapping[str, int]:
    """What each investor still owes for the opened notice, or for all of them."""
    number = desk.context.query.get(NOTICE)
    owed: dict[str, int] = {}
    for row in desk.call_lines:
        if number in (None, row["notice"]):
            owed[row["code"]] = owed.get(row["code"], 0) + row["outstanding"]
    return owed


def write_text(fen: int) -> str:
    """An amount as a field holds it: 万元 to the fen; nothing for nothing."""
    return format_fen(fen) if fen else ""


def _share(desk: CashDesk, typed: TypedForm, weight: str) -> Sequence[str]:
    reader = FormReader(typed)
    total = reader.needed_money("total")
    weights: Mapping[str, Row] = {row["code"]: row for row in desk.unfunded}
    held = [max(weights[line.code][weight], 0) if line.code in weights else 0 for line in typed.lines]
    if not reader.problems and not any(held):
        reader.report("form:total", f"cash.nothing_{weight}")
    reader.finish()
    return [write_text(part) for part in share_out(total, held)]


def _record(desk: CashDesk, verb: Verb, drafts: Sequence[Draft], reason: str) -> str:
    visit = desk.context.visit
    with visit.book.change(visit.person.login, reason) as change:
        recorded = verb(change, drafts)
        if not recorded.new:
            raise Conflict("cash.same")
    told = desk.say(
        "cash.done", count=recorded.new, amount=desk.amount(sum(_amount_of(draft) for draft in drafts))
    )
    if recorded.same:
        told = desk.say("cash.done_some", count=recorded.new, same=recorded.same)
    return " ".join([told, *(desk.say(one.code, **one.params) for one in recorded.warnings)])


def _amount_of(draft: Draft) -> int:
    amount: int = getattr(draft, "amount_fen", 0)
    return amount


ACTS: Mapping[str, TypedAct] = {
    NEW_NOTICE: TypedAct(save_notice, share_by_commitment),
    RECEIPTS: TypedAct(save_receipts, fill_owed, owed_by),
    PAYOUT: TypedAct(save_distribution, share_by_paid_in),
    TRANSFER: TypedAct(save_transfer, fields={"amount_fen": "amount", "signed_on": "day"}),
}
