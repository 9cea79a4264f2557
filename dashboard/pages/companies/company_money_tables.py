"""What was paid into a firm, came back and was marked, line by line."""

from dashboard.pages.companies.company_state import CompanyState, Row, day_of, share_of
from dashboard.tables.shown import Cell, Column, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit, format_count

MARKS, PAYMENTS, EXITS = "marks", "payments", "exits"


def make_marks(state: CompanyState) -> ShownTable:
    """The marks, the newest first; those that nobody approved say so and count in nothing."""
    rows = state.rows("company_mark")
    unit = choose_unit(row["fair_value"] for row in rows)
    columns = (
        Column("day", state.say("company.day")),
        Column("fund", state.say("company.fund")),
        Column("fair_value", state.titled("company.fair_value", unit), is_number=True),
        Column("method", state.say("company.method")),
        Column("evidence", state.say("company.evidence")),
        Column("state", state.say("company.state")),
    )
    pending, stale = len(list_pending(state)), sum(row["is_last_mark"] and row["is_stale"] for row in rows)
    clauses = [state.say("company.marks_finding", count=format_count(len(rows)))]
    clauses += [state.say("company.marks_pending", count=format_count(pending))] if pending else []
    clauses += [state.say("company.marks_stale", count=format_count(stale))] if stale else []
    made = tuple(_make_mark(state, row, unit) for row in rows)
    return ShownTable(MARKS, state.join(clauses), columns, made, state.note("company.marks_note", unit))


def make_payments(state: CompanyState) -> ShownTable:
    """Every payment with its round, instrument and the stake that was agreed for it."""
    rows = state.rows("company_payment")
    unit = choose_unit(row["amount"] for row in rows)
    cells = state.cells(unit)
    columns = (
        Column("day", state.say("company.paid_on")),
        Column("fund", state.say("company.fund")),
        Column("amount", state.titled("company.amount", unit), is_number=True),
        Column("stake", state.say("company.stake"), is_number=True),
        Column("round", state.say("company.round")),
        Column("instrument", state.say("company.instrument")),
        Column("decided", state.say("company.decided")),
    )
    made = tuple(
        (
            _dated(state, row, "entry"),
            cells.text(state.fund(row["fund"]).name, link=state.fund_link(row["fund"])),
            cells.money(row["amount"]),
            cells.share(share_of(row["stake_ppm"]), "company.no_stake"),
            cells.text(row["round_name"] or state.say("company.no_round"), hover=row["round_code"] or ""),
            cells.text(row["deal_instrument"] or ""),
            cells.day(day_of(row, "payment_decided") if row["payment_decided"] else None),
        )
        for row in rows
    )
    total = sum(row["amount"] for row in rows)
    title = state.say("company.payments_finding", count=format_count(len(rows)), amount=state.amount(total))
    foot = (cells.text(state.say("company.total_line")), cells.text(""), cells.money(total))
    return ShownTable(
        PAYMENTS,
        title,
        columns,
        made,
        state.note("company.payments_note", unit),
        (*foot, *(cells.text(""),) * 4) if rows else None,
    )


def make_exits(state: CompanyState) -> ShownTable:
    """Every sale, dividend and write-off."""
    rows = state.rows("company_exit")
    unit = choose_unit(row[key] for row in rows for key in ("amount", "cost_out"))
    cells = state.cells(unit)
    columns = (
        Column("day", state.say("company.day")),
        Column("fund", state.say("company.fund")),
        Column("kind", state.say("company.exit_kind")),
        Column("amount", state.titled("company.proceeds", unit), is_number=True),
        Column("cost_out", state.titled("company.cost_out", unit), is_number=True),
        Column("transferred", state.say("company.transferred"), is_number=True),
    )
    made = tuple(
        (
            _dated(state, row, "exit"),
            cells.text(state.fund(row["fund"]).name, link=state.fund_link(row["fund"])),
            cells.text(
                state.say(f"company.exit_{row['kind']}"), tone="broken" if row["kind"] == "write_off" else ""
            ),
            cells.money(row["amount"]),
            cells.money(row["cost_out"], "company.no_cost_out"),
            cells.share(share_of(row["transferred_ppm"]), "company.no_transferred"),
        )
        for row in rows
    )
    total = sum(row["amount"] for row in rows)
    title = state.say("company.exits_finding", count=format_count(len(rows)), amount=state.amount(total))
    return ShownTable(EXITS, title, columns, made, state.note("company.exits_note", unit))


def list_pending(state: CompanyState) -> list[Row]:
    """Marks that nobody approved."""
    return [row for row in state.rows("company_mark") if not row["is_second_person"]]


def _make_mark(state: CompanyState, row: Row, unit: MoneyUnit) -> tuple[Cell, ...]:
    cells = state.cells(unit)
    return (
        _dated(state, row, "mark"),
        cells.text(state.fund(row["fund"]).name, link=state.fund_link(row["fund"])),
        cells.money(row["fair_value"]),
        cells.text(state.say(f"company.method_{row['mark_method']}")),
        cells.text(row["rests_on"] or "", tone="wrap"),
        _mark_state(state, row),
    )


def _mark_state(state: CompanyState, row: Row) -> Cell:
    cells = state.cells(MoneyUnit.YI)
    if not row["is_second_person"]:
        return cells.text(state.say("company.pending"), tone="near", hover=state.say("company.pending_hint"))
    if row["is_last_mark"]:
        code = "company.mark_last_stale" if row["is_stale"] else "company.mark_last"
        return cells.text(state.say(code), tone="near" if row["is_stale"] else "")
    return cells.text(state.say("company.mark_earlier"), tone="soft")


def _dated(state: CompanyState, row: Row, table: str) -> Cell:
    """The day, which leads to the row's history."""
    day = day_of(row)
    return Cell(day.isoformat(), day, "yyyy-mm-dd", link=state.history_link(table, row["ledger_row"]))
