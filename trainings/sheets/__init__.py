"""Attendance sheets: what goes round the room, on paper and as data."""
