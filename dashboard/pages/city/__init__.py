"""The page of the whole city, card by card."""
