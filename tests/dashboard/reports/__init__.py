"""Tests of the forms that a report takes."""
