"""Who comes in, and stays in."""
