"""The page of one training: all that one needs to decide, and nothing that is for participants only."""

import json
import re
from decimal import Decimal
from html import unescape

import pytest
from wagtail.models import PageViewRestriction

from tests.people.factories import UserFactory
from tests.trainings.factories import (
    BookingFactory,
    ParticipantFactory,
    SessionFactory,
    TrainerFactory,
    VenueFactory,
    local,
    make_training,
)
from trainings.models import Session, TrainingPage
from trainings.views.catalogue import render_training

pytestmark = pytest.mark.django_db

LINK = "https://meet.example.demo/secret-room"


def text_of(html: str) -> str:
    """What one reads, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def page_of(client, training: TrainingPage) -> str:
    """The HTML of the page."""
    response = client.get(f"/vormingen/{training.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def rows(html: str) -> list[str]:
    """The sessions as one reads them."""
    return [text_of(f"<{part.partition('</section>')[0]}") for part in html.split('<li class="session-row')[1:]]


def course(html: str) -> dict:
    """The data for search engines."""
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1])


@pytest.fixture
def training():
    """A training with everything filled in."""
    page = make_training(
        title="Kijk", level="verdieping", price=Decimal("12.50"), group_min=6, group_max=14, themes=["online"], sectors=["sport"]
    )
    page.goals = [("goal", "Je herkent <signalen>.")]
    page.programme = [("part", {"title": "Aankomen", "minutes": 180, "text": "We kijken rond."})]
    page.body = [("heading", "Hoe we werken"), ("text", "<p>Samen.</p>"), ("quote", {"text": "Eindelijk.", "source": "trainer"})]
    page.for_whom, page.prepare, page.accessibility = "Voor trainers.", "Breng een vraag mee.", "Gelijkvloers."
    page.trainers.set(
        [TrainerFactory(name="Noor Peeters", organisation="De Brug", email="noor@extern.demo", bio="Luistert graag.")]
    )
    page.save()
    return page


def test_the_page_says_all_that_one_needs_to_decide(client, training):
    read = text_of(page_of(client, training))
    for words in [
        "Kijk Je leert kijken, luisteren en handelen.",
        "Duur 3 uur",
        "Prijs € 12,50",
        "Waar ter plaatse",
        "Niveau verdieping",
        "6 tot 14",
        "We vertrekken van je eigen praktijk.",
        "Je herkent <signalen>.",
        "Voor trainers. Sport",
        "180 min Aankomen We kijken rond.",
        "Hoe we werken Samen. “Eindelijk.” trainer",
        "Breng een vraag mee.",
        "Gelijkvloers.",
        "Noor Peeters De Brug Luistert graag.",
    ]:
        assert words in read
    assert "noor@extern.demo" not in read


@pytest.mark.parametrize("case", ["draft", "unknown", "private"])
def test_what_is_not_public_is_not_there(client, case):
    page = make_training(slug="kijk", live=case != "draft")
    if case == "private":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    path = "/vormingen/iets/" if case == "unknown" else "/vormingen/kijk/"
    assert client.get(path).status_code == 404
    assert client.get(path.replace("/kijk/", "/kijk.ics")).status_code == 404


def test_the_page_of_the_tree_is_this_page(training, rf):
    request = rf.get("/vormingen/kijk/")
    request.user = UserFactory()
    assert b"Kijk" in training.serve(request).content


def test_a_preview_shows_what_is_not_published(rf):
    page = make_training(title="Kijk")
    page.title = "Anders"
    page.goals = [("goal", "Je ziet meer.")]
    request = rf.get("/")
    request.user = UserFactory()
    read = text_of(render_training(request, page).content.decode())
    assert "Anders" in read and "Je ziet meer." in read


def test_a_session_says_when_where_and_how_many_seats(client, training):
    session = SessionFactory(training=training, capacity=9, parts=2, public_note="Er is soep.", code="V01-27")
    venue = VenueFactory(name="De Vlonder")
    session.day_parts.update(venue=venue, room="zaal 2")
    session.trainers.set([TrainerFactory(name="Sam Claes")])
    [row] = rows(page_of(client, training))
    assert "9.00–12.00 · De Vlonder, zaal 2 (Kaaistraat 1, 9000 Gent)" in row
    assert row.count("De Vlonder") == 2
    for words in ("Met Sam Claes", "Er is soep.", "9 plaatsen vrij", "Inschrijven kan tot"):
        assert words in row


def book_links(html: str) -> list[str]:
    """Where one can book."""
    return re.findall(r'href="(/vormingen/sessie/[\w-]+/inschrijven/)"', html)


@pytest.mark.parametrize(
    ("fields", "taken", "words", "bookable"),
    [
        ({"capacity": 5}, 0, "5 plaatsen vrij", True),
        ({"capacity": 3}, 1, "Nog 2 plaatsen", True),
        ({"capacity": 1}, 1, "Volzet, wachtlijst open", True),
        ({"capacity": 1, "waiting_list": False}, 1, "Volzet", False),
        ({"booking_closes_at": local(-1)}, 0, "Inschrijven kan niet meer", False),
        ({"state": Session.State.CANCELLED, "cancel_reason": "Noor is ziek"}, 0, "Gaat niet door", False),
    ],
    ids=["free", "few", "waiting", "full", "closed", "cancelled"],
)
def test_one_can_book_when_that_makes_sense(client, training, fields, taken, words, bookable):
    session = SessionFactory(training=training, code="S-1", **fields)
    if "booking_closes_at" in fields:
        session.day_parts.update(starts_at=local(5, 9), ends_at=local(5, 12))
    for _ in range(taken):
        ParticipantFactory(booking=BookingFactory(session=session))
    page = page_of(client, training)
    [row] = rows(page)
    assert words in row
    assert set(book_links(page)) == ({"/vormingen/sessie/s-1/inschrijven/"} if bookable else set())
    assert "ziek" not in page


def test_drafts_private_and_past_sessions_do_not_stand_there(client, training):
    SessionFactory(training=training, state=Session.State.DRAFT)
    SessionFactory(training=training, visibility=Session.Visibility.LINK)
    SessionFactory(training=training, days=-20)
    assert rows(page_of(client, training)) == []


def test_a_session_that_goes_on_still_stands_there(client, training):
    session = SessionFactory(training=training, parts=2, booking_closes_at=local(-4))
    first, last = session.day_parts.all()
    type(first).objects.filter(pk=first.pk).update(starts_at=local(-2, 9), ends_at=local(-2, 12))
    type(last).objects.filter(pk=last.pk).update(starts_at=local(5, 9), ends_at=local(5, 12))
    [row] = rows(page_of(client, training))
    assert "Inschrijven kan niet meer" in row


def test_the_link_of_an_online_session_is_for_participants_only(client, training):
    session = SessionFactory(training=training)
    session.day_parts.update(online_link=LINK)
    own = [f"/vormingen/{training.slug}/", f"/vormingen/{training.slug}.ics", f"/vormingen/sessie/{session.code}.ics"]
    for path in ["/vormingen/", "/vormingen/kalender/", "/vormingen/kalender.ics", "/vormingen/rss.xml", *own]:
        response = client.get(path)
        assert response.status_code == 200
        assert b"secret-room" not in response.content


@pytest.mark.parametrize(("offer", "asks"), [("open", False), ("on_request", True), ("both", True)])
def test_a_training_on_request_says_how_to_ask(client, offer, asks):
    page = page_of(client, make_training(slug="kijk", offer=offer))
    assert ('href="/aanspreekpunt/vraag/?vorming=kijk"' in page) is asks


def test_what_is_related_shares_a_theme_first_and_a_sector_then(client):
    here = make_training(title="Here", themes=["online"], sectors=["sport"])
    make_training(title="Both", themes=["online"], sectors=["sport"])
    make_training(title="Theme", themes=["online"], sectors=["jeugd"])
    make_training(title="Sector", themes=["dialoog"], sectors=["sport"])
    assert re.findall(r'<h3><a href="/vormingen/[\w-]+/">(\w+)</a>', page_of(client, here)) == ["Both", "Theme"]


def test_search_engines_read_a_course_with_its_dates(client, training):
    session = SessionFactory(training=training, capacity=9, code="V01-27")
    SessionFactory(training=training, state=Session.State.CANCELLED, cancel_reason="ziek")
    session.day_parts.update(venue=VenueFactory(name="De Vlonder"))
    data = course(page_of(client, training))
    [instance] = data.pop("hasCourseInstance")
    first = session.day_parts.get()
    assert data == {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": "Kijk",
        "description": "Je leert kijken, luisteren en handelen.",
        "url": f"http://testserver/vormingen/{training.slug}/",
        "courseCode": training.code,
        "inLanguage": "nl",
        "isAccessibleForFree": False,
        "teaches": ["Je herkent <signalen>."],
        "provider": {"@type": "Organization", "name": "EXPO-R", "url": "http://testserver"},
        "offers": [{"@type": "Offer", "category": "Paid", "price": "12.50", "priceCurrency": "EUR"}],
    }
    assert instance["startDate"] == local(30, 9).isoformat() and instance["endDate"] == local(30, 12).isoformat()
    assert (instance["remainingAttendeeCapacity"], instance["courseMode"]) == (9, "Onsite")
    assert instance["location"]["address"]["streetAddress"] == "Kaaistraat 1"
    assert first.place == "De Vlonder"


def test_nothing_an_editor_writes_ends_the_data(client):
    page = page_of(client, make_training(title="</script><script>alert(1)</script>"))
    assert "<script>alert" not in page
    assert course(page)["name"] == "</script><script>alert(1)</script>"


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_asks_the_same_number_of_questions_for_one_and_for_more_sessions(client, training, django_assert_num_queries, n):
    for _ in range(n):
        session = SessionFactory(training=training, parts=2)
        session.trainers.set([TrainerFactory()])
        session.day_parts.update(venue=VenueFactory())
    client.get("/vormingen/")
    # The version; the page, its trainers, themes and sectors; the sessions, their day-parts and trainers.
    with django_assert_num_queries(8):
        page_of(client, training)
    with django_assert_num_queries(1):
        page_of(client, training)


def test_the_english_page_says_that_the_text_is_dutch(client, training):
    html = client.get(f"/en/vormingen/{training.slug}/").content.decode()
    assert '<html lang="en">' in html and '<h1 lang="nl">' in html
