"""“Mag ik dit melden?”: written in the CMS, with a source and a day by which somebody reads it again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.rich_text import RichText

from tests.website.people import member
from website.admin.upkeep import all_checks
from website.models import MayITellPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    return reverse("website:referral-may-i")


def write(*, read_again=None, **changes) -> MayITellPage:
    """The page of the set-up with one profession on it."""
    today = timezone.localdate()
    page = MayITellPage.objects.get()
    block = {"profession": "Leerkracht", "source": "Strafwetboek, art. 422bis", "read_on": today}
    texts = {
        "may": RichText("<p>Raad vragen.</p>"),
        "must": RichText("<p>Hulp bieden.</p>"),
        "need_not": RichText("<p>Een naam.</p>"),
    }
    page.professions = [("profession", block | texts | {"read_again": read_again or today + timedelta(days=365)})]
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def test_the_set_up_makes_it_and_it_says_what_it_will_hold(client, address):
    response = client.get(address)
    assert (response.status_code, response.context["professions"]) == (200, [])
    assert 'class="empty"' in response.content.decode()


def test_it_says_per_profession_what_may_must_and_need_not_be_said_with_its_source(client, address):
    write(lead="Zoek je beroep.")
    html = client.get(address).content.decode()
    for words in ("Zoek je beroep.", "Leerkracht", "Raad vragen.", "Hulp bieden.", "Een naam.", "art. 422bis"):
        assert words in html


def test_examples_say_so_until_somebody_confirmed_them(client, address):
    write()
    assert "notice--warning" in client.get(address).content.decode()
    write(is_example=False)
    assert "notice--warning" not in client.get(address).content.decode()


def test_its_place_in_the_tree_leads_to_its_address(client, address):
    page = MayITellPage.objects.get()
    response = client.get("/aanspreekpunt/mag-ik-dit-melden/")
    assert (response.status_code, response["Location"], page.url) == (302, address, address)


def test_withdrawn_it_is_not_there(client, address):
    MayITellPage.objects.get().unpublish()
    assert client.get(address).status_code == 404


def test_an_editor_writes_it_and_sees_it_before_it_is_public(client):
    member(client, "Redactie")
    page = write()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert (preview.status_code, "Raad vragen." in preview.content.decode()) == (200, True)


def test_a_text_that_was_to_be_read_again_is_on_the_list_of_the_editors():
    yesterday = timezone.localdate() - timedelta(days=1)
    for day, expected in ((timezone.localdate(), []), (yesterday, ["Leerkracht"])):
        write(read_again=day)
        with translation.override("en"):
            [check] = [check for check in all_checks() if str(check.name) == "Texts about speaking"]
        assert [finding.title for finding in check.findings] == expected


@pytest.mark.parametrize("day", ["2026-13-01", "gisteren", "1999-01-01", "2099-01-01"])
def test_a_day_that_makes_no_sense_has_no_calendar_file(client, day):
    assert client.get(f"/aanspreekpunt/dag/{day}.ics").status_code == 404


def test_the_calendar_file_says_nothing_but_the_day(client):
    from icalendar import Calendar

    day = timezone.localdate() + timedelta(days=3)
    response = client.get(reverse("website:look-again", args=[str(day)]))
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert (event["dtstart"].dt, set(event)) == (day, {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP"})
    assert response["Content-Disposition"] == 'attachment; filename="agenda.ics"'
    text = response.content.decode().lower()
    assert [word for word in ("expo", "bezorgd", "http", "aanspreekpunt", "antwoord", "melding") if word in text] == []
