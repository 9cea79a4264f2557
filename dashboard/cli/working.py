"""The command `work`: do the jobs that people asked for, until ended."""

import os
from argparse import Namespace

from dashboard.cli.opening import open_book
from dashboard.jobs.runners import name_runner
from dashboard.server.journal import open_journal
from dashboard.settings import Settings
from dashboard.words import say
from dashboard.worker.keeper import Keeper

DONE = 0


def run_work(given: Namespace, settings: Settings) -> int:
    """Take jobs; with `--beside`, only for as long as that process is there."""
    open_journal(with_requests=False)
    with open_book(settings) as book:
        city = book.city_name
    beside: int | None = given.beside
    if beside is None:
        print(say("work.started", settings.language, runner=name_runner(), city=city), flush=True)
    keeper = Keeper(lambda: open_book(settings), lambda: beside not in (None, os.getppid()))
    keeper.keep_working()
    if beside is None:
        print(say("work.ended", settings.language), flush=True)
    return DONE
