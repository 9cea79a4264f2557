"""Runs a command and turns what went wrong into words and an exit code."""

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.metadata import version

from sqlalchemy.exc import DBAPIError

from dashboard.cli.arguments import make_parser
from dashboard.cli.printing import print_problems
from dashboard.settings import Settings, read_settings
from dashboard.words import say
from funds.book.engine import is_disk_full
from funds.errors import BookUnusable, LedgerError, NotAllowed, NotFound, RulesBroken, SchemaBehind

DONE, FOUND, WRONG_USE, REFUSED, UNUSABLE = range(5)
Command = Callable[[Namespace, Settings], int]

# Fetched when asked for: a report needs no web server, and `import` no figures.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "init": ("books", "run_init"),
    "upgrade": ("books", "run_upgrade"),
    "template": ("books", "run_template"),
    "import": ("books", "run_import"),
    "export": ("exporting", "run_export"),
    "verify": ("books", "run_verify"),
    "backup": ("backups", "run_backup"),
    "restore": ("backups", "run_restore"),
    "doctor": ("doctoring", "run_doctor"),
    "forget": ("retention", "run_forget"),
    "policy": ("policies", "run_policy"),
    "report": ("reports", "run_report"),
    "serve": ("serving", "run_serve"),
    "demo": ("serving", "run_demo"),
    "work": ("working", "run_work"),
    "person": ("people", "run_person"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit codes: 0 done, 1 problems or findings, 2 wrong use, 3 refused, 4 the book cannot be used."""
    try:
        settings = read_settings()
    except LedgerError as fault:
        print(say(fault.code, "zh", **fault.params), file=sys.stderr)
        return WRONG_USE
    parser = make_parser(settings.language)
    given = parser.parse_args(arguments)
    if given.version:
        print(version("industry-fund-tracker"))
        return DONE
    if not given.command:
        parser.print_help()
        return WRONG_USE
    settings = replace(
        settings,
        book=getattr(given, "book", None) or settings.book,
        person=getattr(given, "person", None) or settings.person,
    )
    try:
        return _find(given.command)(given, settings)
    except RulesBroken as broken:
        print_problems(broken.problems, settings.language, getattr(given, "format", "table"))
        return UNUSABLE if broken.status == SchemaBehind.status else FOUND
    except LedgerError as fault:
        print(say(fault.code, settings.language, **fault.params), file=sys.stderr)
        return _exit_code(fault)
    except DBAPIError as fault:
        code = "system.disk_full" if is_disk_full(fault) else "book.unreachable"
        print(say(code, settings.language, book=settings.book, fault=fault.orig), file=sys.stderr)
        return UNUSABLE


def _find(name: str) -> Command:
    module, function = COMMANDS[name]
    command: Command = getattr(import_module(f"dashboard.cli.{module}"), function)
    return command


def _exit_code(fault: LedgerError) -> int:
    if isinstance(fault, BookUnusable | SchemaBehind):
        return UNUSABLE
    if isinstance(fault, NotFound):
        return WRONG_USE
    return REFUSED if isinstance(fault, NotAllowed) or fault.status in (403, 409) else UNUSABLE
