"""The catalogue as visitors see it: cards, results, help, and what it costs."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from shared import versions
from tests.people.factories import UserFactory
from tests.trainings.catalogue_tools import titles
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, local, make_training
from trainings.catalogue.wording import day
from trainings.models import CataloguePage, Session

pytestmark = pytest.mark.django_db


def text_of(html: str) -> str:
    """What one reads, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def card_of(client, title: str, path: str = "/vormingen/") -> str:
    """The text of the card with this title."""
    page = client.get(path).content.decode()
    found = re.findall(r'<li class="training-card">.*?</li>', page, re.S)
    return next(text_of(card) for card in found if f">{title}<" in card)


def full(**fields) -> Session:
    """A session without a seat left."""
    session = SessionFactory(capacity=1, **fields)
    ParticipantFactory(booking=BookingFactory(session=session))
    return session


def date_of(session: Session) -> str:
    """The day of a session as a card says it."""
    return day(session.day_parts.first().starts_at, local(0).year)


def test_a_card_says_what_one_decides_on(client):
    training = make_training(title="Kijk & luister", sectors=["onderwijs", "jeugd"], price=25, duration_minutes=450, days=2)
    session = SessionFactory(training=training, capacity=12)
    SessionFactory(training=training, days=60)
    assert card_of(client, "Kijk &amp; luister") == (
        "7,5 uur op 2 dagen · ter plaatse · € 25 Kijk & luister Je leert kijken, luisteren en handelen. "
        f"Jeugd, Onderwijs {date_of(session)} en nog 1 datum 12 plaatsen vrij"
    )


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda training: SessionFactory(training=training, capacity=4), "4 plaatsen vrij"),
        (lambda training: SessionFactory(training=training, capacity=3), "nog 3 plaatsen"),
        (lambda training: SessionFactory(training=training, capacity=1), "nog 1 plaats"),
        (lambda training: full(training=training), "volzet, wachtlijst open"),
        (lambda training: full(training=training, waiting_list=False), "volzet"),
        (lambda training: SessionFactory(training=training, booking_closes_at=local(-1)), "inschrijven kan niet meer"),
        (lambda training: None, "op aanvraag"),
    ],
    ids=["free", "few", "one", "waiting", "full", "closed", "on request"],
)
def test_a_card_says_at_once_whether_there_are_seats(client, make, says):
    make(make_training(title="Kijk"))
    assert card_of(client, "Kijk").endswith(says)


def test_a_training_with_open_sessions_only_says_that_there_is_no_date(client):
    make_training(title="Kijk", offer="open")
    assert card_of(client, "Kijk").endswith("nog geen datum")


def test_a_card_names_the_first_session_with_a_seat(client):
    training = make_training(title="Kijk")
    full(training=training, days=20)
    free = SessionFactory(training=training, days=50)
    assert f"{date_of(free)} en nog 1 datum 10 plaatsen vrij" in card_of(client, "Kijk")


def test_a_card_names_a_session_of_the_month_that_was_asked(client):
    training = make_training(title="Kijk")
    SessionFactory(training=training, days=20)
    later = SessionFactory(training=training, days=90)
    month = f"{later.day_parts.first().starts_at:%Y-%m}"
    assert f"{date_of(later)} 10 plaatsen vrij" in card_of(client, "Kijk", f"/vormingen/?maand={month}")


def test_the_year_on_a_card_is_that_of_the_clock_in_brussels(client, monkeypatch):
    half_past_midnight = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: half_past_midnight)
    SessionFactory(training=make_training(title="Haatspraak"), days=20)
    make_training(title="Luister", slug="luister", themes=["polarisering", "online"])
    for path in ("/vormingen/", "/vormingen/luister/", "/vormingen/?thema=online&q=haatspraak"):
        assert "do 21 januari 10 plaatsen vrij" in card_of(client, "Haatspraak", path)


def test_many_sectors_are_named_in_short(client):
    make_training(title="Kijk", sectors=["a", "b", "c", "d", "e"])
    assert " A, B, C en nog 2 op aanvraag" in card_of(client, "Kijk")


def test_a_card_says_for_whom_only(client):
    make_training(title="Kijk", sectors=["politie"], only_sectors=True)
    assert "alleen voor Politie" in card_of(client, "Kijk")


def test_a_text_in_another_language_says_so_to_screen_readers(client):
    make_training(title="Look", language="en")
    page = client.get("/vormingen/").content.decode()
    assert '<h3 lang="en">' in page and "Engels" in card_of(client, "Look")
    assert '<h3 lang="en">' not in client.get("/en/vormingen/").content.decode()


