"""Tests of the made-up city, with a checker of its own that knows nothing of how it was made."""
