"""The files that the import centre hands out: template, example, a workbook with its problems, the originals."""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select, true

from dashboard.auth.visit import Visit
from dashboard.pages.imports.draft_store import find_draft, read_content
from dashboard.pages.imports.import_desk import NEEDS
from dashboard.sample import write_city
from dashboard.words import say_problem
from funds.book import visible
from funds.errors import NotFound
from funds.intake import write_template
from funds.intake.annotation import Note, annotate_workbook
from funds.intake.foreign.plain_copies import copy_plain, is_plain
from funds.intake.template import CodeLine
from funds.models import Fund, FundFact, Industry, IndustryFact, Park, ParkFact, Party
from funds.queries.import_batches import read_original
from funds.queries.trail_readers import make_reader

LIST_WORDS = ("number", "severity", "sheet", "cell", "problem")
MOST_CODES = 5_000


def make_file(visit: Visit, kind: str, number: int | None) -> tuple[str, bytes]:
    """Name and content of a file; refused to whoever may not import, unknown where it is another person's."""
    visit.rights.require_somewhere(NEEDS)
    if number is None and kind in _PLAIN:
        return _PLAIN[kind](visit)
    if number is not None and kind in _NUMBERED:
        return _NUMBERED[kind](visit, number)
    raise NotFound("imports.no_such_file")


def _template(visit: Visit) -> tuple[str, bytes]:
    codes = list_codes(visit)
    return visit.say("imports.template_file"), _written(lambda path: write_template(path, codes))


def _example(visit: Visit) -> tuple[str, bytes]:
    return visit.say("imports.example_file"), _written(write_city)


def _annotated(visit: Visit, number: int) -> tuple[str, bytes]:
    draft = find_draft(visit.book, visit.person.person_id, number)
    problems = draft.outcome.problems if draft.outcome is not None else ()
    notes = [Note(one.where, one.severity.value, say_problem(one, visit.language)) for one in problems]
    words = {key: visit.say(f"imports.{key}") for key in LIST_WORDS}
    words |= {key: visit.say(f"imports.severity_{key}") for key in ("fatal", "warning")}
    sent = read_content(visit.book, visit.person.person_id, number)
    content = annotate_workbook(copy_plain(sent) if is_plain(sent) else sent, notes, words)
    return visit.say("imports.annotated_file", file=Path(draft.name).stem), content


def _original(visit: Visit, number: int) -> tuple[str, bytes]:
    draft = find_draft(visit.book, visit.person.person_id, number)
    return draft.name, read_content(visit.book, visit.person.person_id, number)


def _batch(visit: Visit, number: int) -> tuple[str, bytes]:
    reader = make_reader(visit.person.person_id, visit.rights)
    with visit.look() as look:
        return read_original(look.connection, look.version, reader, number)


def list_codes(visit: Visit) -> list[CodeLine]:
    """The codes that a person fills in most: her own funds, the parks, the industries."""
    readable = visit.rights.readable()
    readable_ids = readable.fund_ids | readable.park_fund_ids
    own = true() if readable.is_city else Fund.id.in_(readable_ids)
    nouns = [visit.say(f"imports.noun_{noun}") for noun in ("fund", "park", "industry")]
    with visit.look() as look:
        version = look.version
        queries = (
            select(Party.code, FundFact.name)
            .join(Fund, Fund.party_id == Party.id)
            .join(FundFact, FundFact.fund_id == Fund.id)
            .where(visible(FundFact, version), own)
            .order_by(Party.code),
            select(Park.code, ParkFact.name)
            .join(ParkFact, ParkFact.park_id == Park.id)
            .where(visible(ParkFact, version))
            .order_by(Park.code),
            select(Industry.code, IndustryFact.name)
            .join(IndustryFact, IndustryFact.industry_id == Industry.id)
            .where(visible(IndustryFact, version))
            .order_by(Industry.code),
        )
        return [
            CodeLine(noun, row.code, row.name)
            for noun, query in zip(nouns, queries, strict=True)
            for row in look.connection.execute(query.limit(MOST_CODES))
        ]


def _written(write: Callable[[Path], None]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.xlsx"
        write(path)
        return path.read_bytes()


_PLAIN: Mapping[str, Callable[[Visit], tuple[str, bytes]]] = {"template": _template, "example": _example}
_NUMBERED: Mapping[str, Callable[[Visit, int], tuple[str, bytes]]] = {
    "annotated": _annotated,
    "original": _original,
    "batch": _batch,
}
