"""The ledger's columns as a process keeps them in memory, following the book from revision to revision."""
