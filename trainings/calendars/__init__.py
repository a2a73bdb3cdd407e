"""Sessions in somebody's own calendar: feeds to subscribe to, invitations by mail, and the answers to these."""
