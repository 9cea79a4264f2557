"""The command `fundtracker`: what a person at a terminal can do with a book."""

from dashboard.cli.main import main

__all__ = ["main"]
