"""Grids: which columns they have, how their rows are written, and what they say on hover."""
