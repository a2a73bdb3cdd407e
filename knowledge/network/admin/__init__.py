"""The team's screens for organisations and who belongs to them, inside the Wagtail admin."""
