"""The introduction of a training as text in a cell, and back: paragraphs and lists survive, bold and links do not."""

import re
from html import escape
from html.parser import HTMLParser

BLOCKS = {"p", "ul", "ol", "h2", "h3", "h4", "blockquote"}
BULLET = re.compile(r"[-•*] +")
NUMBERED = re.compile(r"[0-9]{1,2}[.)] +")
MARKED = re.compile(r"<(a|b|i|strong|em)[ >]")


def as_text(html: str) -> str:
    """Paragraphs with an empty line between them; the items of a list on lines that begin with `- ` or `1. `."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


def as_html(text: str) -> str:
    """The same the other way round; whatever looks like a tag in the text is shown as it was typed."""
    blocks = re.split(r"\n{2,}", text.strip())
    return "".join(_block(block.strip()) for block in blocks if block.strip())


def loses_marks(html: str) -> bool:
    """Whether there is bold, italics or a link in it, which a cell cannot hold."""
    return bool(MARKED.search(html))


def _block(block: str) -> str:
    lines = [line.strip() for line in block.split("\n")]
    for tag, mark in (("ul", BULLET), ("ol", NUMBERED)):
        if all(mark.match(line) for line in lines):
            items = "".join(f"<li>{escape(mark.sub('', line, count=1), quote=False)}</li>" for line in lines)
            return f"<{tag}>{items}</{tag}>"
    return f"<p>{'<br/>'.join(escape(line, quote=False) for line in lines)}</p>"


class _Reader(HTMLParser):
    """Gathers blocks of lines while the tags go by."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks: list[list[str]] = [[""]]
        self.numbers: list[int | None] = []

    def handle_starttag(self, tag, attributes):
        if tag in ("ul", "ol"):
            self.numbers.append(0 if tag == "ol" else None)
        if tag in BLOCKS:
            self.blocks.append([""])
        elif tag == "br":
            self.blocks[-1].append("")
        elif tag == "li":
            self._item()

    def handle_endtag(self, tag):
        if tag in ("ul", "ol") and self.numbers:
            self.numbers.pop()
        if tag in BLOCKS:
            self.blocks.append([""])

    def handle_data(self, data):
        self.blocks[-1][-1] += data.replace("\n", " ")

    def _item(self):
        mark = "- "
        if self.numbers and self.numbers[-1] is not None:
            self.numbers[-1] += 1
            mark = f"{self.numbers[-1]}. "
        lines = self.blocks[-1]
        if lines[-1]:
            lines.append("")
        lines[-1] = mark

    def text(self) -> str:
        """What was gathered, without blocks that stayed empty."""
        blocks = ["\n".join(line.strip() for line in lines).strip() for lines in self.blocks]
        return "\n\n".join(block for block in blocks if block)
