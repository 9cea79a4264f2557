"""One's own account, and the people and roles of the book."""
