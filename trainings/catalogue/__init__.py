"""The public catalogue: facts kept in memory, and what visitors do with them: filter, count, search, read."""
