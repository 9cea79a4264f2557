"""The tests: they mirror the rooms, and house/ holds the rules of the house itself."""
