"""The stages that a workbook passes, and at which of them a problem belongs."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from funds.problems import Problem, only_fatal


class Stage(StrEnum):
    """In order; between the file and its structure a layout other than the template's is told apart."""

    FILE = "file"
    STRUCTURE = "structure"
    VALUES = "values"
    REFERENCES = "references"
    ACROSS = "across"
    CHANGES = "changes"


# fmt: off
_OF_FILE = frozenset(
    {
        "import.empty_file", "import.too_big", "import.old_xls", "import.encrypted", "import.html",
        "import.text_file", "import.binary_workbook", "import.not_workbook", "import.truncated",
        "import.damaged", "import.duplicate_members", "import.too_many_members", "import.bomb",
        "import.nested", "import.macros", "import.external_links", "import.entities", "import.encoding",
        "import.far_cell", "import.too_heavy", "import.nothing", "foreign.encoding", "foreign.bad_quotes",
    }
)
_OF_STRUCTURE = frozenset(
    {
        "import.unknown_sheet", "import.misspelt_sheet", "import.duplicate_sheet", "import.hidden_sheet",
        "import.hidden_rows", "import.hidden_column", "import.merged", "import.no_header",
        "import.unknown_header", "import.misspelt_header", "import.duplicate_header",
        "import.missing_header", "import.untitled_column", "import.unit_assumed", "import.unknown_unit",
        "import.other_version", "import.control_unknown_sheet",
        "foreign.hidden_sheet", "foreign.sheet_without_table", "foreign.summary", "foreign.table_left_out",
        "foreign.no_table", "foreign.no_rows",
    }
)
# fmt: on
_NAMES = frozenset(
    {
        "foreign.unknown_name",
        "foreign.unknown_name_near",
        "foreign.former_name",
        "foreign.no_national_code",
    }
)
_AMOUNTS = frozenset({"foreign.vague_amount", "foreign.two_amounts"})
_TOTALS = frozenset({"import.total_mismatch", "import.control_rows", "import.control_sum"})
_VALUES = frozenset({"import", "money", "date", "measure", "credit_code", "amount", "text", "value"})
_REFERENCES = frozenset({"code", "permission", "national_code"})


def stage_of(problem: Problem) -> Stage:
    """The stage of a problem, by its code."""
    area = problem.code.partition(".")[0]
    if problem.code in _OF_FILE:
        return Stage.FILE
    if problem.code in _OF_STRUCTURE:
        return Stage.STRUCTURE
    if problem.code in _TOTALS:
        return Stage.ACROSS
    if area == "twin":
        return Stage.CHANGES
    if area in _VALUES or problem.code in _AMOUNTS:
        return Stage.VALUES
    return Stage.REFERENCES if area in _REFERENCES or problem.code in _NAMES else Stage.ACROSS


def count_stages(problems: Iterable[Problem]) -> Mapping[Stage, int]:
    """How many problems of each stage keep a workbook from being recorded."""
    counted = dict.fromkeys(Stage, 0)
    for problem in only_fatal(problems):
        counted[stage_of(problem)] += 1
    return counted
