"""What the team types on its own screens: plans, people, mails, choices."""
