"""Tells whether a file that was read as the template is one at all."""

from funds.intake.reading import WorkbookReading

# What a file of another layout is told when it is read as the template.
_STRANGE = {
    "import.unknown_sheet",
    "import.misspelt_sheet",
    "import.no_header",
    "import.text_file",
    "import.html",
}


def is_foreign(reading: WorkbookReading) -> bool:
    """Whether no row came of it, and what was told is that its sheets or its kind are not the template's."""
    told = {problem.code for problem in reading.problems}
    return not any(sheet.rows_read for sheet in reading.sheets) and bool(told & _STRANGE)
