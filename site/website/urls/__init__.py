"""The addresses of each zone."""
