"""`python -m benchmarks [job …]`: run all jobs, or those named, and print one table; `--keep` writes RESULTS.md too."""

from __future__ import annotations

import argparse
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

from benchmarks.machine import describe_machine
from benchmarks.race import Row
from benchmarks.results import keep_results
from benchmarks.table import print_table

JOBS = {
    "rates": "benchmarks.rates",
    "look_through": "benchmarks.look_through",
    "ledger": "benchmarks.ledger",
    "callbacks": "benchmarks.callbacks",
    "first_page": "benchmarks.first_page",
    "intake": "benchmarks.intake",
    "export": "benchmarks.export",
    "recording": "benchmarks.recording",
    "load": "benchmarks.load.run",
}
"""A job is a module with `rows()`, fetched when it is run; another one is another line here."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the jobs in order, then print their rows together."""
    given = read_arguments(arguments)
    found: dict[str, list[Row]] = {}
    for name in given.jobs or JOBS:
        machine, begun = describe_machine(), time.monotonic()
        found[name] = run_job(name, given)
        print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr)
        if given.keep:  # at once, so that a later job that fails takes nothing along
            keep_results({name: found[name]}, machine, list(JOBS))
    print_table([row for rows in found.values() for row in rows])


def run_job(name: str, given: Namespace) -> list[Row]:
    """The rows of one job; only the load can be told how large it is to be."""
    job = import_module(JOBS[name])
    if name == "load":
        return list(job.rows(job.Load(people=given.people, seconds=given.seconds)))
    return list(job.rows())


def read_arguments(arguments: Sequence[str] | None) -> Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios against the peers.")
    parser.add_argument("jobs", nargs="*", metavar="job", help=", ".join(JOBS))
    parser.add_argument("--keep", action="store_true", help="keep what they say in benchmarks/RESULTS.md")
    parser.add_argument("--people", type=int, default=200, help="of the load")
    parser.add_argument("--seconds", type=float, default=120.0, help="of the load")
    given = parser.parse_args(arguments)
    if unknown := set(given.jobs) - set(JOBS):
        parser.error(f"no such job: {', '.join(sorted(unknown))}")
    return given


if __name__ == "__main__":
    main()
