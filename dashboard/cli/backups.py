"""The commands `backup` and `restore`: the whole book in one file, and a book from such a file on either engine."""

import json
import sys
import tempfile
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from time import monotonic

import migrations
from dashboard.cli.backup_notes import BackupNote, remember_backup
from dashboard.cli.opening import open_book, shape_book
from dashboard.settings import Settings
from dashboard.words import say
from funds.book import Anchor, Book, Head
from funds.book.backup import Manifest, kept_shapes, write_backup
from funds.book.restoring import Backup, fill_book, open_backup, require_empty
from funds.book.table_lines import TableDigest, digest_tables
from funds.book.verify import verify_chain
from funds.errors import BookUnusable, Conflict, RulesBroken, SchemaBehind
from funds.problems import fatal
from funds.queries.invariants import check_invariants

DONE = 0
PREFIX = "fundtracker"


def run_backup(given: Namespace, settings: Settings) -> int:
    """Write the book as it stands into a new file, or into a folder under a name of its own."""
    began = monotonic()
    with _open_any_shape(settings) as book:
        path = _name_file(book, given.file)
        manifest = write_backup(book, path, lambda table, rows: _tell(settings, table, rows))
        head = manifest.head
        remember_backup(book, settings, BackupNote(manifest.made_at, head.version, head.hash, str(path)))
        gone = _drop_older(book, path, given.keep) if given.keep else 0
    if given.format == "json":
        _print_json(manifest, path)
        return DONE
    size = f"{path.stat().st_size / 1e6:.1f}"
    _say(settings, "backup.done", file=path, rows=manifest.rows, size=size, **_told(head, began))
    if gone:
        _say(settings, "backup.dropped", count=gone, keep=given.keep)
    return DONE


def _open_any_shape(settings: Settings) -> Book:
    """A book in whatever shape it has, so that it can be backed up before it is brought to a newer one."""
    book = Book(settings.book, anchors=settings.anchors)
    if book.url.get_backend_name() == "sqlite" and not Path(str(book.url.database)).exists():
        raise BookUnusable("book.absent", book=book.url.database)
    current = migrations.current_revision(book.engine)
    if current is None or not migrations.knows_revision(current):
        book.close()
        raise SchemaBehind("book.schema_behind", current=current, head=migrations.head_revision())
    return book


def run_restore(given: Namespace, settings: Settings) -> int:
    """Make a book from a backup and check it; with `--rehearse` in a place that is forgotten at once."""
    if not given.rehearse:
        return _restore(given, settings)
    with tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        place = Path(folder)
        return _restore(
            given, replace(settings, book=str(place / "book.sqlite3"), anchors=place, app_role=None)
        )


def _restore(given: Namespace, settings: Settings) -> int:
    began = monotonic()
    with open_backup(given.file) as backup:
        manifest = backup.manifest
        if not migrations.knows_revision(manifest.schema):
            raise RulesBroken([fatal("restore.newer_program", str(given.file), schema=manifest.schema)])
        anchor = Anchor(settings.anchors / f"{manifest.uuid}.anchor")
        later = _later_heads(anchor, manifest.head)
        if later and not given.older:
            last = max(head.version for head in later)
            raise Conflict("restore.older", version=manifest.head.version, last=last, anchor=anchor.path)
        _fill(backup, settings, anchor, later)
    with open_book(settings) as book:
        if not anchor.path.exists():
            anchor.append(manifest.head)
        with book.look() as look:
            problems = verify_chain(look.connection, anchor) + check_invariants(look.connection, look.version)
    if problems:
        raise RulesBroken(problems)
    if given.format == "json":
        _print_json(manifest, given.file)
        return DONE
    code = "restore.rehearsed" if given.rehearse else "restore.done"
    place = book.url.render_as_string()
    _say(
        settings, code, city=manifest.city_name, book=place, rows=manifest.rows, **_told(manifest.head, began)
    )
    return DONE


def _fill(backup: Backup, settings: Settings, anchor: Anchor, later: list[Head]) -> None:
    with Book(settings.book) as book:
        if book.url.get_backend_name() == "sqlite":
            Path(str(book.url.database)).parent.mkdir(parents=True, exist_ok=True)
        require_empty(book)
        backup.check()
        if later:
            aside = _put_aside(anchor, backup.manifest.head)
            _say(settings, "restore.anchor_aside", file=aside, version=backup.manifest.head.version)
        migrations.upgrade(book.engine, backup.manifest.schema)
        fill_book(book, backup, lambda table, rows: _tell(settings, table, rows))
        shape_book(book, settings)


def _later_heads(anchor: Anchor, head: Head) -> list[Head]:
    """The heads that the anchor knows beyond a backup's; refuses a backup of another chain."""
    heads = anchor.read()
    if any(known.version == head.version and known.hash != head.hash for known in heads):
        where = f"seal#{head.version}"
        raise RulesBroken([fatal("restore.other_chain", where, version=head.version, anchor=anchor.path)])
    return [known for known in heads if known.version > head.version]


def _put_aside(anchor: Anchor, head: Head) -> Path:
    """Keep what the anchor knew under another name, and begin a new one that ends with the backup's head."""
    heads = anchor.read()
    number = 1
    while (aside := anchor.path.with_name(f"{anchor.path.name}.aside-{number}")).exists():
        number += 1
    anchor.path.rename(aside)
    for known in heads:
        if 0 < known.version <= head.version:
            anchor.append(known)
    return aside


def digest_book(book: Book) -> dict[str, TableDigest]:
    """Counts and digests of every table that a backup holds, as they stand now."""
    with book.look() as look:
        return digest_tables(look.connection, kept_shapes(look.connection))


def digests_as_json(digests: Mapping[str, TableDigest]) -> dict[str, dict[str, object]]:
    """Counts and digests by table."""
    return {name: asdict(digest) for name, digest in digests.items()}


def _name_file(book: Book, given: Path) -> Path:
    """The file meant; in a folder, one named for the book and the moment."""
    if not given.is_dir():
        return given
    moment = book.now()[:19].replace("-", "").replace(":", "")
    return given / f"{_stem(book)}{moment}Z.zip"


def _stem(book: Book) -> str:
    return f"{PREFIX}-{book.uuid[:8]}-"


def _drop_older(book: Book, newest: Path, keep: int) -> int:
    """Remove all but the newest few backups that this command named itself; their names are in order of time."""
    named = sorted(newest.parent.glob(f"{_stem(book)}*Z.zip"))
    older = named[:-keep]
    for path in older:
        path.unlink()
    return len(older)


def _print_json(manifest: Manifest, path: Path) -> None:
    tables = digests_as_json({table.shape.name: table.digest for table in manifest.tables})
    told = {
        "file": str(path),
        "version": manifest.head.version,
        "hash": manifest.head.hash,
        "rows": manifest.rows,
        "tables": tables,
    }
    print(json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1))


def _told(head: Head, began: float) -> dict[str, object]:
    return {"version": head.version, "hash": head.hash, "seconds": f"{monotonic() - began:.1f}"}


def _say(settings: Settings, code: str, **params: object) -> None:
    print(say(code, settings.language, **params))


def _tell(settings: Settings, table: str, rows: int) -> None:
    if rows and sys.stderr.isatty():
        print(say("backup.table", settings.language, table=table, rows=rows), file=sys.stderr)
