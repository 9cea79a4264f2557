"""The commands that make, upgrade, fill and check a book."""

import json
import sys
from argparse import Namespace
from pathlib import Path

from dashboard.cli.backups import digest_book, digests_as_json
from dashboard.cli.foreign_files import read_any_layout
from dashboard.cli.opening import make_book, open_book, record_packs, shape_book
from dashboard.cli.printing import print_problems
from dashboard.settings import Settings
from dashboard.words import say
from dashboard.words.numbers import format_yuan
from funds.book import LOCAL, Anchor, Book
from funds.book.verify import verify_chain
from funds.errors import RulesBroken
from funds.intake import ImportResult, import_workbook, read_workbook, write_template
from funds.intake.batch import Progress
from funds.intake.foreign.recognising import is_foreign
from funds.kinds import BookKind
from funds.problems import only_fatal
from funds.queries.invariants import check_invariants

DONE, FOUND = 0, 1


def run_init(given: Namespace, settings: Settings) -> int:
    """Make a new book."""
    city = given.city or say("city.unnamed", settings.language)
    with make_book(settings, BookKind.OWN, city, given.number) as book:
        _say_head(book, settings, "init.done")
    return DONE


def run_upgrade(given: Namespace, settings: Settings) -> int:
    """Bring a book to the newest shape and bring in what the program's packs have new."""
    with Book(settings.book, anchors=settings.anchors) as book:
        shape_book(book, settings)
        record_packs(book, settings.person or LOCAL)
        _say_head(book, settings, "upgrade.done")
    return DONE


def run_template(given: Namespace, settings: Settings) -> int:
    """Write the workbook template."""
    write_template(given.file)
    print(say("template.done", settings.language, file=given.file))
    return DONE


def run_import(given: Namespace, settings: Settings) -> int:
    """Read a workbook and record all of it, or say everything that is wrong with it."""
    reading = read_workbook(given.file)
    with open_book(settings) as book:
        if is_foreign(reading):
            reading = read_any_layout(book, given, settings, reading)
        result = import_workbook(
            book,
            settings.person or LOCAL,
            reading,
            dry_run=given.dry_run,
            progress=_show_progress(settings.language),
        )
    if only_fatal(result.problems):
        raise RulesBroken(result.problems)
    if given.format == "json":
        print(json.dumps(_as_json(result), ensure_ascii=False, sort_keys=True, indent=1))
        return DONE
    print_problems(result.problems, settings.language, "table")
    for sheet in result.sheets:
        row = {"title": sheet.title, "read": sheet.read, "new": sheet.new, "same": sheet.same}
        print(say("import.sheet_line", settings.language, total=format_yuan(sheet.total_fen), **row))
    print(say(_outcome(result, given.dry_run), settings.language, new=result.new, version=result.version))
    return DONE


def run_verify(given: Namespace, settings: Settings) -> int:
    """Check the chain, the anchor and the invariants; name whatever is wrong."""
    with open_book(settings) as book:
        anchor = Anchor(given.anchor) if given.anchor else book.anchor
        with book.look() as look:
            problems = verify_chain(look.connection, anchor) + check_invariants(look.connection, look.version)
        if problems:
            raise RulesBroken(problems)
        if given.format == "json":
            print(_sound_as_json(book) if given.all else "[]")
        else:
            _say_head(book, settings, "verify.sound")
    return DONE


def _sound_as_json(book: Book) -> str:
    """What a sound book comes to, table by table: the same after a backup was restored, on either engine."""
    head = book.head()
    tables = digests_as_json(digest_book(book))
    told = {"problems": [], "version": head.version, "hash": head.hash, "tables": tables}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1)


def _outcome(result: ImportResult, dry_run: bool) -> str:
    if result.already:
        return "import.already"
    return "import.rehearsed" if dry_run else "import.done"


def _as_json(result: ImportResult) -> dict[str, object]:
    sheets = [
        {"title": s.title, "read": s.read, "new": s.new, "same": s.same, "total_fen": s.total_fen}
        for s in result.sheets
    ]
    return {"version": result.version, "already": result.already, "new": result.new, "sheets": sheets}


def _show_progress(language: str) -> Progress:
    """Tells whoever looks on of each stage once, however often it is told of."""
    told: set[str] = set()

    def show(stage: str, done: int, total: int) -> None:
        line = say("import.progress", language, stage=stage, done=done, total=total)
        if line not in told and sys.stderr.isatty():
            print(line, file=sys.stderr)
        told.add(line)

    return show


def _say_head(book: Book, settings: Settings, code: str) -> None:
    head = book.head()
    place = (
        book.url.render_as_string()
        if book.url.get_backend_name() != "sqlite"
        else Path(str(book.url.database))
    )
    print(say(code, settings.language, book=place, version=head.version, hash=head.hash))
