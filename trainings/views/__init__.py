"""The pages of catalogue and bookings."""
