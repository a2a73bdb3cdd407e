"""One's own data: seeing what the site keeps about one, taking it along, having it removed."""
