"""Words with placeholders such as {vorming}: filled from a fixed list, with no way to anything else."""

import re
from collections.abc import Collection, Mapping

NAMED = re.compile(r"\{([^{}]*)\}")
LONELY = re.compile(r" +([,.;:!?])")  # what an empty value leaves before a comma


def faults(text: str, allowed: Collection[str]) -> list[str]:
    """What stands between braces in this text and is no allowed placeholder; a brace without its other half too."""
    wrong = [found[0] for found in NAMED.finditer(text) if found[1] not in allowed]
    return wrong + [brace for brace in "{}" if brace in NAMED.sub("", text)]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each known placeholder replaced once; a value is text, whatever stands in it."""
    filled = NAMED.sub(lambda found: str(values.get(found[1], found[0])), text)
    return LONELY.sub(r"\1", filled) if "" in values.values() else filled
