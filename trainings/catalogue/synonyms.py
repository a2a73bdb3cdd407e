"""Everyday words beside those of the catalogue: who types one word of a row finds them all."""

from trainings.stems import WORD, plain, stem

ROWS = """
leerkracht, leraar, juf, meester, onderwijzer, docent
leerling, scholier
jongere, jeugd, tiener, puber
ouder, mama, papa, moeder, vader
politie, politieagent, agent, flik
moslim, islam, islamitisch
complot, komplot, samenzwering
extreem-rechts, extreemrechts, ultrarechts
extreem-links, extreemlinks
jihadisme, jihad, jihadist, jihadistisch
terrorisme, terrorist, terreur
extremisme, extremist, extremistisch
radicalisering, radicaal
racisme, racist, racistisch
antisemitisme, antisemiet, jodenhaat
nepnieuws, desinformatie, fake news
internet, online
"""

Way = tuple[str, ...]  # the stems that stand for a word or, written apart, for its parts


def way(text: str) -> Way:
    """The stems of a word, or of words that belong together."""
    return tuple(stem(word) for word in WORD.findall(plain(text)))


_ROWS = [tuple(way(text) for text in row.split(",")) for row in ROWS.strip().splitlines()]
_ROW_OF: dict[Way, tuple[Way, ...]] = {own: row for row in _ROWS for own in row}


def are_known(asked: Way) -> bool:
    """Whether these stems stand in a row."""
    return asked in _ROW_OF


def synonyms(asked: Way) -> tuple[Way, ...]:
    """The other ways to say it, none for most words."""
    return tuple(other for other in _ROW_OF.get(asked, ()) if other != asked)
