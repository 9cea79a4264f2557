"""A policy pack of the city's own, as a file in the form of the packaged ones; every fault is told, row by row."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from funds.drafts import PolicyDraft
from funds.errors import RulesBroken
from funds.kinds import Confirmation
from funds.measures import MeasureFault, parse_figure
from funds.policy.packs import defaults_of, read_pack
from funds.problems import Problem, fatal

NEEDED = ("pack", "code", "name", "document")
TEXTS = (*NEEDED, "value", "words", "unit", "clause", "confirmation")
DATES = ("from", "to")
LARGEST = 1_000_000  # bytes


def read_own_pack(path: Path) -> list[PolicyDraft]:
    """The rows of a file; raises RulesBroken with everything that is wrong, and nothing is left out.

    A row without `confirmation` is unchecked (待核实).
    """
    pack = _read(path)
    rows = pack.get("row")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise RulesBroken([fatal("policy_file.no_rows", path.name)])
    pack.setdefault("confirmation", Confirmation.UNCHECKED.value)
    shared = defaults_of(pack)
    problems = [
        problem
        for number, row in enumerate(rows, 1)
        for judge in (_judge_fields, _judge_content)
        for problem in judge(f"{path.name}!{number}", {**shared, **row})
    ]
    if problems:
        raise RulesBroken(problems)
    return read_pack(path.name, pack)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
        if len(content) > LARGEST:
            raise RulesBroken([fatal("policy_file.too_large", path.name, most=LARGEST)])
        return tomllib.loads(content.decode())
    except OSError as fault:
        raise RulesBroken([fatal("policy_file.not_there", path.name)]) from fault
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise RulesBroken([fatal("policy_file.not_toml", path.name, fault=str(fault)[:120])]) from fault


def _judge_fields(where: str, row: Mapping[str, Any]) -> Iterator[Problem]:
    for field in sorted(row.keys() - {*TEXTS, *DATES}):
        yield fatal("policy_file.unknown_field", where, field=field[:40])
    for field in (*NEEDED, "from"):
        if field not in row:
            yield fatal("policy_file.missing", where, field=field)
    for field in TEXTS:
        if field in row and not (isinstance(row[field], str) and row[field].strip()):
            yield fatal("policy_file.not_text", where, field=field)
    for field in DATES:
        if field in row and type(row[field]) is not date:
            yield fatal("policy_file.not_a_date", where, field=field)


def _judge_content(where: str, row: Mapping[str, Any]) -> Iterator[Problem]:
    if ("value" in row) == ("words" in row):
        yield fatal("policy_file.value_or_words", where)
    elif isinstance(row.get("value"), str) and not _is_figure(row["value"]):
        yield fatal("policy_file.not_a_number", where, value=row["value"][:40])
    if row.get("confirmation") not in list(Confirmation):
        yield fatal("policy_file.confirmation", where)


def _is_figure(text: str) -> bool:
    try:
        parse_figure(text)
    except MeasureFault:
        return False
    return True
