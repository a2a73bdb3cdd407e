"""The keys, what they seal, and what backups keep."""
