"""The house of casework checks itself: every template is used, and every path is Dutch."""

import re
from pathlib import Path

from django.conf import settings

from tests.routes import routes

ROOM = Path(__file__).resolve().parents[2] / "casework"
FRAMEWORKS = ("account/", "socialaccount/")  # found by allauth, by their names
ENGLISH = re.compile(r"\b(referral|case|account-|invite|delete|edit|close|note|answer|role|alarm/|log/|lock|unlock)\b")


def test_every_template_of_casework_is_used():
    templates = {str(path.relative_to(ROOM / "templates")): path for path in (ROOM / "templates").rglob("*.html")}
    texts = [path.read_text() for path in (*ROOM.rglob("*.py"), *templates.values(), *(ROOM.parent / "site").rglob("*.html"))]
    texts += [path.read_text() for path in (ROOM.parent / "site" / "people").rglob("*.py")]
    text = "\n".join(texts)
    unused = [name for name in templates if name not in text and not name.startswith(FRAMEWORKS)]
    assert unused == []


def test_every_path_of_casework_is_dutch():
    paths = {re.sub("<.*?>", "", path) for path, _name, module in routes() if module.startswith("casework.")}
    assert [path for path in paths if ENGLISH.search(path)] == []
    assert settings.LANGUAGE_CODE == "nl"
