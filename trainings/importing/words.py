"""Where two texts differ, word by word, for somebody who has to say yes to it."""

import re
from difflib import SequenceMatcher

PIECE = re.compile(r"\s+|[^\s]+")
# Comparing grows with the square of the length; a longer text is shown whole.
LONGEST = 1_500


def old_and_new(old: str, new: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """Both texts as pieces, each with whether it is in this text only."""
    before, after = PIECE.findall(old), PIECE.findall(new)
    if not old or not new or len(before) + len(after) > 2 * LONGEST:
        return [(True, old)] if old else [], [(True, new)] if new else []
    left, right = [], []
    for verb, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left.append((verb != "equal", "".join(before[a:b])))
        right.append((verb != "equal", "".join(after[c:d])))
    return [piece for piece in left if piece[1]], [piece for piece in right if piece[1]]
