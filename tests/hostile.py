"""What nobody types by accident, and what an answer to it may never hold."""

import re

from hypothesis import strategies as st

CALM = {200, 302, 400, 404, 422, 429}
# Marks that must never stand in a page as they were typed: an element, an attribute out of its quotes, an address that runs.
MARKUP, ATTRIBUTE, SCRIPT = "<x7y>", '" x7y="', "javascript:x7y()"
# As the value of a field it is text like any other; as an address it runs.
RUNS = re.compile(rf'{re.escape(MARKUP)}|{re.escape(ATTRIBUTE)}|(?:href|src|action|data|content|poster)="{re.escape(SCRIPT)}')
HOSTILE = [
    *(MARKUP, ATTRIBUTE, SCRIPT, f"</script>{MARKUP}", "{{7*7}}", "%s%n", "../../etc/passwd", "' OR 1=1 --", "=cmd|'/C calc'!A0"),
    *("\x00", "a\x00b", "\ud800", "\u202eabc", "\u200b", "\ufeff", "💥" * 99, "é" * 5000, "x" * 100_000, " ", "\r\n", "a\nb"),
    *("-1", "0", "-0", "1e309", "NaN", "Infinity", "9" * 400, str(2**31), str(2**63), "1,2", "²", "٣", "[]", "{}", "null", "on"),
    *("0000-00-00", "0001-01-01", "9999-12-31", "2026-02-30", "1-1-1", "0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T02:30"),
    *("24:00", "25:61", "a@b", "ann@school.demo\nBcc: x@y.demo", f"{'a' * 300}@school.demo", "ann@" + "b." * 200 + "demo"),
    *("https://elders.example/", "//elders.example", "http://[", "https://" + "a" * 3000),
]
texts = st.sampled_from(HOSTILE) | st.text(max_size=60) | st.integers().map(str) | st.dates().map(str) | st.datetimes().map(str)
# None: the field is not sent. Two: it is sent twice.
values = st.lists(texts, max_size=3)


def assert_calm(response, *also: int) -> None:
    """A status that says what it is, and nothing in the page as it was typed."""
    assert response.status_code in CALM | set(also)
    if response.get("Content-Type", "").startswith("text/html"):
        page = b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()
        assert RUNS.findall(page) == []
