"""Nouns that answer: what the book holds, as known at a version and within what a person may see."""
