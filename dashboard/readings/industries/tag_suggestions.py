"""Industries that a firm may be in, each with the reason: national code, name, firms of the same code.

A suggestion is never applied by itself. Who else invested in a firm's rounds says nothing about its industry, and is
no reason here.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from funds.kinds import Confirmation
from funds.measures import WHOLE_PPM
from funds.queries.chain_facts import CodeMatch
from funds.queries.facts import CompanyFacts, Facts
from funds.queries.ledger_slice import LedgerSlice

TAG_SUGGESTIONS = "tag_suggestion"
# A name says something only where it is no chance: one sign stands in half of all names.
SHORTEST_ALIAS = 2
FEWEST_PEERS = 3


@dataclass(frozen=True)
class TagReason:
    """Why an industry is suggested: a message code and what fills it."""

    code: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TagSuggestion:
    """An industry for a firm; no weight where the reasons do not give one."""

    industry: str
    name: str
    weight_ppm: int | None
    is_tagged: bool
    reasons: tuple[TagReason, ...]

    def row(self, company: str) -> dict[str, object]:
        """The suggestion as a row of a report."""
        return {
            "table": TAG_SUGGESTIONS,
            "company": company,
            "industry": self.industry,
            "name": self.name,
            "weight_ppm": self.weight_ppm,
            "is_tagged": self.is_tagged,
            "reasons": [{**reason.params, "reason": reason.code} for reason in self.reasons],
        }


def suggestion_rows(slice_: LedgerSlice) -> Iterator[Mapping[str, object]]:
    """The suggestions for the one firm of a slice, as rows of its report."""
    for company in slice_.facts.companies.values():
        if (company.code,) == slice_.scope.codes:
            yield from (one.row(company.code) for one in tag_suggestions(slice_, company))


def tag_suggestions(slice_: LedgerSlice, company: CompanyFacts) -> tuple[TagSuggestion, ...]:
    """Industries in force on the slice's day that something speaks for, what more speaks for first.

    All of it is the city's own reference data: the register and the code book.
    """
    facts = slice_.facts
    code = facts.chains.national_codes.get(company.id)
    matches = _closest(facts, code)
    reasons: dict[int, list[TagReason]] = {}
    for match in matches:
        reasons.setdefault(int(match.industry_id or 0), []).append(_explain(facts, match, code or ""))
    for industry, alias in _named(facts, company.name):
        reasons.setdefault(industry, []).append(TagReason("suggestion.name", {"alias": alias}))
    for industry, agreeing, peers in _peers(facts, company, code):
        told = {"code": code or "", "agreeing": str(agreeing), "peers": str(peers)}
        reasons.setdefault(industry, []).append(TagReason("suggestion.peers", told))
    tagged = {tag.industry_id for tag in facts.tags.get(company.id, ())}
    found = [
        TagSuggestion(
            facts.industries[industry].code,
            facts.industries[industry].name,
            _weight(industry, matches),
            industry in tagged,
            tuple(why),
        )
        for industry, why in reasons.items()
        if industry in facts.industries
    ]
    return tuple(sorted(found, key=lambda one: (one.is_tagged, -len(one.reasons), one.industry)))


def _closest(facts: Facts, code: str | None) -> Sequence[CodeMatch]:
    """The rows of the crosswalk with the longest beginning of the code; wholes, where there are any."""
    if code is None:
        return ()
    fitting = [
        row
        for row in facts.chains.of_industries
        if code.startswith(row.national_code) and row.industry_id in facts.industries
    ]
    longest = max((len(row.national_code) for row in fitting), default=0)
    closest = [row for row in fitting if len(row.national_code) == longest]
    return [row for row in closest if not row.is_partial] or closest


def _weight(industry: int, matches: Sequence[CodeMatch]) -> int | None:
    """All of the firm, where the code speaks wholly for this one industry; else somebody has to judge."""
    only = {row.industry_id for row in matches} == {industry}
    return WHOLE_PPM if only and not any(row.is_partial for row in matches) else None


def _explain(facts: Facts, match: CodeMatch, code: str) -> TagReason:
    part = "partly" if match.is_partial else "wholly"
    checked = "" if match.confirmation is Confirmation.CONFIRMED else "_unchecked"
    named = facts.chains.name_code(match.national_code)
    return TagReason(
        f"suggestion.code_{part}{checked}", {"code": code, "prefix": match.national_code, "named": named}
    )


def _named(facts: Facts, name: str) -> Iterator[tuple[int, str]]:
    """Industries whose name or alias stands in the firm's name, each with the longest that does."""
    for industry in facts.industries.values():
        spoken = {industry.name}
        for edition in facts.chains.editions:
            if edition.industry_id == industry.id and edition.holds_on(facts.as_of):
                spoken |= {alias.strip() for alias in (edition.aliases or "").replace("；", ";").split(";")}
        standing = [word for word in spoken if len(word) >= SHORTEST_ALIAS and word in name]
        if standing:
            yield industry.id, max(standing, key=lambda word: (len(word), word))


def _peers(facts: Facts, company: CompanyFacts, code: str | None) -> Iterator[tuple[int, int, int]]:
    """Industries of most of the firms with the very same code, as far as those are tagged."""
    if code is None:
        return
    codes = facts.chains.national_codes
    peers = [
        {tag.industry_id for tag in facts.tags[firm]}
        for firm in facts.companies
        if firm != company.id and codes.get(firm) == code and firm in facts.tags
    ]
    if len(peers) < FEWEST_PEERS:
        return
    for industry, agreeing in Counter(one for tags in peers for one in tags).items():
        if 2 * agreeing > len(peers):
            yield industry, agreeing, len(peers)
