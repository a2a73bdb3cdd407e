"""The team's screens for the site itself: questions, content checks, accounts."""
