"""What casework answers, by part of the menu."""
