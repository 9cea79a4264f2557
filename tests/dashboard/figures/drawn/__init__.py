"""Tests of the charts that are drawn for paper."""
