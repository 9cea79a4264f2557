"""Filing the figures of the six ones by hand, and correcting them."""
