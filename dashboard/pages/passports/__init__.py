"""Where a number comes from: its working, its flows, its rows in the book."""
