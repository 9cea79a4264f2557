"""Logging a deal."""
