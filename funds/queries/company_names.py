"""Firms of the register by what they are and were called, and those that a new name could be meant for."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import Connection, select

from funds.book import visible
from funds.models import Company, Party, PartyFact

ALIKE = 0.8
MOST_ALIKE = 5
# What half of all firms are called besides their own name.
_ENDINGS = ("有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "集团", "公司")
_BRACKETS = str.maketrans("", "", "（）() 　·")


@dataclass(frozen=True)
class FirmName:
    """A firm of the register as somebody may look for it."""

    id: int
    code: str
    name: str
    credit_code: str | None
    former_names: str | None


def list_firms(connection: Connection, version: int) -> list[FirmName]:
    """Every firm by its newest name; the register is everybody's."""
    query = (
        select(Company.id, Party.code, PartyFact.name, PartyFact.credit_code, PartyFact.former_names)
        .join(Party, Party.id == Company.party_id)
        .join(PartyFact, PartyFact.party_id == Party.id)
        .where(visible(Company, version), visible(PartyFact, version))
        .order_by(PartyFact.from_date.is_not(None), PartyFact.from_date, PartyFact.id)
    )
    newest = {row[0]: FirmName(*row) for row in connection.execute(query)}
    return sorted(newest.values(), key=lambda firm: firm.code)


def find_alike(firms: Sequence[FirmName], name: str, credit_code: str | None) -> list[FirmName]:
    """Firms with the same credit code, then those whose name, or a former one, is much like the new one."""
    same = [firm for firm in firms if credit_code is not None and firm.credit_code == credit_code]
    core = core_of(name)
    near = [(_likeness(core, firm), firm) for firm in firms if firm not in same] if core else []
    near.sort(key=lambda pair: (-pair[0], pair[1].code))
    return [*same, *(firm for likeness, firm in near if likeness >= ALIKE)][:MOST_ALIKE]


def core_of(name: str) -> str:
    """A name without its legal form, blanks and brackets."""
    core = name.translate(_BRACKETS)
    for ending in _ENDINGS:
        core = core.removesuffix(ending)
    return core


def _likeness(core: str, firm: FirmName) -> float:
    """1 for the same or one within the other, else how much of both is alike."""
    names = [firm.name, *(firm.former_names or "").replace("；", ";").split(";")]
    return max((_compare(core, core_of(one)) for one in names), default=0.0)


def _compare(core: str, other: str) -> float:
    shorter, longer = sorted((core, other), key=len)
    if len(shorter) >= 2 and shorter in longer:
        return 1.0
    matcher = SequenceMatcher(None, core, other)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0
