"""Readings against books made for the question."""
