"""What watches over the zone."""
