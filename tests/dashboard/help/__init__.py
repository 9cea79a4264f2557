"""Tests of the definition pages."""
