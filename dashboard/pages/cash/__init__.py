"""Calls and distributions: who owes what by when, what came in, what was given back, and the forms that record it."""
