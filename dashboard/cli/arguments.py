"""The arguments of each command."""

from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, _SubParsersAction
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard.readings.industries.alignment import TagMode
from dashboard.readings.money.capital import SoeTreatment
from dashboard.words import say
from funds.kinds import Basis, GovernmentLevel, Role
from funds.queries.scopes import Scope, ScopeName, park_scope

REPORTS = ("city", "park", "fund", "industry", "company", "leverage", "performance", "alignment")
PERSON_ACTIONS = ("add", "grant", "invite", "password", "reset-factor", "retire")


def make_parser(language: str) -> ArgumentParser:
    """The parser of `fundtracker`; help texts in the language of the settings."""
    parser = ArgumentParser(prog="fundtracker", description=say("cli.description", language))
    parser.add_argument("--version", action="store_true", help=say("cli.version", language))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, add in _COMMANDS.items():
        command = commands.add_parser(name, help=say(f"cli.{name}", language))
        _add_common(command, language)
        add(command, language)
        for action in _actions_of(command):
            _add_common(action, language)
    return parser


def _add_common(command: ArgumentParser, language: str) -> None:
    # Left out, they leave no trace, so that an action does not forget what its command was given.
    command.add_argument("--book", metavar="URL", default=SUPPRESS, help=say("cli.book", language))
    command.add_argument("--person", metavar="LOGIN", default=SUPPRESS, help=say("cli.person", language))


def _actions_of(command: ArgumentParser) -> Iterable[ArgumentParser]:
    for action in command._actions:
        if isinstance(action, _SubParsersAction):
            yield from action.choices.values()


def _add_init(command: ArgumentParser, _language: str) -> None:
    command.add_argument("--city", default="", metavar="NAME")
    command.add_argument("--number", type=int, default=0)


def _add_nothing(command: ArgumentParser, _language: str) -> None:
    """For a command that needs no more than the book."""


def _add_template(command: ArgumentParser, _language: str) -> None:
    command.add_argument("file", type=Path)


def _add_import(command: ArgumentParser, _language: str) -> None:
    command.add_argument("file", type=Path)
    command.add_argument("--dry-run", action="store_true")
    command.add_argument("--format", choices=("table", "json"), default="table")
    command.add_argument("--mapping", type=Path, metavar="FILE")
    command.add_argument("--write-mapping", type=Path, metavar="FILE")
    command.add_argument("--as-proposed", action="store_true")


def _add_export(command: ArgumentParser, _language: str) -> None:
    command.add_argument("file", type=Path)
    scope = command.add_mutually_exclusive_group()
    scope.add_argument("--fund", metavar="CODE")
    scope.add_argument("--park", metavar="CODE")
    command.add_argument("--as-known", type=_version_or_instant, metavar="VERSION|DATETIME")


def _add_report(command: ArgumentParser, _language: str) -> None:
    command.add_argument("report", choices=REPORTS, metavar="KIND")
    scope = command.add_mutually_exclusive_group()
    scope.add_argument("--city", action="store_true")
    scope.add_argument("--fund", action="append", metavar="CODE")
    scope.add_argument("--park", metavar="CODE")
    scope.add_argument("--manager", metavar="CODE")
    scope.add_argument("--industry", metavar="CODE")
    scope.add_argument("--company", metavar="CODE")
    command.add_argument("--basis", type=Basis, choices=list(Basis), default=None)
    command.add_argument("--definition", metavar="CODE")
    command.add_argument("--soe", type=SoeTreatment, choices=list(SoeTreatment), default=SoeTreatment.APART)
    command.add_argument("--fiscal-level", type=GovernmentLevel, choices=list(GovernmentLevel), default=None)
    command.add_argument("--mode", type=TagMode, choices=list(TagMode), default=TagMode.PRIMARY)
    command.add_argument("--look-through", action="store_true")
    command.add_argument("--from", dest="since", type=_day, default=None, metavar="DATE")
    command.add_argument("--against", type=_park_at_day, default=None, metavar="park:CODE@DATE")
    command.add_argument("--as-of", type=_day, required=True, metavar="DATE")
    command.add_argument("--as-known", type=_version_or_instant, metavar="VERSION|DATETIME")
    command.add_argument("--format", choices=("table", "json", "xlsx", "pdf"), default="table")
    command.add_argument("--output", type=Path, metavar="FILE")


