"""Tests of the register of firms and of the page of one firm."""
