"""Tests of the page of exits."""
