"""Capital accounts on paper: all investors of a fund in one table, or one investor's statement beside the fund's."""

from dataclasses import dataclass
from fractions import Fraction

from dashboard.pages.funds.fund_pack_view import PackView, sum_states
from dashboard.readings.money.capital_accounts import AccountState, CapitalAccount, CapitalAccounts
from dashboard.tables.shown import Cell, Column, Row, ShownTable

ACCOUNTS, STATEMENT, COMMITMENT = "capital_accounts", "capital_statement", "capital_commitment"
STEPS = ("opening", "paid_in", "distributed", "result", "closing")


@dataclass(frozen=True)
class Course:
    """How an account came from its opening to its closing; money out is negative, so that the steps sum."""

    opening: int
    paid_in: int
    distributed: int
    closing: int

    @property
    def result(self) -> int:
        """What the money in and out leaves to be explained by gains and costs."""
        return self.closing - self.opening - self.paid_in - self.distributed

    @staticmethod
    def between(first: AccountState, last: AccountState, rest: tuple[int, int] = (0, 0)) -> "Course":
        """From one state to another; `rest` is what belongs to nobody's account at either end."""
        return Course(
            first.value + rest[0],
            last.paid_in - first.paid_in,
            first.distributed - last.distributed,
            last.value + rest[1],
        )


def make_accounts(pack: PackView) -> ShownTable:
    """One row for each investor, largest natures first as in the list of investors; the foot is the fund's."""
    found, view = pack.accounts, pack.view
    money = (
        ("committed", "figure.PF01"),
        ("called", "fund_pack.called"),
        ("paid_in", "figure.PF02"),
        ("distributed", "figure.PF03"),
        ("opening", "fund_pack.step_opening"),
        ("result", "fund_pack.step_result"),
        ("closing", "fund_pack.step_closing"),
    )
    columns = (
        Column("name", view.say("fund.investor")),
        *(Column(key, view.titled(code, pack.unit), is_number=True) for key, code in money),
    )
    rows = [_row(pack, one) for one in found.accounts]
    if found.unallocated or found.opening_unallocated:
        rows.append(_rest(pack, found))
    total = _total(pack, found) if rows else None
    note = view.note(pack.unit, "fund_pack.accounts_note")
    title = pack.say("fund_pack.accounts")
    versions = view.versions("PF01", "PF02", "PF03", "PF04")
    return ShownTable(ACCOUNTS, title, columns, tuple(rows), note, total, versions)


def make_statement(pack: PackView, one: CapitalAccount) -> ShownTable:
    """The investor's account over the quarter and since the beginning, each beside the whole fund's."""
    found, view = pack.accounts, pack.view
    nothing = AccountState()
    first = sum_states([account.opening for account in found.accounts])
    last = sum_states([account.closing for account in found.accounts])
    courses = (
        Course.between(one.opening, one.closing),
        Course.between(first, last, (found.opening_unallocated, found.unallocated)),
        Course.between(nothing, one.closing),
        Course.between(nothing, last, (0, found.unallocated)),
    )
    groups = ("fund_pack.quarter", "fund_pack.quarter", "fund_pack.ever", "fund_pack.ever")
    names = ("fund_pack.own", "fund_pack.whole", "fund_pack.own", "fund_pack.whole")
    keys = ("own_quarter", "fund_quarter", "own_ever", "fund_ever")
    columns = (
        Column("item", view.say("quarter_end.item")),
        *(
            Column(key, view.titled(name, pack.unit), is_number=True, group=view.say(group))
            for key, name, group in zip(keys, names, groups, strict=True)
        ),
    )
    cells = view.cells(pack.unit)
    rows = [
        (cells.text(pack.say(f"fund_pack.step_{step}")), *(cells.money(getattr(c, step)) for c in courses))
        for step in STEPS
    ]
    basis = "fund_pack.filed_account" if one.closing.is_filed else "fund_pack.shared_account"
    title = pack.say("fund_pack.statement", investor=one.name)
    note = view.note(pack.unit, basis)
    return ShownTable(
        STATEMENT, title, columns, tuple(rows), note, None, view.versions("PF02", "PF03", "PF04")
    )


def make_commitment(pack: PackView, one: CapitalAccount) -> ShownTable:
    """What the investor promised, was asked for and paid, and what the account stands for."""
    view, cells = pack.view, pack.view.cells(pack.unit)
    last, whole = one.closing, pack.accounts.closing_value
    back = last.distributed + last.value
    rows: list[tuple[str, Cell]] = [
        (view.titled("figure.PF01", pack.unit), cells.money(last.committed)),
        (view.titled("fund_pack.called", pack.unit), cells.money(one.called, "fund_pack.no_notices")),
        (view.titled("fund.paid_inside", pack.unit), cells.money(one.inside)),
        (view.titled("fund.open", pack.unit), cells.money(one.open)),
        (pack.say("fund_pack.share_of_value"), cells.share(_part(last.value, whole), "fund_pack.no_value")),
        ("DPI", cells.ratio(_part(last.distributed, last.paid_in), "multiple.no_paid_in")),
        ("TVPI", cells.ratio(_part(back, last.paid_in), "multiple.no_paid_in")),
    ]
    columns = (
        Column("item", view.say("quarter_end.item")),
        Column("value", pack.say("fund_pack.value"), is_number=True),
    )
    made = tuple((cells.text(name), cell) for name, cell in rows)
    title = pack.say("fund_pack.commitment")
    return ShownTable(COMMITMENT, title, columns, made, "", None, view.versions("PF01", "PF06", "PF08"))


def _row(pack: PackView, one: CapitalAccount) -> Row:
    cells = pack.view.cells(pack.unit)
    return (
        cells.text(one.name),
        cells.money(one.closing.committed),
        cells.money(one.called, "fund_pack.no_notices"),
        cells.money(one.closing.paid_in),
        cells.money(one.closing.distributed),
        cells.money(one.opening.value),
        cells.money(one.result),
        cells.money(one.closing.value),
    )


def _rest(pack: PackView, found: CapitalAccounts) -> Row:
    """What filed accounts leave of the fund's value, so that the column comes out."""
    cells = pack.view.cells(pack.unit)
    blank = cells.text("")
    return (
        cells.text(pack.say("fund_pack.unallocated")),
        *(blank,) * 4,
        cells.money(found.opening_unallocated),
        cells.money(found.unallocated - found.opening_unallocated),
        cells.money(found.unallocated),
    )


def _total(pack: PackView, found: CapitalAccounts) -> Row:
    cells = pack.view.cells(pack.unit)
    last = sum_states([one.closing for one in found.accounts])
    called = [one.called for one in found.accounts if one.called is not None]
    results = sum(one.result for one in found.accounts) + found.unallocated - found.opening_unallocated
    return (
        cells.text(pack.say("fund.total")),
        cells.money(last.committed),
        cells.money(sum(called) if called else None, "fund_pack.no_notices"),
        cells.money(last.paid_in),
        cells.money(last.distributed),
        cells.money(found.opening_value),
        cells.money(results),
        cells.money(found.closing_value),
    )


def _part(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole > 0 else None
