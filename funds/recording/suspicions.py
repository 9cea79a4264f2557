"""What a refused row leaves under suspicion, so that its absence is not reported as further faults."""

from collections.abc import Mapping

from funds.drafts import (
    CallNoticeDraft,
    CommitmentDraft,
    CompanyDraft,
    CompanyTagDraft,
    ContributionDraft,
    DistributionDraft,
    Draft,
    ExitDraft,
    FeeDraft,
    FundDraft,
    FundParkDraft,
    IndustryDraft,
    InvestmentDraft,
    ParkDraft,
    PartyDraft,
    PersonDraft,
    RoundDraft,
    RoundInvestorDraft,
    SegmentDraft,
)

# A bare code is one that later rows refer to; `rule/…` is what a rule over many rows must not judge.
_LEFT_BEHIND: Mapping[type[Draft], tuple[str, ...]] = {
    IndustryDraft: ("{code}",),
    ParkDraft: ("{code}",),
    SegmentDraft: ("segment/{industry}/{code}",),
    PartyDraft: ("{code}",),
    CompanyDraft: ("{code}",),
    FundDraft: ("{code}",),
    FundParkDraft: ("parks/{fund}",),
    CommitmentDraft: ("commitment/{fund}/{investor}", "commitment/{fund}/{transferee}"),
    CallNoticeDraft: ("{notice_no}",),
    ContributionDraft: ("cash/{fund}", "commitment/{fund}/{investor}"),
    DistributionDraft: ("cash/{investor}", "commitment/{fund}/{investor}"),
    CompanyTagDraft: ("tags/{company}",),
    RoundDraft: ("{code}", "round/{code}"),
    RoundInvestorDraft: ("round/{round}",),
    InvestmentDraft: ("holding/{fund}/{company}", "round/{round}"),
    ExitDraft: ("cash/{fund}",),
    FeeDraft: ("cash/{fund}",),
    PersonDraft: ("{login}",),
}


def leave_suspicions(draft_type: type[Draft], values: Mapping[str, object]) -> set[str]:
    """The suspicions of a row by the draft fields that could be read, whether or not it became a draft."""
    given = {name: value for name, value in values.items() if value is not None and value != ""}
    found = set()
    for form in _LEFT_BEHIND.get(draft_type, ()):
        try:
            found.add(form.format_map(given))
        except KeyError:
            continue
    return found