def _add_serving(command: ArgumentParser, language: str) -> None:
    command.add_argument("--host")
    command.add_argument("--port", type=int)
    command.add_argument("--workers", type=_count, metavar="N", help=say("serve.workers", language))
    command.add_argument("--no-jobs", action="store_true", help=say("serve.no_jobs", language))


def _add_work(command: ArgumentParser, _language: str) -> None:
    command.add_argument("--beside", type=int, metavar="PID", help=SUPPRESS)


def _add_demo(command: ArgumentParser, language: str) -> None:
    _add_serving(command, language)
    command.add_argument("--no-serve", action="store_true")
    command.add_argument("--funds", type=int, metavar="N", help=say("sample.funds", language))
    command.add_argument("--lines", type=int, metavar="N", help=say("sample.lines", language))


def _add_verify(command: ArgumentParser, language: str) -> None:
    command.add_argument("--anchor", type=Path, metavar="FILE")
    command.add_argument("--all", action="store_true", help=say("verify.all", language))
    command.add_argument("--format", choices=("table", "json"), default="table")


def _add_backup(command: ArgumentParser, language: str) -> None:
    command.add_argument("file", type=Path, help=say("backup.file", language))
    command.add_argument("--keep", type=_count, metavar="N", help=say("backup.keep", language))
    command.add_argument("--format", choices=("table", "json"), default="table")


def _add_restore(command: ArgumentParser, language: str) -> None:
    command.add_argument("file", type=Path, help=say("restore.file", language))
    command.add_argument("--rehearse", action="store_true", help=say("restore.rehearse_help", language))
    command.add_argument("--older", action="store_true", help=say("restore.older_help", language))
    command.add_argument("--format", choices=("table", "json"), default="table")


def _add_doctor(command: ArgumentParser, _language: str) -> None:
    command.add_argument("--format", choices=("table", "json"), default="table")


def _add_forget(command: ArgumentParser, language: str) -> None:
    command.add_argument("--log-days", type=_count, default=None, help=say("forget.log_days", language))
    command.add_argument("--dry-run", action="store_true", help=say("forget.dry_run_help", language))


def _add_policy(command: ArgumentParser, language: str) -> None:
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("import", help=say("policy_file.import", language))
    add.add_argument("file", type=Path)
    add.add_argument("--reason", required=True, help=say("policy_file.reason", language))


def _add_person(command: ArgumentParser, _language: str) -> None:
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    named = {name: actions.add_parser(name) for name in PERSON_ACTIONS}
    for parser in named.values():
        parser.add_argument("login")
    named["add"].add_argument("--name")
    for parser in (named["add"], named["grant"]):
        parser.add_argument("--role", type=Role, choices=list(Role), required=True)
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument("--park", metavar="CODE")
        scope.add_argument("--fund", metavar="CODE")
    named["grant"].add_argument("--from", dest="first", type=_day, metavar="DATE")
    named["grant"].add_argument("--to", dest="last", type=_day, metavar="DATE")
    named["grant"].add_argument("--reason", default="person.granted")
    named["add"].add_argument("--invite", action="store_true")
    for parser in (named["add"], named["password"]):
        parser.add_argument("--password-stdin", action="store_true")
    actions.add_parser("forget-log").add_argument("--before", type=_day, required=True, metavar="DATE")


_COMMANDS = {
    "init": _add_init,
    "upgrade": _add_nothing,
    "template": _add_template,
    "import": _add_import,
    "export": _add_export,
    "report": _add_report,
    "demo": _add_demo,
    "serve": _add_serving,
    "work": _add_work,
    "verify": _add_verify,
    "backup": _add_backup,
    "restore": _add_restore,
    "doctor": _add_doctor,
    "forget": _add_forget,
    "policy": _add_policy,
    "person": _add_person,
}


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise ArgumentTypeError(f"{text!r}: 1, 2, …")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise ArgumentTypeError(f"{text!r}: YYYY-MM-DD") from fault


def _park_at_day(text: str) -> tuple[Scope, date]:
    scope, _, day = text.partition("@")
    kind, _, code = scope.partition(":")
    if kind != ScopeName.PARK or not code:
        raise ArgumentTypeError(f"{text!r}: park:P01@2025-12-31")
    return park_scope(code), _day(day)


def _version_or_instant(text: str) -> int | datetime:
    if text.isascii() and text.isdigit():
        return int(text)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as fault:
        raise ArgumentTypeError(f"{text!r}: 17, 2026-01-31T08:00:00+08:00") from fault
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
