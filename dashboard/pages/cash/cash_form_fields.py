"""What the forms of a fund's calls and distributions ask for: their fields, and a line for every investor."""

from collections.abc import Callable, Mapping, Sequence

from dashboard.forms.contribution import OUTSIDE
from dashboard.forms.distribution import YES
from dashboard.pages.cash.cash_desk import NOTICE, CashDesk
from dashboard.pages.cash.cash_forms import NEW_NOTICE, PAYOUT, RECEIPTS, TRANSFER, read_owed, write_text
from dashboard.pages.typed_form import DrawnForm, Field, FieldKind, FormLineShown, LineWords
from funds.kinds import DistributionKind

INSIDE, NO = "inside", "no"


def shape_notice(desk: CashDesk) -> DrawnForm:
    """A notice: a line for every investor that still may be called for something."""
    today = desk.context.visit.book.today().isoformat()
    return DrawnForm(
        desk.say("cash.form_notice"),
        desk.say("cash.form_notice_note"),
        desk.say("cash.save_notice"),
        (
            _field(desk, "notice_no", note="cash.notice_no_note"),
            _field(desk, "noticed_on", value=today),
            _field(desk, "due_on", note="cash.due_on_note"),
            _field(desk, "total", note="cash.total_note", is_needed=False),
        ),
        [
            FormLineShown(
                row["code"], row["name"], desk.say("cash.may_call", amount=desk.amount(row["callable"]))
            )
            for row in desk.unfunded
            if row["committed"] > 0
        ],
        LineWords(desk.say("cash.investor"), desk.say("cash.called_wan")),
        desk.say("cash.share_committed"),
    )


def shape_receipts(desk: CashDesk) -> DrawnForm:
    """Receipts: a line for every investor who owes something, else for everybody."""
    owed = read_owed(desk)
    number = desk.context.query.get(NOTICE, "")
    rows = [row for row in desk.unfunded if not number or row["code"] in owed]

    def owes(code: str) -> str:
        amount = owed.get(code, 0)
        return desk.say("cash.owes", amount=desk.amount(amount)) if amount else desk.say("cash.owes_nothing")

    return DrawnForm(
        desk.say("cash.form_receipts"),
        desk.say("cash.form_receipts_note"),
        desk.say("cash.save_receipts"),
        (
            _field(desk, "notice_no", value=number, note="cash.answers_note", is_needed=False),
            _field(desk, "received_on", note="cash.received_on_note", is_needed=False),
            _field(
                desk,
                "inside",
                value=INSIDE,
                choices=((INSIDE, desk.say("cash.inside_yes")), (OUTSIDE, desk.say("cash.inside_no"))),
            ),
            _field(desk, "total", note="cash.receipts_total_note", is_needed=False),
            _field(desk, "business_no", note="cash.business_no_note", is_needed=False),
        ),
        [
            FormLineShown(row["code"], row["name"], owes(row["code"]), write_text(owed.get(row["code"], 0)))
            for row in rows
        ],
        LineWords(
            desk.say("cash.investor"),
            desk.say("cash.received_wan"),
            desk.say("cash.own_day"),
            desk.say("cash.tick"),
        ),
        desk.say("cash.fill_owed"),
    )


def shape_payout(desk: CashDesk) -> DrawnForm:
    """A distribution of one kind: a line for every investor who paid in."""
    kinds = tuple((str(kind), desk.say(f"cash.{kind}")) for kind in DistributionKind)
    answers = ((NO, desk.say("cash.no")), (YES, desk.say("cash.yes")))
    return DrawnForm(
        desk.say("cash.form_payout"),
        desk.say("cash.form_payout_note"),
        desk.say("cash.save_payout"),
        (
            _field(desk, "paid_on"),
            _field(desk, "kind", value=str(DistributionKind.PRINCIPAL), choices=kinds),
            _field(
                desk, "recallable", "is_recallable", value=NO, choices=answers, note="cash.recallable_note"
            ),
            _field(desk, "in_kind", "is_in_kind", value=NO, choices=answers, note="cash.in_kind_note"),
            _field(desk, "total", note="cash.payout_total_note", is_needed=False),
            _field(desk, "business_no", note="cash.business_no_note", is_needed=False),
        ),
        [
            FormLineShown(
                row["code"], row["name"], desk.say("cash.has_paid", amount=desk.amount(row["paid_in"]))
            )
            for row in desk.unfunded
            if row["paid_in"] > 0
        ],
        LineWords(desk.say("cash.investor"), desk.say("cash.paid_wan")),
        desk.say("cash.share_paid_in"),
    )


def shape_transfer(desk: CashDesk) -> DrawnForm:
    """An interest in the fund that passes from one investor to another."""
    holders = [(row["code"], row["name"]) for row in desk.unfunded if row["committed"] > 0]
    parties = {party.code: party.name for party in desk.slice.facts.parties.values()}
    parties |= {fund.code: fund.name for fund in desk.slice.readable_funds}
    parties.pop(desk.fund.code, None)
    return DrawnForm(
        desk.say("cash.form_transfer"),
        desk.say("cash.form_transfer_note"),
        desk.say("cash.save_transfer"),
        (
            _field(desk, "investor", "transferor", choices=holders),
            _field(
                desk, "transferee", choices=[(code, f"{parties[code]}（{code}）") for code in sorted(parties)]
            ),
            _field(desk, "amount", "transferred_wan", note="cash.transferred_note"),
            _field(desk, "day", "signed_on"),
            _field(desk, "basis", is_needed=False),
            _field(desk, "business_no", is_needed=False),
        ),
    )


def _field(
    desk: CashDesk,
    name: str,
    words: str = "",
    *,
    note: str = "",
    value: str = "",
    choices: Sequence[tuple[str, str]] = (),
    is_needed: bool = True,
) -> Field:
    kind = FieldKind.SELECT if choices else FieldKind.TEXT
    label = desk.say(f"cash.{words or name}")
    return Field(name, label, desk.say(note) if note else "", value, kind, choices, is_needed)


SHAPES: Mapping[str, Callable[[CashDesk], DrawnForm]] = {
    NEW_NOTICE: shape_notice,
    RECEIPTS: shape_receipts,
    PAYOUT: shape_payout,
    TRANSFER: shape_transfer,
}
