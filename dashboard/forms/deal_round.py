"""The round in the form of a deal: an old one, a new one with everybody in it, or none at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.forms.typed import FormReader
from funds.credit_code import CreditCodeFault, check_credit_code
from funds.drafts import PartyDraft, Place, RoundDraft, RoundInvestorDraft
from funds.kinds import ShareOrigin
from funds.money import format_fen

SHEET = "登记交易"
NEW, NONE = "+new", "+none"
LINES = 12
LINE_FIELDS = ("who", "other", "part", "origin")
ROUND = ("round", "round_name", "closed_on", "total", "secondary", "pre_money", "post_money", "loan")
FIRST_LINE_ROW = 10


@dataclass(frozen=True)
class DealPlace(Place):
    """A part of the form; `columns` names the form's field behind each of the draft's."""

    @classmethod
    def at(cls, row: int, **fields: str) -> "DealPlace":
        """The part with a number; a row of the book remembers it as `登记交易!3`."""
        return cls(SHEET, row, fields)

    def of(self, name: str) -> str:
        """`form:amount`."""
        return f"form:{self.columns.get(name, name)}"


@dataclass(frozen=True)
class OwnPart:
    """What the fund itself puts in: its line of the round follows from it."""

    fund: str
    amount: int
    origin: ShareOrigin


@dataclass(frozen=True)
class ReadRound:
    """The round's code (none outside any), and what of it is new to the book."""

    code: str | None
    rounds: tuple[RoundDraft, ...] = ()
    investors: tuple[RoundInvestorDraft, ...] = ()
    parties: tuple[PartyDraft, ...] = ()


@dataclass(frozen=True)
class _Line:
    """One co-investor: a party of the register, or one that is new."""

    number: int
    code: str
    amount: int
    origin: ShareOrigin
    name: str | None


def read_round(reader: FormReader, firm: str, own: OwnPart, paid_on: date) -> ReadRound:
    """What the form says of the round; the investors and the fund's part must come to its total."""
    chosen = reader.needed_text("round")
    if chosen != NEW:
        return ReadRound(None if chosen in ("", NONE) else chosen)
    name, total = reader.needed_text("round_name"), read_positive(reader, "total")
    closed_on = reader.day("closed_on") or paid_on
    secondary, loan = reader.money("secondary"), reader.money("loan")
    lines = list(_read_lines(reader, own.fund))
    old = secondary if secondary is not None else _old(lines, own) or None
    post = _read_post(reader, total, old)
    listed = own.amount + sum(line.amount for line in lines)
    if total > 0 and own.amount > 0 and listed != total:
        reader.report("form:total", "deal.sum_differs", **_difference(total, listed))
    code = f"{firm}-{closed_on.isoformat()}-{name}"[:64]
    draft = RoundDraft(
        place=DealPlace.at(2, name="round_name", total_fen="total", code="round_name", **_MONEY),
        code=code,
        company=firm,
        name=name,
        closed_on=closed_on,
        total_fen=total,
        secondary_fen=old,
        post_money_fen=post,
        loan_fen=loan,
    )
    parties = tuple(_party(line) for line in lines if line.name is not None)
    return ReadRound(code, (draft,), tuple(_investors(code, lines, own)), parties)


_MONEY = {"secondary_fen": "secondary", "post_money_fen": "post_money", "loan_fen": "loan"}


def _difference(total: int, listed: int) -> dict[str, object]:
    return {
        "total": format_fen(total),
        "listed": format_fen(listed),
        "difference": format_fen(total - listed),
    }


def _read_post(reader: FormReader, total: int, secondary: int | None) -> int | None:
    """投后估值, or 投前估值 + the new money; where both are given they must agree."""
    pre, post = reader.money("pre_money"), reader.money("post_money")
    if pre is None or not total:
        return post
    worked_out = pre + total - (secondary or 0)
    if post is not None and post != worked_out:
        reader.report("form:post_money", "deal.valuation_differs", post=format_fen(worked_out))
    return worked_out


def _read_lines(reader: FormReader, fund: str) -> Iterator[_Line]:
    seen: set[tuple[str, ShareOrigin]] = set()
    for number in range(1, LINES + 1):
        who, other = reader.text(f"who-{number}"), reader.text(f"other-{number}")
        text = reader.text(f"part-{number}")
        if who is None and other is None and text is None:
            continue
        line = _read_line(reader, number, who, other)
        if line is None:
            continue
        if line.code == fund:
            reader.report(f"form:who-{number}", "deal.own_line")
        elif (line.code, line.origin) in seen:
            reader.report(f"form:who-{number}", "deal.investor_twice")
        seen.add((line.code, line.origin))
        yield line


def _read_line(reader: FormReader, number: int, who: str | None, other: str | None) -> _Line | None:
    if (who is None) == (other is None):
        reader.report(f"form:who-{number}", "deal.one_investor")
        return None
    amount = read_positive(reader, f"part-{number}")
    origin = reader.text(f"origin-{number}") or ShareOrigin.PRIMARY
    if origin not in list(ShareOrigin):
        reader.report(f"form:origin-{number}", "form.no_such_choice", text=origin[:20])
        return None
    if who is not None:
        return _Line(number, who, amount, ShareOrigin(origin), None)
    name, code = split_name(other or "")
    return _Line(number, code, amount, ShareOrigin(origin), name)


def split_name(text: str) -> tuple[str, str]:
    """Name and code of somebody new: a credit code behind the name is the code, else the name stands for it."""
    head, _, tail = text.rpartition(" ")
    if head:
        try:
            return head.strip(), check_credit_code(tail)
        except CreditCodeFault:
            pass
    return text, text[:64]


def _party(line: _Line) -> PartyDraft:
    credit = line.code if line.code != (line.name or "")[:64] else None
    field = f"other-{line.number}"
    place = DealPlace.at(FIRST_LINE_ROW + line.number, code=field, name=field, credit_code=field)
    return PartyDraft(place=place, code=line.code, name=line.name or "", credit_code=credit)


def _old(lines: Sequence[_Line], own: OwnPart) -> int:
    """What of the round's money is listed as money for old shares."""
    old = sum(line.amount for line in lines if line.origin is ShareOrigin.SECONDARY)
    return old + (own.amount if own.origin is ShareOrigin.SECONDARY else 0)


def _investors(code: str, lines: Sequence[_Line], own: OwnPart) -> Iterator[RoundInvestorDraft]:
    yield RoundInvestorDraft(
        place=DealPlace.at(FIRST_LINE_ROW, investor="fund", amount_fen="amount", share_origin="own_origin"),
        round=code,
        investor=own.fund,
        amount_fen=own.amount,
        share_origin=own.origin,
    )
    for line in lines:
        number = line.number
        yield RoundInvestorDraft(
            place=DealPlace.at(
                FIRST_LINE_ROW + number,
                investor=f"who-{number}" if line.name is None else f"other-{number}",
                amount_fen=f"part-{number}",
                share_origin=f"origin-{number}",
            ),
            round=code,
            investor=line.code,
            amount_fen=line.amount,
            share_origin=line.origin,
        )


def read_positive(reader: FormReader, name: str) -> int:
    """An amount above nothing that must be there."""
    told = len(reader.problems)
    amount = reader.needed_money(name)
    if amount <= 0 and len(reader.problems) == told:
        reader.report(f"form:{name}", "amount.not_positive", amount=amount)
    return amount


def line_fields() -> list[str]:
    """The fields of all lines, line by line."""
    return [f"{name}-{number}" for number in range(1, LINES + 1) for name in LINE_FIELDS]
