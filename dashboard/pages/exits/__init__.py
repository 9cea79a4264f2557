"""What leaves a holding: exits, write-offs, transfers to another fund, conversions."""
