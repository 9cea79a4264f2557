"""Readings of how quarters are collected, locked and restated."""
