"""Who changed what, when, from what, and why."""
