"""What an organisation has booked, and what becomes of it when people leave or two organisations come together."""
