"""The demo's fixed pages: home, about us, contact point, accessibility and privacy, filled from `pages.toml`."""

import re
from datetime import timedelta

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import urlize
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from website.models import BrandSettings, ContactPage, ContentPage, HomePage, MayITellPage

from . import content


def load_brand() -> None:
    """Address and number at the foot of every page are those that the contact point names first."""
    first = content.pages()["contact"]["people"][0]
    brand = BrandSettings.for_site(Site.objects.get(is_default_site=True))
    brand.contact_email, brand.contact_phone = first["email"], first["phone"]
    brand.save()


def load_pages() -> None:
    """Publishes each page with its text; a page that somebody wrote on already is left alone."""
    texts = content.pages()
    home = HomePage.objects.get()
    _fill(home, texts["home"], contact_title=texts["home"]["contact_title"], contact_text=texts["home"]["contact_text"],
          doors=[("door", door) for door in texts["home"]["doors"]], seo_title="EXPO-R")  # fmt: skip
    _fill(ContentPage.objects.get(slug="over-ons"), texts["about"], body=_about(texts["about"]))
    _fill(ContactPage.objects.get(), texts["contact"], body=_contact(texts["contact"]))
    for slug, name in (("toegankelijkheid", "accessibility"), ("privacy", "privacy")):
        _fill(ContentPage.objects.get(slug=slug), texts[name], body=[_section(row) for row in texts[name]["sections"]])
    may_i = content.professions()
    _fill(MayITellPage.objects.get(), may_i, professions=[_profession(row) for row in may_i["profession"]])


def _fill(page: Page, text: dict, **fields) -> None:
    if page.lead:
        return
    page.title = page.draft_title = text["title"]
    page.lead = page.search_description = text["lead"]
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def _about(text: dict) -> list:
    sections = {row["anchor"]: row for row in text["sections"]}
    scope = {"heading": text["scope"]["heading"], "anchor": "ons-terrein"}
    scope |= {"inside": _texts(text["scope_yes"]), "outside": _texts(text["scope_no"])}
    tracks = [{"title": row["name"], "text": row["text"], "note": row["role"]} for row in text["tracks"]]
    return [
        ("timeline", _head(sections["geschiedenis"]) | {"moments": text["timeline"]}),
        _section(sections["waar-we-voor-staan"]),
        ("scope", scope),
        ("cards", _head(sections["sporen"]) | {"cards": tracks}),
        ("cards", _head(sections["doelstellingen"]) | {"cards": text["objectives"], "figures": True}),
        ("steps", _head(sections["hoe-we-werken"]) | {"steps": text["working"]}),
    ]


def _contact(text: dict) -> list:
    return [
        ("notice", {"kind": "warning", "title": text["emergency_title"], "text": text["emergency_text"]}),
        ("people", {"heading": text["people_heading"], "anchor": "wie-bereik-je", "people": text["people"]}),
        _section({"heading": text["hours_heading"], "anchor": "bereikbaar", "paragraphs": [], "items": text["hours"]}),
        ("steps", {"heading": text["steps_heading"], "anchor": "je-vraag", "steps": text["steps"]}),
        _section({"heading": text["concern_heading"], "anchor": text["concern_anchor"], "paragraphs": text["concern"]}),
        _section({"heading": text["privacy_heading"], "anchor": "zorgvuldig", "paragraphs": text["privacy"]}),
        ("notice", {"kind": "info", "title": "Demonstratie", "text": text["demo_note"]}),
    ]


def _profession(row: dict) -> tuple:
    """A profession of the page “Mag ik dit melden?”, read on the day of loading and to be read again a year later."""
    today = timezone.localdate()
    lists = {name: RichText(_list(row[name])) for name in ("may", "must", "need_not")}
    days = {"read_on": today, "read_again": today + timedelta(days=365)}
    return ("profession", {"profession": row["profession"], "source": row["source"]} | lists | days)


def _list(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{_rich(text)}</li>' for text in items)}</ul>"


def _head(row: dict) -> dict:
    return {"heading": row["heading"], "anchor": row["anchor"], "introduction": "\n\n".join(row["paragraphs"])}


def _section(row: dict) -> tuple:
    paragraphs = "".join(f"<p>{_rich(text)}</p>" for text in row["paragraphs"])
    text = RichText(paragraphs + (_list(row["items"]) if row.get("items") else ""))
    return ("section", {"heading": row["heading"], "anchor": row["anchor"], "text": text})


def _rich(text: str) -> str:
    """The text as HTML, with its addresses as links and its numbers unbroken; `{today}` is the day of loading."""
    with translation.override("nl"):
        today = date_format(timezone.localdate(), "j F Y")
    unbroken = re.sub(r"(?<=\d) (?=\d)", "\N{NO-BREAK SPACE}", text.replace("{today}", today))
    return urlize(unbroken, autoescape=True)


def _texts(rows: list[dict]) -> list[str]:
    return [row["text"] for row in rows]
