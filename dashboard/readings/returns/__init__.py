"""What the money became: values, multiples, rates, and the comparison with a market."""
