"""The Dutch catalogue: nothing missing, nothing unsure, and what is compiled is what is written."""

import ast
import gettext
import re
import shutil
import subprocess

import pytest
from django.conf import settings

from tests import messages

CATALOGUE = settings.LOCALE_PATHS[0] / "nl" / "LC_MESSAGES" / "django.po"
needs_gettext = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")


def catalogue(path) -> dict:
    """Everything a compiled catalogue translates, by English msgid."""
    with path.open("rb") as file:
        return {key: text for key, text in gettext.GNUTranslations(file)._catalog.items() if key}


def catalogue_ids(path) -> list[str]:
    """The lines of a written catalogue that begin a message."""
    return [line for line in path.read_text().splitlines() if line.startswith("msgid ")]


def statistics(path) -> str:
    """What msgfmt counts: translated, fuzzy and untranslated messages."""
    done = subprocess.run(["msgfmt", "--statistics", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=True)
    return done.stderr.strip()


@needs_gettext
def test_the_dutch_catalogue_is_complete_and_sure():
    counts = statistics(CATALOGUE)
    assert "fuzzy" not in counts
    assert "untranslated" not in counts


@needs_gettext
def test_the_compiled_catalogue_is_made_from_the_written_one(tmp_path):
    fresh = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "-o", fresh, CATALOGUE], check=True)
    assert catalogue(CATALOGUE.with_suffix(".mo")) == catalogue(fresh)


@needs_gettext
def test_every_text_of_code_and_templates_stands_in_the_catalogue(tmp_path, settings, monkeypatch):
    # On a copy of the rooms: makemessages writes a .py beside every file it reads, which other tests would find here.
    for room in messages.ROOMS:
        shutil.copytree(messages.ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("*.pyc", "locale"))
    copy = tmp_path / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    copy.parent.mkdir(parents=True)
    shutil.copy(CATALOGUE, copy)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.chdir(tmp_path)
    messages.collect(tmp_path)
    assert "untranslated" not in statistics(copy)
    assert len(catalogue_ids(copy)) == len(catalogue_ids(CATALOGUE))


def test_what_marks_a_text_has_a_name_that_the_collection_knows():
    """Under any other name than `_` a text is never collected, and stays English without anybody noticing."""
    imports = re.compile(r"^from django\.utils\.translation import \w+ as (\w+)", re.M)
    files = [path for room in messages.ROOMS for path in (messages.ROOT / room).rglob("*.py")]
    assert {name for path in files for name in imports.findall(path.read_text())} == {"_"}


def _within_other_texts(source: str) -> list[int]:
    """The lines with a text to translate inside an f-string, where it is not collected."""
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("_", "gettext", "ngettext")]


def test_no_text_to_translate_hides_in_an_f_string():
    files = [path for room in messages.ROOMS for path in (messages.ROOT / room).rglob("*.py")]
    assert len(files) > 200
    assert {str(path): lines for path in files if (lines := _within_other_texts(path.read_text()))} == {}


def test_the_check_itself_reports_one():
    assert _within_other_texts("x = f\"{_('no seat yet')} {y}\"") == [1]
