"""A manager's own funds: the three ways to begin, what waits, and how each fund stands."""
