"""Tests of the page of a quarter's end."""
