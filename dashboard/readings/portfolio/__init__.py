"""What funds hold, what is certain of it, and the file of one fund."""
