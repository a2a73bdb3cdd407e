"""What the tests of the catalogue share: deadlines to move, and what a page shows."""

import re
from html import unescape

DEADLINES = ("booking_closes_at", "cancelling_closes_at", "changing_closes_at", "names_close_at")


def titles(response) -> list[str]:
    """The titles of the cards, in their order."""
    return [
        unescape(title)
        for title in re.findall(r'<h3[^>]*><a href="/(?:en/)?vormingen/[\w-]+/">(.*?)</a>', response.content.decode())
    ]
