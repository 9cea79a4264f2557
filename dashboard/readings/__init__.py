"""Readings: one frozen answer per question, shared by every page, report and command that shows it."""
