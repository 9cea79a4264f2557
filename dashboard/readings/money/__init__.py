"""Whose money it is, by nature and tier: capital, leverage, and where it went."""
