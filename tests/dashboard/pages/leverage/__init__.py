"""Tests of the leverage page."""
