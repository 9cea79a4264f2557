"""Sheets that the program itself puts into a workbook, and never reads: they hold nothing to record."""

PROBLEM_SHEET = "问题清单"
CODE_SHEET = "代码表"
OUR_SHEETS = frozenset({PROBLEM_SHEET, CODE_SHEET})
