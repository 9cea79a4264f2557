"""What the pages of documents share: whose documents are looked at, and what the things they lie beside are called."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select

from dashboard.forms.attachment import write_thing
from dashboard.pages.context import PageContext
from dashboard.pages.trail.trail_desk import TrailDesk, open_desk
from funds.errors import NotFound
from funds.kinds import AttachmentSubject, ScopeKind
from funds.models import Fund, Party
from funds.permissions import Action, Scope
from funds.queries.attachments import Attached, Subject, list_subjects, read_attachments

FUND = "fund"
# Things that have a name of their own; of others the number of the row is told.
NAMED = frozenset(
    {
        *(AttachmentSubject.FUND, AttachmentSubject.PARK, AttachmentSubject.COMPANY, AttachmentSubject.ROUND),
        *(AttachmentSubject.HOLDING, AttachmentSubject.COMMITMENT, AttachmentSubject.DEAL),
    }
)


@dataclass(frozen=True)
class DocumentDesk:
    """One look at documents by one person; `funds` are those that they may see, by code."""

    trail: TrailDesk
    funds: Mapping[str, int]

    @property
    def context(self) -> PageContext:
        """The page."""
        return self.trail.context

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.trail.say(code, **params)

    @property
    def is_now(self) -> bool:
        """Whether the page shows what is known now, so that something can be handed in."""
        return self.context.as_known is None

    def may_record(self, fund: str) -> bool:
        """Whether the person hands in documents of a fund."""
        scope = Scope(ScopeKind.FUND, self.funds[fund])
        return self.is_now and self.context.visit.rights.may(Action.RECORD_BUSINESS, scope)

    def read(self, *, subject: Subject | None = None, fund: str | None = None) -> list[Attached]:
        """Documents, newest first."""
        trail, fund_id = self.trail.trail, None if fund is None else self.funds[fund]
        return read_attachments(
            trail.connection, trail.version, trail.reader, subject=subject, fund_id=fund_id
        )

    def name_fund(self, code: str) -> str:
        """A fund by name."""
        return self.trail.names.of("fund", self.funds[code])

    def name_thing(self, subject: AttachmentSubject, row_id: int) -> str:
        """What a document lies beside, in words."""
        kind = self.say(f"document.subject_{subject.value}")
        name = self.trail.names.of(subject.value, row_id) if subject in NAMED else f"#{row_id}"
        return self.say("document.thing_is", kind=kind, name=name)

    def name_owner(self, one: Attached) -> str:
        """The fund or park in whose name it was handed in."""
        if one.fund_id is not None:
            return self.trail.names.of("fund", one.fund_id)
        return self.say("document.city") if one.park_id is None else self.trail.names.of("park", one.park_id)

    def list_things(self, fund: str) -> Sequence[tuple[str, str]]:
        """The things of a fund as choices: value and words."""
        found = list_subjects(self.trail.trail.connection, self.trail.trail.version, self.funds[fund])
        return [(write_thing(*thing), self.name_thing(*thing)) for thing in found]


@contextmanager
def open_documents(context: PageContext) -> Iterator[DocumentDesk]:
    """Look at documents as known at the page's version."""
    with open_desk(context) as trail:
        yield DocumentDesk(trail, _read_funds(trail))


def choose_fund(desk: DocumentDesk) -> str | None:
    """The fund in the address; one that is not the person's to see is none."""
    code = desk.context.query.get(FUND)
    if code is None:
        return None
    if code not in desk.funds:
        raise NotFound("document.no_fund", code=code[:40])
    return code


def _read_funds(trail: TrailDesk) -> Mapping[str, int]:
    query = select(Party.code, Fund.id).join(Fund, Fund.party_id == Party.id).order_by(Party.code)
    known = query.where(Fund.revision_id <= trail.trail.version)
    if not trail.reader.is_city:
        known = known.where(Fund.id.in_(sorted(trail.reader.funds)))
    funds = {row.code: row.id for row in trail.trail.connection.execute(known)}
    trail.names.load("fund", funds.values())
    return funds
