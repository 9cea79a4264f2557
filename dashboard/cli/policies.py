"""The command `policy`: the city's own thresholds, targets, choices and kept times come into the book."""

from argparse import Namespace

from dashboard.cli.opening import open_book
from dashboard.settings import Settings
from dashboard.words import say
from funds.book import LOCAL
from funds.policy import read_own_pack
from funds.recording import record_policies

DONE = 0


def run_policy(given: Namespace, settings: Settings) -> int:
    """Record the rows of a file as one change; what is in the book already stays as it is."""
    drafts = read_own_pack(given.file)
    with open_book(settings) as book:
        with book.change(settings.person or LOCAL, given.reason, action="policy") as change:
            done = record_policies(change, drafts)
            if not done.new:
                change.abandon()
        counts = {"new": done.new, "rows": len(drafts), "version": book.head().version}
    print(say("policy_file.done" if done.new else "policy_file.nothing_new", settings.language, **counts))
    return DONE
