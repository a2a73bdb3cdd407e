"""What somebody types about a booking: who comes, what changes, who takes it over."""
