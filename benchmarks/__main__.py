"""`python -m benchmarks [job …]`: run all jobs, or those named, and print one table."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from benchmarks import look_through, rates
from benchmarks.race import Row
from benchmarks.table import print_table

JOBS: dict[str, Callable[[], Iterator[Row]]] = {
    "rates": rates.rows,
    "look_through": look_through.rows,
}
"""A job is a module with `rows()`; another one is another line here."""


def main() -> None:
    """Run the jobs in order, then print their rows together."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios against the peers.")
    parser.add_argument("jobs", nargs="*", metavar="job", help=", ".join(JOBS))
    chosen = parser.parse_args().jobs or list(JOBS)
    if unknown := set(chosen) - set(JOBS):
        parser.error(f"no such job: {', '.join(sorted(unknown))}")
    print_table([row for name in chosen for row in JOBS[name]()])


if __name__ == "__main__":
    main()
