"""The leverage paper of a quarter: prepared by one, signed by another, and what an auditor comes in by."""
