"""Benchmarks: every job against its peers, interleaved in one run, as one table of ratios."""