def test_all_published_trainings_stand_there_and_no_others(client):
    make_training(title="Live"), make_training(title="Draft", live=False)
    hidden = make_training(title="Hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    assert titles(client.get("/vormingen/")) == ["Live"]


def test_a_private_part_of_the_tree_hides_what_lies_below(client):
    make_training(title="Live")
    above = CataloguePage.objects.get()
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    assert titles(client.get("/vormingen/")) == []


def test_the_drawings_stand_in_one_file_that_is_kept_for_a_year(client):
    make_training()
    page = client.get("/vormingen/").content.decode()
    [address] = re.findall(r'<use href="(/vormingen/tekeningen-\w+\.svg)#dialoog"/>', page)
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    symbols = re.findall(rb'<symbol id="([\w-]+)"', response.content)
    assert b"dialoog" in symbols and b"hero" not in symbols and b"class=" not in response.content
    assert client.get("/vormingen/tekeningen-oud.svg")["Location"] == address
    assert address in client.get("/en/vormingen/").content.decode()


def test_the_number_of_results_stands_above_them(client):
    make_training(themes=["online"]), make_training(themes=["haatspraak"])
    assert "<h2>2 vormingen</h2>" in client.get("/vormingen/").content.decode()
    assert "<h2>1 vorming</h2>" in client.get("/vormingen/?thema=online").content.decode()


def test_an_empty_result_helps(client):
    make_training(title="Haatspraak op het plein", themes=["haatspraak"]), make_training(title="B", themes=["online"])
    page = client.get("/vormingen/?thema=online&q=haatspraak").content.decode()
    read = text_of(page)
    assert "Geen enkele vorming past bij al je keuzes" in read
    assert "zonder “haatspraak”: 1 vorming zonder Online: 1 vorming" in read
    assert 'href="?thema=online"' in page and 'href="?q=haatspraak"' in page and 'href="/aanspreekpunt/"' in page
    assert "Dit komt in de buurt" in read and "Haatspraak op het plein" in read


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("voetbal", "Is het woord juist geschreven? Probeer anders een ander woord"),
        ("voetbal tennis", "Zijn de woorden juist geschreven? Met minder woorden vind je misschien meer."),
    ],
)
def test_nothing_found_by_words_alone_gives_a_hint_on_spelling_and_no_choice_to_leave_out(client, words, hint):
    make_training(title="Haatspraak op het plein")
    read = text_of(client.get("/vormingen/", {"q": words}).content.decode())
    assert f"Geen vorming gevonden met “{words}”" in read
    assert hint in read
    assert "zonder “" not in read and "al je keuzes" not in read


def test_a_mistyped_word_is_understood_and_said(client):
    make_training(title="Polarisatie")
    response = client.get("/vormingen/?q=polarisatei")
    assert titles(response) == ["Polarisatie"]
    assert "Deze lijken erop" in response.content.decode()


def test_an_empty_catalogue_is_a_page(client):
    assert "<h2>0 vormingen</h2>" in client.get("/vormingen/").content.decode()


def test_the_page_of_the_tree_is_this_page(client, rf):
    make_training(title="Kijk")
    request = rf.get("/vormingen/")
    request.user = UserFactory()
    assert titles(CataloguePage.objects.get().serve(request)) == ["Kijk"]


@pytest.mark.parametrize(
    "path", ["/vormingen/", "/vormingen/vorming-1/", "/vormingen/kalender/", "/vormingen/kalender.ics", "/vormingen/rss.xml"]
)
def test_pages_to_read_take_no_post(client, path):
    make_training()
    assert client.post(path).status_code == 405


def test_a_visitor_gets_no_cookie(client):
    make_training()
    assert client.get("/vormingen/").cookies == {}


def test_publishing_and_withdrawing_change_the_version(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = make_training()
    before = versions.current("catalogue")
    for change in (lambda: page.save_revision().publish(), page.unpublish, lambda: page.save_revision().publish(), page.delete):
        with django_capture_on_commit_callbacks(execute=True):
            change()
    assert versions.current("catalogue") == before + 4


def test_a_page_of_text_does_not_change_the_version_of_the_catalogue(django_capture_on_commit_callbacks):
    before = versions.current("catalogue")
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(slug="privacy").specific.save_revision().publish()
    assert versions.current("catalogue") == before
