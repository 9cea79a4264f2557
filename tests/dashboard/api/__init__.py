"""Tests of the API for other programs."""
