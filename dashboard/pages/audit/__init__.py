"""Samples for audit: drawn by amount, each line beside its documents, passed, doubted, answered and closed."""
