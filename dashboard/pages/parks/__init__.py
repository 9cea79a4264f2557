"""The page of one park, card by card, and the parks beside one another."""
