"""The list of industries, the page of one across parks, and the cards of chains."""
