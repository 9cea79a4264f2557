"""What the page of audit shares: the samples, the lines that are one's own to see, and what they are called."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from dashboard.pages.context import PageContext
from dashboard.pages.trail.trail_desk import TrailDesk, open_desk, read_number
from dashboard.readings.money.audit_lines import draw_audit
from dashboard.readings.provenance import Evidence, read_provenance
from funds.errors import NotFound
from funds.kinds import ScopeKind
from funds.models import Fund, Party
from funds.permissions import Action, Scope
from funds.queries.audits import DrawnItem, Sampled, read_items, read_samples
from funds.queries.codes import each_chunk
from funds.queries.ledger_slice import LedgerSlice, slice_ledger
from funds.queries.scopes import CITY, fund_scope
from funds.recording.papers import end_of_quarter

PATH = "/audit"
SAMPLE, ITEM = "sample", "item"


@dataclass(frozen=True)
class AuditDesk:
    """One look at samples by one person."""

    trail: TrailDesk
    samples: Sequence[Sampled]
    items: Sequence[DrawnItem]

    @property
    def context(self) -> PageContext:
        """The page."""
        return self.trail.context

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.trail.say(code, **params)

    @property
    def is_now(self) -> bool:
        """Whether the page shows what is known now, so that something can be done about it."""
        return self.context.as_known is None

    @property
    def is_city(self) -> bool:
        """Whether the person sees the whole of every sample."""
        return self.trail.reader.is_city

    @cached_property
    def item(self) -> DrawnItem | None:
        """The line that the address opens."""
        asked = self.context.query.get(ITEM)
        if asked is None:
            return None
        found = [one for one in self.items if one.id == read_number(asked)]
        if not found:
            raise NotFound("audit.no_such_item", item=asked)
        return found[0]

    @cached_property
    def sample(self) -> Sampled | None:
        """The sample that the address opens, or that of the open line."""
        asked = self.context.query.get(SAMPLE)
        wanted = read_number(asked) if asked is not None else None
        if wanted is None and self.item is not None:
            wanted = self.item.sample_id
        if wanted is None:
            return None
        found = [one for one in self.samples if one.id == wanted]
        if not found:
            raise NotFound("audit.no_such_sample", sample=wanted)
        return found[0]

    def of_sample(self, sample: Sampled) -> list[DrawnItem]:
        """The lines of a sample, largest first."""
        return [one for one in self.items if one.sample_id == sample.id]

    def may(self, action: Action, item: DrawnItem) -> bool:
        """Whether the person holds a right for the fund of a line."""
        return self.is_now and self.context.visit.rights.may(action, Scope(ScopeKind.FUND, item.fund_id))

    @property
    def may_draw(self) -> bool:
        """Whether the person draws samples."""
        return self.is_now and self.context.visit.rights.may(Action.AUDIT)

    def read_evidence(self, sample: Sampled, items: Sequence[DrawnItem]) -> Mapping[str, Evidence]:
        """Where the lines came from, by their names, as the sample knew the book."""
        found = read_provenance(
            self.context.visit.book, self.open_slice(sample), [one.line for one in items], len(items) or 1
        )
        return {f"{row.witness.table}:{row.witness.row}": row for row in found.rows}

    def open_slice(self, sample: Sampled) -> LedgerSlice:
        """The ledger of the quarter as the sample knew it, as far as it is the person's."""
        visit, day = self.context.visit, end_of_quarter(sample.quarter)
        scope = CITY if self.is_city else fund_scope(*self._codes())
        return slice_ledger(visit.book, visit.person.login, scope, day, sample.known_version)

    def is_same_again(self, sample: Sampled) -> bool:
        """Whether seed, version and method draw the very same lines again."""
        drawn = draw_audit(self.open_slice(sample), sample.basis, sample.wanted, sample.seed).drawn
        again = {(one.table, one.row_id, one.amount) for one in drawn}
        return again == {(one.line_table, one.line_id, one.amount_fen) for one in self.of_sample(sample)}

    def code_of(self, fund_id: int) -> str:
        """A fund's code."""
        return self._fund_codes[fund_id]

    @cached_property
    def _fund_codes(self) -> Mapping[int, str]:
        query = select(Fund.id, Party.code).join(Party, Party.id == Fund.party_id)
        ids = sorted({one.fund_id for one in self.items})
        return {
            row.id: row.code
            for piece in each_chunk(ids)
            for row in self.trail.trail.connection.execute(query.where(Fund.id.in_(piece)))
        }

    def _codes(self) -> Sequence[str]:
        return sorted({self.code_of(one.fund_id) for one in self.items})


@contextmanager
def open_audit(context: PageContext) -> Iterator[AuditDesk]:
    """Look at samples as known at the page's version."""
    with open_desk(context) as trail:
        asked = (trail.trail.connection, trail.trail.version, trail.reader)
        yield AuditDesk(trail, read_samples(*asked), read_items(*asked))
