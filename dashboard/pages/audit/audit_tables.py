"""Samples and their lines as tables, for the page and for files."""

from collections.abc import Sequence
from datetime import date

from dashboard.pages.audit.audit_desk import ITEM, PATH, SAMPLE, AuditDesk, open_audit
from dashboard.pages.cells import CellMaker
from dashboard.pages.context import PageContext
from dashboard.pages.signing.paper_quarters import name_quarter
from dashboard.pages.trail.trail_desk import write_city_time
from dashboard.readings.provenance import Evidence
from dashboard.tables.shown import Cell, Column, Row, ShownTable
from dashboard.words.numbers import MoneyUnit, choose_unit
from funds.kinds import AuditStep
from funds.queries.audits import DrawnItem, Sampled
from valuation.sampling import METHOD

SAMPLES, ITEMS = "samples", "items"
SAMPLE_COLUMNS = (
    *("number", "quarter", "basis", "drawn", "passed", "open", "lines", "total"),
    *("seed", "known", "method", "person", "when"),
)
ITEM_COLUMNS = (
    *("number", "state", "fund", "other", "day", "amount", "how", "words"),
    *("origin", "file", "maker", "line"),
)
NUMBERS = frozenset({"number", "drawn", "passed", "open", "lines", "total", "known", "amount"})


def make_samples_table(context: PageContext) -> ShownTable:
    """Every sample, for export."""
    with open_audit(context) as desk:
        return make_samples(desk)


def make_items_table(context: PageContext) -> ShownTable:
    """The lines of the sample in the address, or of all samples, for export."""
    with open_audit(context) as desk:
        return make_items(desk, desk.sample)


def make_samples(desk: AuditDesk) -> ShownTable:
    """A row for each sample, the newest first."""
    unit = choose_unit(one.total_fen for one in desk.samples)
    columns = _columns(desk, SAMPLE_COLUMNS, unit)
    count = len(desk.samples)
    title = desk.say("audit.samples", count=count) if count else desk.say("audit.samples_none")
    cells = CellMaker(desk.context.visit, unit)
    rows = tuple(_sample_row(desk, cells, one) for one in desk.samples)
    return ShownTable(SAMPLES, title, columns, rows, note=desk.say("audit.samples_note"))


def make_items(desk: AuditDesk, sample: Sampled | None) -> ShownTable:
    """A row for each line with where it came from and where it stands."""
    samples = desk.samples if sample is None else [sample]
    listed = [(one, desk.of_sample(one)) for one in samples]
    unit = choose_unit(item.amount_fen for _, items in listed for item in items)
    cells = CellMaker(desk.context.visit, unit)
    rows = tuple(
        _item_row(desk, cells, item, evidence.get(item.line))
        for one, items in listed
        for evidence in [desk.read_evidence(one, items)]
        for item in items
    )
    title = desk.say("audit.samples", count=len(samples))
    if sample is not None:
        title = desk.say(
            "audit.items",
            sample=sample.id,
            quarter=name_quarter(sample.quarter, desk.context.language),
            basis=desk.say(f"basis.{sample.basis.value}"),
            count=len(rows),
        )
    columns = _columns(desk, ITEM_COLUMNS, unit)
    return ShownTable(ITEMS, title, columns, rows, note=desk.say("audit.items_note"))


def name_step(desk: AuditDesk, step: AuditStep | None) -> str:
    """Where a line stands, in a word."""
    return desk.say("audit.step_none" if step is None else f"audit.step_{step.value}")


def _columns(desk: AuditDesk, keys: Sequence[str], unit: MoneyUnit) -> tuple[Column, ...]:
    name = desk.say(unit.code)
    return tuple(Column(key, desk.say(f"audit.column_{key}", unit=name), key in NUMBERS) for key in keys)


def _sample_row(desk: AuditDesk, cells: CellMaker, sample: Sampled) -> Row:
    items = desk.of_sample(sample)
    address = desk.context.link(PATH, **{SAMPLE: str(sample.id)})
    whole = desk.is_city
    return (
        Cell(str(sample.id), sample.id, link=address),
        cells.text(sample.quarter),
        cells.text(desk.say(f"basis.{sample.basis.value}")),
        cells.count(len(items)),
        cells.count(sum(one.step is AuditStep.PASSED for one in items)),
        cells.count(sum(one.is_open for one in items)),
        # How much the whole city holds is for whoever sees the city.
        cells.count(sample.lines) if whole else cells.absent(),
        cells.money(sample.total_fen) if whole else cells.absent(),
        cells.text(sample.seed),
        cells.count(sample.known_version),
        _method(desk, sample.method),
        cells.text(desk.trail.write_person(sample.person_id)),
        cells.text(write_city_time(sample.at)),
    )


def _method(desk: AuditDesk, method: str) -> Cell:
    """The way of drawing in words; one that this edition does not know stands as it was kept."""
    return Cell(desk.say("audit.method_by_amount") if method == METHOD else method, method, hover=method)


def _item_row(desk: AuditDesk, cells: CellMaker, item: DrawnItem, evidence: Evidence | None) -> Row:
    address = desk.context.link(PATH, **{SAMPLE: str(item.sample_id), ITEM: str(item.id)})
    last = item.findings[-1] if item.findings else None
    tone = "near" if item.is_open else "soft" if item.step is None else ""
    made_of = ("", "", None, "", "", "") if evidence is None else _told(desk, evidence)
    other, kind, day, origin, file, maker = made_of
    return (
        Cell(str(item.id), item.id, link=address),
        Cell(name_step(desk, item.step), name_step(desk, item.step), tone=tone),
        cells.text(desk.trail.names.of("fund", item.fund_id)),
        cells.text(other),
        cells.day(day),
        cells.money(item.amount_fen),
        cells.text(desk.say("audit.certain" if item.is_certain else "audit.by_chance")),
        cells.text((last.words or "") if last else "", tone="wrap"),
        cells.text(origin),
        cells.text(file, tone="wrap"),
        cells.text(maker),
        Cell(f"{kind} #{item.line_id}".strip(), item.line, hover=item.line),
    )


def _told(desk: AuditDesk, evidence: Evidence) -> tuple[str, str, date | None, str, str, str]:
    one = evidence.witness
    return (
        one.other,
        desk.say(f"evidence.{one.kind}"),
        one.day,
        evidence.origin or "",
        evidence.file or "",
        evidence.person,
    )
