"""The kinds of fault that the programme goes through, and the mark that says which of them a test brings about."""

from enum import StrEnum

import pytest


class Kind(StrEnum):
    """A kind of fault, in the words of the table."""

    APP_KILLED = "a writer killed"
    IMPORT_KILLED = "an import killed"
    WORKER_KILLED = "a worker of jobs killed"
    WEB_PROCESS_KILLED = "a process of the web server killed"
    DATABASE_KILLED = "the database server killed"
    MIGRATION_KILLED = "a migration killed"
    MIGRATION_RAISES = "a migration that raises"
    DISK_FULL_COMMIT = "no room for a commit"
    DISK_FULL_IMPORT = "no room for an import"
    DISK_FULL_ANCHOR = "no room for the anchor"
    DISK_FULL_BACKUP = "no room for a backup"
    FOREIGN_LOCK = "a book locked by another program"
    MANY_WRITERS = "eight writers at once"
    SERVER_RESTART = "the server restarted (fast)"
    SERVER_CRASH = "the server restarted (immediate)"
    LOST_UPDATE = "two edits of the same row"
    WRITE_SKEW = "eight calls on the last of a commitment"
    VALUE_CHANGED = "a value changed behind the program"
    ROW_REMOVED = "a row removed"
    ROW_SLIPPED_IN = "a row slipped in"
    ROWS_SWAPPED = "two rows swapped"
    TAIL_CUT = "the last changes cut off"
    CHAIN_REBUILT = "the chain sealed anew"
    STALE_BACKUP = "an older backup put back"
    BACKUP_KILLED = "a backup killed"
    BACKUP_DAMAGED = "a damaged backup"
    CLOCK_BACK = "the clock set back"
    TIME_ZONE = "another time zone, summer time"
    ZIP_BOMB = "an archive that unpacks without end"
    XML_BOMB = "entities in XML"
    FAR_CELL = "a cell beyond every limit"
    DEEP_NESTING = "elements nested without end"
    MALFORMED_FILE = "a spoilt workbook"
    MALFORMED_TEXT = "a spoilt amount, date or code"
    MALFORMED_API = "a spoilt request to the API"
    MALFORMED_CALLBACK = "a spoilt request of a page"
    FORGED_REQUEST = "somebody who asks for what is another's"
    DOUBLE_SUBMIT = "the same sent twice"
    RANDOM_DEALINGS = "thirty random dealings in a row"
    GREAT_SUMS = "a million movements"


FEWEST = 25


def fault(step: str, *kinds: Kind) -> pytest.MarkDecorator:
    """The mark `faults` of a test of a step of the programme."""
    return pytest.mark.faults(step=step, kinds=kinds)
