"""The form of a sample: the quarter, the basis, how many lines and the seed."""

from collections.abc import Mapping
from dataclasses import dataclass

from funds.dates import parse_quarter
from funds.errors import RulesBroken
from funds.faults import ValueFault
from funds.kinds import Basis
from funds.numerals import fold_width
from funds.problems import Problem, fatal
from funds.recording.audits import MOST_WANTED

FIELDS = ("quarter", "basis", "wanted", "seed")
LONGEST = 64


@dataclass(frozen=True)
class SampleForm:
    """A form without a fault."""

    quarter: str
    basis: Basis
    wanted: int
    seed: str


def read_sample(texts: Mapping[str, str]) -> SampleForm:
    """What the texts say; everything that is wrong is told at once, field by field."""
    given = {name: texts.get(name, "").strip() for name in FIELDS}
    problems: list[Problem] = []
    quarter = _read_quarter(given["quarter"], problems)
    if given["basis"] not in set(Basis):
        problems.append(fatal("value.blank", "form:basis"))
    wanted = fold_width(given["wanted"])
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 10):
        problems.append(fatal("audit.bad_wanted", "form:wanted", text=given["wanted"][:20]))
    elif not 1 <= int(wanted) <= MOST_WANTED:
        problems.append(fatal("audit.wanted", "form:wanted", most=MOST_WANTED))
    seed = "".join(sign for sign in given["seed"] if sign.isprintable())[:LONGEST]
    if not seed:
        problems.append(fatal("audit.no_seed", "form:seed"))
    if problems:
        raise RulesBroken(problems)
    return SampleForm(quarter, Basis(given["basis"]), int(wanted), seed)


def _read_quarter(text: str, problems: list[Problem]) -> str:
    try:
        return parse_quarter(text)
    except ValueFault as fault:
        problems.append(fatal(fault.code, "form:quarter", **fault.params))
        return ""
