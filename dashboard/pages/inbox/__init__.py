"""What waits for a person: acts that are theirs to do, and what they ought to keep in mind."""
