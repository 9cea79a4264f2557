"""What was written down: the book of funds, parks, parties and money, kept exactly."""
