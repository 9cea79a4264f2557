"""Logging a deal, with its effect shown before it is recorded."""
