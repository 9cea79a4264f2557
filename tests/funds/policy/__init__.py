"""Tests of the packaged policy and code book."""
