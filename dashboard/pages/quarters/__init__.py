"""The page of quarters: who has filed, what is locked, and what came late."""
