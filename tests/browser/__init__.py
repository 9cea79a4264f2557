"""The pages with the made-up city behind them, in a real browser."""
