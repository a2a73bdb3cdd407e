"""Lists that people paste or upload, read into rows."""
