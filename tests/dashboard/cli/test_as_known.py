"""A report as known at an older version is the very file that it was then, whatever came to be known since."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select

from dashboard.sample import write_city
from funds.book import Book, Change, visible
from funds.drafts import NatureDraft, ParkIndustryDraft
from funds.kinds import EntryKind, GovernmentLevel, Nature
from funds.models import Commitment, Entry, Fund, Mark, Party, Replaceable, Revision
from funds.recording import record_natures, record_park_industries
from funds.recording.corrections import Correction, correct_rows
from funds.recording.reversals import reverse_revision
from tests.conftest import FULL
from tests.dashboard.cli.terminal import run
from tests.engines import Databases

AS_OF = "2026-09-30"
QUESTIONS = (
    ("city",),
    ("leverage", "--city", "--soe", "social"),
    ("performance", "--park", "P03"),
    ("city", "--format", "xlsx"),
    ("park", "--park", "P01"),
    ("fund", "--fund", "F02"),
    ("alignment", "--mode", "fractional"),
)[: None if FULL else 4]


def reports(book: str, known: int | None = None) -> list[bytes]:
    """Every question's answer, as it comes from the command."""
    then = () if known is None else ("--as-known", known)
    answers = [run("report", *words, "--as-of", AS_OF, "--book", book, *then) for words in with_format()]
    assert [answer.code for answer in answers] == [0] * len(answers), [a.err for a in answers]
    return [answer.out for answer in answers]


def with_format() -> list[tuple[str, ...]]:
    return [words if "--format" in words else (*words, "--format", "json") for words in QUESTIONS]


def one_row(change: Change, model: type[Replaceable], *where: object) -> int:
    """The id of the first row that stands and fits."""
    query = select(model.id).where(visible(model, change.version), *where).order_by(model.id)  # type: ignore[arg-type]
    return int(change.connection.execute(query).scalars().first() or 0)


def build_city(url: str) -> None:
    """The told city, imported by the command (for `databases.copy_of`)."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "city.xlsx"
        write_city(path)
        assert run("init", "--book", url).code == 0
        answer = run("import", path, "--book", url)
    assert answer.code == 0, answer.err


@pytest.fixture
def city(databases: Databases) -> str:
    return databases.copy_of("city by command", build_city)


@pytest.mark.parametrize(
    "databases", ["sqlite", pytest.param("postgresql", marks=pytest.mark.full)], indirect=True
)
def test_older_versions_give_the_same_bytes_after_everything_changed(city: str) -> None:
    with Book(city) as book:
        first = book.head().version
        at_first = reports(city)
        with book.change("local", "a mark was wrong") as change:
            mark = one_row(change, Mark)
            correct_rows(change, [Correction(Mark, mark, {"fair_value_fen": 12_345_600})])
            fee = one_row(change, Entry, Entry.kind == EntryKind.FEE)
            amount = change.connection.execute(select(Entry.amount_fen).where(Entry.id == fee)).scalar_one()
            correct_rows(change, [Correction(Entry, fee, {"amount_fen": amount + 100})])
        with book.change("local", "the commission looked again") as change:
            private = (
                change.connection.execute(
                    select(Party.code)
                    .join(Commitment, Commitment.investor_id == Party.id)
                    .where(Party.id.not_in(select(Fund.party_id)))
                    .order_by(Party.id.desc())
                )
                .scalars()
                .first()
            )
            nature = NatureDraft(
                party=str(private),
                nature=Nature.FISCAL,
                level=GovernmentLevel.DISTRICT,
                from_date=date(2019, 1, 2),
                evidence="示例复核记录",
            )
            record_natures(change, [nature])
        second = book.head().version
        at_second = reports(city)
        with book.change("local", "another industry leads") as change:
            leads = ParkIndustryDraft(park="P02", industry="NEV", rank=9, from_date=date(2020, 1, 1))
            record_park_industries(change, [leads])
        with book.change("local", "undone", action="reverse", reverses_id=first + 1) as change:
            reverse_revision(change, first + 1)
        with book.look() as look:
            assert look.connection.execute(select(Revision.id)).scalars().all() == list(range(1, second + 3))

    now = reports(city)

    assert reports(city, first) == at_first
    assert reports(city, second) == at_second
    assert at_first != at_second != now
    assert run("verify", "--book", city).code == 0


def test_a_version_can_be_named_by_its_instant(city: str) -> None:
    with Book(city) as book, book.look() as look:
        newest = (
            look.connection.execute(select(Revision.recorded_at).order_by(Revision.id.desc()))
            .scalars()
            .first()
        )

    words = ("report", "leverage", "--as-of", AS_OF, "--format", "json", "--book", city)

    assert run(*words, "--as-known", newest).out == run(*words).out
