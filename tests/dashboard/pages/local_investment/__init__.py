"""Tests of the page of recognised local investment."""
