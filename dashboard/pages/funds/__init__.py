"""The page of one fund, card by card, and the list of funds."""
