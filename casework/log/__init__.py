"""The audit log: written, walked along, anchored and read."""
