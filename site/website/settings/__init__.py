"""One settings module per zone; `base` holds what both zones share."""
