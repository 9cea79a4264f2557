"""What the numbers and the words mean."""
