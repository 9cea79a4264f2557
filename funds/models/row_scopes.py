"""Whose each row of the book is: for every table, the ways from a row to the funds and parks it belongs to.

The map names tables and columns only, so that the trail's queries and policies of the database itself
can both be made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FUND, PARK = "fund", "park"


class Reach(StrEnum):
    """How far a table's rows may be seen."""

    SPINE = "spine"  # the chain itself: as open as what it wrote
    SOURCE = "source"  # the file of a change: as open as the change
    CODE_BOOK = "code_book"  # the city's own lists and policy: everybody's to read
    REGISTER = "register"  # reference data that anybody may record: everybody's to read, not who came with it
    SCOPED = "scoped"  # only where the person may read the fund or the park
    PEOPLE = "people"  # administrators, and each person her own


@dataclass(frozen=True)
class Way:
    """From a row by its `column` to the rows of `table` whose `by` holds the same.

    A way that ends at `fund` or `park` has arrived; any other goes on by `then`, or else as that table does.
    With `is_newest` only the fact in force leads on: a firm that moved away is its old park's no more.
    """

    column: str
    table: str
    by: str = "id"
    then: tuple["Way", ...] = ()
    is_newest: bool = False

    @property
    def has_arrived(self) -> bool:
        """Whether the column itself holds a fund's or a park's id."""
        return self.table in (FUND, PARK) and self.by == "id"


@dataclass(frozen=True)
class RowScope:
    """A table's place: its reach, the ways of its rows (any one of them is enough), and whose a person's row is."""

    reach: Reach
    ways: tuple[Way, ...] = ()
    person: str = ""


def _scoped(*ways: Way) -> RowScope:
    return RowScope(Reach.SCOPED, ways)


_SPINE = RowScope(Reach.SPINE)
_SOURCE = RowScope(Reach.SOURCE)
_FILE = RowScope(
    Reach.SOURCE,
    (
        Way("id", "attachment", by="document_id"),
        *(Way("id", "signed_paper", by=f"{form}_id") for form in ("json", "xlsx", "pdf")),
    ),
)
_CODE_BOOK = RowScope(Reach.CODE_BOOK)
_REGISTER = RowScope(Reach.REGISTER)
_OF_FUND = _scoped(Way("fund_id", FUND))
_OF_HOLDING = _scoped(Way("holding_id", "holding"))
_OF_COMMITMENT = _scoped(Way("commitment_id", "commitment"))
# A round is known to the funds that took part in it, and to nobody who only holds the same firm.
_OF_ROUND = _scoped(Way("round_id", "deal", by="round_id"))

ROW_SCOPES: Mapping[str, RowScope] = {
    "revision": _SPINE,
    "seal": _SPINE,
    "seal_leaf": _SPINE,
    "document": _FILE,
    "import_batch": _SOURCE,
    "book_identity": _CODE_BOOK,
    "definition": _CODE_BOOK,
    "policy": _CODE_BOOK,
    "industry": _CODE_BOOK,
    "industry_fact": _CODE_BOOK,
    "industry_crosswalk": _CODE_BOOK,
    "national_industry": _CODE_BOOK,
    "segment": _CODE_BOOK,
    "segment_fact": _CODE_BOOK,
    "segment_edge": _CODE_BOOK,
    "segment_crosswalk": _CODE_BOOK,
    "park": _CODE_BOOK,
    "park_fact": _CODE_BOOK,
    "park_industry": _CODE_BOOK,
    "party": _REGISTER,
    "party_fact": _REGISTER,
    "company": _REGISTER,
    "company_fact": _REGISTER,
    "company_tag": _REGISTER,
    "index_level": _REGISTER,
    "reported_figure": _REGISTER,
    "fund": _scoped(Way("id", FUND)),
    "fund_fact": _OF_FUND,
    "fund_field": _OF_FUND,
    "fund_park": _OF_FUND,
    "fund_term": _OF_FUND,
    "fund_nav": _OF_FUND,
    "balance": _OF_FUND,
    "claim": _OF_FUND,
    "local_investment": _OF_FUND,
    "entry": _OF_FUND,
    "commitment": _OF_FUND,
    "commitment_movement": _OF_COMMITMENT,
    "call_notice": _OF_COMMITMENT,
    "holding": _OF_FUND,
    "deal": _OF_HOLDING,
    "deal_fact": _scoped(Way("deal_id", "deal")),
    "project_stage": _OF_FUND,
    "exit": _OF_HOLDING,
    "mark": _OF_HOLDING,
    "round": _scoped(Way("id", "deal", by="round_id")),
    "round_fact": _OF_ROUND,
    "round_investor": _OF_ROUND,
    # Evidence of whose money it is belongs to the funds that take the party's money.
    "party_nature": _scoped(Way("party_id", "commitment", by="investor_id")),
    "party_ownership": _scoped(
        Way("owner_id", "commitment", by="investor_id"), Way("owned_id", "commitment", by="investor_id")
    ),
    "company_figure": _scoped(
        Way("company_id", "holding", by="company_id"),
        Way("company_id", "company_fact", by="company_id", then=(Way("park_id", PARK),), is_newest=True),
    ),
    "park_figure": _scoped(Way("park_id", PARK)),
    # A file that somebody attached is for whoever sees the attachment, whoever else brought the same content.
    "attachment": _scoped(Way("fund_id", FUND), Way("park_id", PARK)),
    "signed_paper": _scoped(Way("fund_id", FUND), Way("park_id", PARK)),
    "signature": _scoped(Way("paper_id", "signed_paper")),
    "audit_sample": _scoped(Way("id", "audit_item", by="sample_id")),
    "audit_item": _OF_FUND,
    "audit_finding": _scoped(Way("item_id", "audit_item")),
    "quarter_filing": _OF_FUND,
    # A control total is for both funds between which the money moved.
    "control_total": _scoped(Way("fund_id", FUND), Way("child_id", FUND)),
    "reminder": _OF_FUND,
    "period": _OF_FUND,
    "restatement": _OF_FUND,
    # A proposal belongs to the funds or parks that it is about, or for which its proposer speaks.
    "proposal": _scoped(Way("id", "proposal_subject", by="proposal_id")),
    "proposal_subject": _scoped(Way("fund_id", FUND), Way("park_id", PARK)),
    "proposal_end": _scoped(Way("proposal_id", "proposal_subject", by="proposal_id")),
    "person": RowScope(Reach.PEOPLE, person="id"),
    "person_fact": RowScope(Reach.PEOPLE, person="person_id"),
    "membership": RowScope(Reach.PEOPLE, person="person_id"),
}


def tables_within(*reaches: Reach) -> list[str]:
    """The tables of some reaches, in the order of the map."""
    return [table for table, scope in ROW_SCOPES.items() if scope.reach in reaches]
