"""Files of any layout at the command line: what their columns become is shown, kept in a file, and applied."""

from argparse import Namespace
from collections.abc import Iterator

from dashboard.cli.eyes import eyes_of
from dashboard.settings import Settings
from dashboard.words import say
from funds.book import LOCAL, Book
from funds.errors import RulesBroken
from funds.intake.foreign.converting import convert
from funds.intake.foreign.mapping import Mappings, read_mappings, write_mappings
from funds.intake.foreign.names import read_directory
from funds.intake.foreign.proposing import propose_mappings
from funds.intake.foreign.reading import ForeignReading, read_foreign
from funds.intake.reading import WorkbookReading
from funds.problems import fatal, only_fatal


def read_any_layout(
    book: Book, given: Namespace, settings: Settings, reading: WorkbookReading
) -> WorkbookReading:
    """The file as if it had been sent in the template, by the mapping that was given or accepted.

    Without one the proposal is printed, written to `--write-mapping` if that is named, and nothing is imported.
    """
    found = read_foreign(reading.name, reading.content)
    if only_fatal(found.problems):
        raise RulesBroken(found.problems)
    sight = eyes_of(book, settings.person or LOCAL).sight
    with book.look(sight=sight) as look:
        directory = read_directory(look.connection, look.version)
    proposed = propose_mappings(found.tables, directory.headings())
    chosen = proposed
    if given.mapping:
        chosen = read_mappings(given.mapping.read_text("utf-8"), found.tables)
    for line in describe_mappings(found, chosen, settings.language):
        print(line)
    if given.write_mapping:
        given.write_mapping.write_text(write_mappings(chosen), "utf-8")
    if not (given.mapping or given.as_proposed or given.dry_run):
        raise RulesBroken([fatal("foreign.accept_first")])
    return convert(found, chosen, directory)


def describe_mappings(found: ForeignReading, chosen: Mappings, language: str) -> Iterator[str]:
    """A line for each table, and one for each column that becomes something."""
    for table, mapping in zip(found.tables, chosen, strict=True):
        yield say("foreign.table_line", language, where=table.corner, rows=len(table.rows))
        for part in mapping.parts:
            yield say("foreign.part_line", language, sheet=part.sheet)
            for title, feed in part.feeds.items():
                source = feed.words if feed.column is None else table.columns[feed.column].title.text
                why = mapping.why.get(f"{part.sheet}.{title}")
                yield say(
                    "foreign.feed_line",
                    language,
                    title=title,
                    source=source,
                    why=say(why, language) if why else "",
                )
