"""Who may see the organiser's screens, and how they may be asked for."""

import uuid

import pytest
from django.urls import reverse

from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.admin_tools import organiser
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, TrainerFactory, WaitingEntryFactory
from trainings.admin.urls import urlpatterns
from trainings.models import ChecklistItem, Session

pytestmark = pytest.mark.django_db

READ_ONLY = {"sessions", "sessions-results", "choose-training", "session", "messages", "unsent", "mail-texts"}
READ_ONLY |= {"retention"}
POST_ONLY = {"publish", "close", "arrange", "walk-in", "resend", "resend-many", "give-seats", "bulk"}
WITHOUT_SESSION = (
    "sessions",
    "sessions-results",
    "choose-training",
    "unsent",
    "mail-texts",
    "resend-many",
    "retention",
    "filters",
    "bulk",
    "bulk-publish",
    "bulk-cancel",
    "bulk-mail",
    "bulk-trainers",
)
FORMS = {"plan", "change", "copy", "cancel", "delete", "add-participant", "cancel-participants", "mail-all", "attendance"}
FORMS |= {"move-participants", "change-participant", "name-seats", "decide", "trainer-feed", "mail-text"}
FORMS |= {"series", "copy-series", "keep", "filters", "bulk-publish", "bulk-cancel", "bulk-mail", "bulk-trainers"}
# These lead back where nothing was ticked.
ABOUT_A_CHOICE = {"cancel-participants", "move-participants", "bulk-publish", "bulk-cancel", "bulk-mail", "bulk-trainers"}


@pytest.fixture
def session():
    session = SessionFactory(days=-1)
    ParticipantFactory(booking=BookingFactory(session=session))
    return session


def address(name, session):
    item = ChecklistItem.objects.get_or_create(session=session, kind="room")[0]
    given = {
        "plan": [session.training_id],
        "series": [session.training_id],
        "arrange": [session.pk, item.pk],
        "resend": [uuid.uuid4()],
        "mail-text": ["invitation"],
        "delete": [_draft_of(session).pk],
        "change-participant": [session.pk, session.participants.get().pk],
        "name-seats": [session.pk, session.bookings.first().pk],
        "decide": [session.pk, session.bookings.first().pk],
        "give-seats": [session.pk, WaitingEntryFactory(session=session).pk],
        "trainer-feed": [TrainerFactory().pk],
        **{name: [] for name in WITHOUT_SESSION},
    }
    return reverse(f"organise:{name}", args=given.get(name, [session.pk]))


def _draft_of(session):
    """Only what was never published can be deleted."""
    return SessionFactory(training=session.training, state="draft")


def test_every_address_is_tried_here():
    assert {pattern.name for pattern in urlpatterns} == READ_ONLY | POST_ONLY | FORMS


@pytest.mark.parametrize("name", sorted(READ_ONLY | POST_ONLY | FORMS))
def test_who_is_not_signed_in_is_sent_to_sign_in(client, session, name):
    url = address(name, session)
    for response in (client.get(url), client.post(url)):
        assert response.status_code == 302
        assert response.url.startswith("/account/login/")


@pytest.mark.parametrize("groups", [[], ["Redactie"], ["Stuurgroep"], ["Beheer"]])
@pytest.mark.parametrize("name", sorted(READ_ONLY | POST_ONLY | FORMS))
def test_the_screens_are_not_there_for_others(client, session, name, groups):
    sign_in(client, UserFactory(groups=groups))
    url = address(name, session)
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]


@pytest.mark.parametrize("name", sorted(READ_ONLY | POST_ONLY))
def test_a_wrong_verb_is_refused(client, session, name):
    organiser(client)
    url = address(name, session)
    response = client.post(url) if name in READ_ONLY else client.get(url)
    assert response.status_code == 405


@pytest.mark.parametrize(
    "name",
    sorted(
        (READ_ONLY | FORMS)
        - {"cancel-participants", "move-participants", "bulk-publish", "bulk-cancel", "bulk-mail", "bulk-trainers"}
    ),
)
def test_an_organiser_sees_every_screen(client, session, name):
    organiser(client)
    assert client.get(address(name, session)).status_code == 200


@pytest.mark.parametrize("name", sorted((READ_ONLY | POST_ONLY | FORMS).difference(WITHOUT_SESSION)))
def test_what_does_not_exist_is_not_found(client, session, name):
    organiser(client)
    missing = Session(pk=10**30, training_id=10**30)
    given = {"arrange": [missing.pk, 1], "plan": [missing.pk], "resend": [uuid.uuid4()], "give-seats": [10**12, 1]}
    given |= {name: [10**12, 1] for name in ("change-participant", "name-seats", "decide")} | {"mail-text": ["x"]}
    url = reverse(f"organise:{name}", args=given.get(name, [missing.pk]))
    response = client.get(url) if name not in POST_ONLY else client.post(url)
    assert response.status_code == 404
