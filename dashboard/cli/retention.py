"""The command `forget`: what is past the time that policy keeps it is dropped, and told."""

from argparse import Namespace

from dashboard.cli.opening import open_book
from dashboard.jobs.retention import forget_log, forget_past
from dashboard.settings import Settings
from dashboard.words import say
from funds.book import LOCAL

DONE = 0


def run_forget(given: Namespace, settings: Settings) -> int:
    """Drop what is past its time, and say how much of each it was."""
    with open_book(settings) as book:
        # First what may be refused: then nothing has been dropped.
        log = None if given.dry_run else forget_log(book, settings.person or LOCAL, given.log_days)
        counts = forget_past(book, dry_run=given.dry_run)
    if log is not None:
        counts["log"] = log
    for name, (days, count) in counts.items():
        print(say(f"forget.{name}", settings.language, days=days, count=count))
    if given.dry_run:
        print(say("forget.dry_run", settings.language))
    return DONE
