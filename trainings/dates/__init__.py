"""When a session is: its day-parts, days on which people are free, days that clash, and series."""
