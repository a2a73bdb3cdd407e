"""What operators read: every variable that the settings know, and files that are there."""

import re
from pathlib import Path

from django.conf import settings

DOCS = settings.ROOT / "docs"
TEXT = (DOCS / "operators.md").read_text()
# Those who try the code have these; nobody sets them in production.
NOT_IN_PRODUCTION = {"EXPOR_DEMO", "EXPOR_DEBUG", "EXPOR_CANARY"}


def test_every_variable_of_the_settings_stands_in_the_tables_for_operators():
    modules = (settings.ROOT / "site" / "website" / "settings").glob("*.py")
    known = {name for module in modules for name in re.findall(r'"(EXPOR_\w+)"', module.read_text())}
    assert len(known) > 20
    assert sorted(known - NOT_IN_PRODUCTION - set(re.findall(r"`(EXPOR_\w+)`", TEXT))) == []


def test_every_example_file_is_there_and_told_of():
    named = set(re.findall(r"\(deployment/([\w.-]+)\)", TEXT))
    assert named == {path.name for path in (DOCS / "deployment").iterdir()}


def test_no_unit_of_the_public_zone_knows_a_key_or_a_setting_of_casework():
    for path in Path(DOCS / "deployment").glob("expor-public-*.service"):
        lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
        assert [line for line in lines if re.search(r"casework.*\.(key|json|env)|settings\.casework|EXPOR_KEYS", line)] == []
