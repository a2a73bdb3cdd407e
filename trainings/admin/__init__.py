"""The team's screens for planning sessions and looking after them, inside the Wagtail admin."""
