"""What the pages of proposals share: which there are to see, whose turn it is, and what they are about in words."""

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from dashboard.auth.visit import Visit
from dashboard.pages.context import PageContext
from dashboard.pages.trail.trail_desk import TrailDesk, open_desk
from dashboard.pages.trail.trail_values import name_table
from funds.book import Look
from funds.permissions import Rights
from funds.queries.codes import known_parties
from funds.queries.noted_answers import NotedAnswers
from funds.queries.proposals import Proposed, read_proposals
from funds.queries.trail_readers import make_reader
from funds.recording.proposal_kinds import KINDS

PATH = "/proposals"
OF_PARTIES = ("tag", "nature", "mark", "nav")
OF_QUARTERS = ("lock", "unlock", "late")
_turns = NotedAnswers[Hashable, int]()


@dataclass(frozen=True)
class ProposalDesk:
    """One look at the proposals by one person."""

    trail: TrailDesk
    look: Look
    person_id: int
    rights: Rights

    @property
    def context(self) -> PageContext:
        """The page."""
        return self.trail.context

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.trail.say(code, **params)

    @property
    def whole(self) -> Look:
        """The same version with every row: for names and counts."""
        return Look(self.trail.wide, self.look.version, self.look.seen_head)

    @property
    def is_now(self) -> bool:
        """Whether the page shows what is known now, so that something can be done about it."""
        return self.context.as_known is None

    def read(self, *, only_open: bool = False, about: str | None = None) -> list[Proposed]:
        """The proposals that are theirs to see, newest first."""
        return read_proposals(
            self.look.connection, self.look.version, self.trail.reader, only_open=only_open, about=about
        )

    def is_mine(self, proposed: Proposed) -> bool:
        """Whether the person made it."""
        return proposed.proposer_id == self.person_id

    def is_my_turn(self, proposed: Proposed) -> bool:
        """Whether it waits for this person."""
        return is_turn_of(self.rights, self.person_id, proposed)

    def name_kind(self, proposed: Proposed) -> str:
        """What kind of change it is."""
        return self.say(f"proposal.kind_{proposed.kind}")

    def name_state(self, proposed: Proposed) -> str:
        """Where a proposal stands, in a word."""
        word = self.say(f"proposal.state_{proposed.state.value}")
        is_reversed = proposed.ending is not None and proposed.ending.is_reversed
        return self.say("proposal.state_reversed", state=word) if is_reversed else word

    def name_subjects(self, proposals: Iterable[Proposed]) -> dict[int, str]:
        """What each is about, in names."""
        listed = list(proposals)
        codes = {one.about for one in listed if one.kind in OF_PARTIES}
        known = known_parties(self.whole.connection, self.look.version, codes)
        self.trail.names.load("party", [party.id for party in known.values()])
        return {
            one.id: self.trail.names.of("party", known[one.about].id)
            if one.kind in OF_PARTIES and one.about in known
            else self._name_plain(one)
            for one in listed
        }

    def _name_plain(self, proposed: Proposed) -> str:
        """Policy by its code, a correction by its table and row, a quarter by its fund."""
        if proposed.kind in OF_QUARTERS and proposed.subjects:
            fund_id, quarter = proposed.subjects[0].id, proposed.about.rpartition(" ")[2]
            return f"{self.trail.names.of('fund', fund_id or 0)} {quarter}"
        table, sign, row_id = proposed.about.partition("#")
        if proposed.kind != "correction" or not sign:
            return proposed.about
        return self.say("proposal.row", table=name_table(self.trail, table), row=row_id)


@contextmanager
def open_proposals(context: PageContext) -> Iterator[ProposalDesk]:
    """Look at the proposals as known at the page's version."""
    visit = context.visit
    with open_desk(context) as desk:
        look = Look(desk.trail.connection, desk.trail.version, desk.head)
        yield ProposalDesk(desk, look, visit.person.person_id, visit.rights)


def is_turn_of(rights: Rights, person_id: int, proposed: Proposed) -> bool:
    """Whether an open proposal waits for somebody."""
    return (
        proposed.is_open
        and proposed.proposer_id != person_id
        and KINDS[proposed.kind].is_approvable(rights, proposed)
    )


def count_turns(visit: Visit) -> int:
    """How many proposals wait for the person."""
    reader, rights = make_reader(visit.person.person_id, visit.rights), visit.rights
    with visit.look() as look:

        def count() -> int:
            waiting = read_proposals(look.connection, look.version, reader, only_open=True)
            return sum(is_turn_of(rights, reader.person_id, one) for one in waiting)

        key = reader, frozenset(rights.grants), frozenset(rights.funds_of_parks.items())
        return _turns.find(visit.book, look, key, count)
