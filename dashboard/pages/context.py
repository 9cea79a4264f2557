"""What a page is drawn from: the visit, and the state that its address carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, urlencode

from dashboard.auth.visit import Visit
from funds.book import OPEN
from funds.errors import LedgerError

AS_OF, AS_KNOWN = "as_of", "as_known"
# What the address of an exported table says besides its page's own state.
PAGE, TABLE = "page", "table"
# And that of a paper.
PAPER, FORM = "paper", "form"
LONGEST_SEARCH = 4_000
MOST_LINKS = 4_096
# No book reaches further; beyond the calendar's own ends no chart could leave a margin.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


class BadAddress(LedgerError):
    """The address of a page carries a state that cannot be read."""

    status = 400


@dataclass(frozen=True)
class PageContext:
    """One page as asked for: who, in which language and light, as of which day, as known at which version."""

    visit: Visit
    as_of: date
    as_known: int | None
    version: int
    query: Mapping[str, str]
    parts: Mapping[str, str]
    path: str = "/"

    @property
    def language(self) -> str:
        """`zh` or `en`."""
        return self.visit.language

    @property
    def scheme(self) -> str:
        """`light` or `dark`."""
        return self.visit.scheme

    def say(self, code: str, /, **params: object) -> str:
        """The words of a code."""
        return self.visit.say(code, **params)

    @cached_property
    def _moment(self) -> Mapping[str, str]:
        """The day and the version as the address names them; every link carries them on."""
        return {name: self.query[name] for name in (AS_OF, AS_KNOWN) if name in self.query}

    def link(self, path: str, **state: str | None) -> str:
        """The address of a page at the same day and version with its own state; None leaves a part out."""
        merged = {name: value for name, value in {**self._moment, **state}.items() if value is not None}
        return f"{path}?{_write_query(tuple(merged.items()))}" if merged else path

    def here(self, **state: str | None) -> str:
        """The address of this very page with some of its state changed."""
        return self.link(self.path, **{**self.query, **state})

    def export_link(self, table: str) -> str:
        """The address of the file with one table of this page in the state that is shown."""
        return f"/export?{urlencode({**self.query, PAGE: self.path, TABLE: table})}"

    def paper_link(self, paper: str, form: str) -> str:
        """The address of a paper of this page in a form, in the state that is shown."""
        return f"/paper?{urlencode({**self.query, PAGE: self.path, PAPER: paper, FORM: form})}"


@lru_cache(MOST_LINKS)
def _write_query(state: tuple[tuple[str, str], ...]) -> str:
    """What stands behind the question mark; the same links stand on a page again and again."""
    return urlencode(state)


def read_context(
    visit: Visit, search: str | None, parts: Mapping[str, str] | None = None, path: str = "/"
) -> PageContext:
    """The state in an address, checked; a version that does not exist is refused by the book."""
    query = read_query(search)
    as_of = _read_day(query[AS_OF]) if AS_OF in query else visit.book.today()
    as_known = _read_version(query[AS_KNOWN]) if AS_KNOWN in query else None
    if as_known is None:
        version = visit.last_head().version
    else:
        with visit.book.look(as_known, OPEN) as look:
            version = look.version
    return PageContext(visit, as_of, as_known, version, query, parts or {}, path)


def read_query(search: str | None) -> Mapping[str, str]:
    """The pairs behind the question mark; of a name given twice the last one holds."""
    text = (search or "").removeprefix("?")
    if len(text) > LONGEST_SEARCH:
        raise BadAddress("page.bad_address")
    return {name: value for name, value in parse_qsl(text) if value.isprintable()}


def _read_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise BadAddress("page.bad_day", text=text[:20]) from fault
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadAddress("page.bad_day", text=text[:20])
    return day


def _read_version(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise BadAddress("page.bad_version", text=text[:20])
    return int(text)
