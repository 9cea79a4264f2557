"""The command that writes the book, a fund or a park out as a workbook of the template."""

from argparse import Namespace

from dashboard.cli.eyes import eyes_of
from dashboard.cli.opening import open_book
from dashboard.settings import Settings
from dashboard.words import say
from funds.book import LOCAL
from funds.errors import NotFound
from funds.intake import write_workbook
from funds.queries.codes import known_funds, known_parks
from funds.queries.transcripts import find_extent, transcribe

DONE = 0


def run_export(given: Namespace, settings: Settings) -> int:
    """Write what the person may read of the whole, a fund or a park; importing it again changes nothing."""
    person = settings.person or LOCAL
    with open_book(settings) as book:
        readable = eyes_of(book, person)
        with book.look(given.as_known, readable.sight) as look:
            fund = park = None
            if given.fund:
                known = known_funds(look.connection, look.version, [given.fund]).get(given.fund)
                fund = known.id if known and readable.covers(known.id) else _refuse(given.fund)
            if given.park:
                found = known_parks(look.connection, look.version, [given.park]).get(given.park)
                is_open = found is not None and (readable.is_city or found.id in readable.park_ids)
                park = found.id if found and is_open else _refuse(given.park)
            extent = find_extent(look.connection, look.version, readable, fund, park)
            drafts = transcribe(look.connection, look.version, extent)
            version = look.version
        write_workbook(given.file, drafts, book.city_name, person, book.today())
    rows = sum(map(len, drafts.values()))
    print(say("export.done", settings.language, file=given.file, rows=rows, version=version))
    return DONE


def _refuse(code: str) -> int:
    raise NotFound("code.unknown", code=code)
