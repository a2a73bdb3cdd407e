"""Every address of our own, every role, GET and POST, held against the one table in `tests/access.py`."""

import uuid

import pytest
from django.contrib.auth.models import Group
from django.urls import get_resolver, reverse

from knowledge.network.models import Membership
from shared.models import OutboxMessage
from shared.stylesheet import stylesheet
from tests.access import ELSEWHERE, GROUPS, PREFIXES, ROLES, TABLE, VISITOR
from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, TrainerFactory, VenueFactory
from trainings.catalogue.drawings import SHEET
from trainings.models import ChecklistItem
from website.models import BrandSettings, Question

OURS = ("website", "trainings", "knowledge", "people", "shared")


def routes(resolver=None, path="", namespace=""):
    """Every route of the zone: its path, its full name, and the module of its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = f"{path}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, here, inner)
        else:
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield here, f"{namespace}{pattern.name}", view.__module__


def test_every_address_of_ours_stands_in_the_table_and_every_other_under_a_prefix():
    missing = [
        (path, name)
        for path, name, module in routes()
        if name not in TABLE
        and name not in ELSEWHERE
        and not (path.startswith(tuple(PREFIXES)) and not (module.startswith(OURS) and path.startswith("cms/")))
        and not module.startswith("wagtail.views")
    ]
    assert missing == []


def test_the_table_has_no_address_that_is_gone():
    assert set(TABLE) - {name for _path, name, _module in routes()} == set()


@pytest.fixture
def things(db) -> dict:
    """One of each, tied together: what the blanks of the addresses are filled with."""
    session = SessionFactory()
    partner = UserFactory(email="noor@school.demo")
    organisation = OrganisationFactory()
    MembershipFactory(user=partner, organisation=organisation)
    booking = BookingFactory(session=session, booked_by=partner, organisation=organisation)
    ParticipantFactory(booking=booking)
    item = ChecklistItem.objects.create(session=session, kind="room")
    asked = Question.objects.create(name="Els", email="els@school.demo", text="Wat kan?", form_key=uuid.uuid4())
    message = OutboxMessage.objects.create(kind="x", to="els@school.demo", subject="x", text="x", state="failed")
    asks_in = MembershipFactory(organisation=organisation, state=Membership.State.REQUESTED)
    return {
        "proposed": OrganisationFactory(state="proposed").pk,
        "requested": asks_in.pk,
        "partner": partner,
        "organisation_object": organisation,
        "digest": stylesheet(BrandSettings().declarations).digest,
        "drawings": SHEET.digest,
        "training": session.training.slug,
        "training_pk": session.training.pk,
        "session": session.pk,
        "code": session.code.lower(),
        "reference": booking.reference,
        "item": item.pk,
        "message": message.pk,
        "question": asked.pk,
        "organisation": organisation.pk,
        "membership": Membership.objects.active().get().pk,
        "trainer": TrainerFactory().pk,
        "venue": VenueFactory().pk,
        "theme": session.training.themes.get().pk,
        "sector": session.training.sectors.get().pk,
    }


def enter(client, role: str, things: dict) -> None:
    """Signs somebody with this role in."""
    if role == VISITOR:
        return
    if role == "partner":
        user = things["partner"]
    elif role == "coordinator":
        user = MembershipFactory(organisation=things["organisation_object"], role="coordinator").user
    else:
        user = UserFactory()
        user.groups.set(Group.objects.filter(name=GROUPS.get(role)))
    sign_in(client, user)


def outcome(response) -> str:
    """What an answer means for who asked: in, sign in, not found, or the bare status."""
    if response.status_code == 302 and response.url.startswith("/account/login/"):
        return "sign in"
    if response.status_code == 404:
        return "not found"
    return "in" if response.status_code < 400 or response.status_code == 422 else str(response.status_code)


def expected(row, verb: str, role: str) -> set[str]:
    roles = getattr(row, verb)
    if roles is None:
        # Which of the guards speaks first does not matter, as long as nobody gets in.
        return {"405", "not found", "sign in"}
    if role in roles:
        return {"in"}
    return {"sign in"} if role == VISITOR else {"not found"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", ["get", "post"])
def test_each_role_gets_in_where_the_table_says_and_nowhere_else(client, things, verb, role):
    enter(client, role, things)
    wrong = {}
    for name, row in TABLE.items():
        response = getattr(client, verb)(reverse(name, args=row.blanks(things)))
        # Files are closed by hand: `response.close()` would end the test's connection to the database with them.
        for close in response._resource_closers:
            close()
        if outcome(response) not in expected(row, verb, role):
            wrong[name] = (outcome(response), sorted(expected(row, verb, role)))
    assert wrong == {}


@pytest.mark.parametrize("role", ROLES)
def test_the_admin_is_there_for_the_team_only(client, things, role):
    enter(client, role, things)
    allowed = "in" if role in PREFIXES["cms/"] else "sign in" if role == VISITOR else "not found"
    answers = [client.get(f"/cms/{path}") for path in ("", "pages/", "images/")]
    assert outcome(answers[0]) == allowed
    assert allowed == "in" or {outcome(answer) for answer in answers} <= {allowed, "sign in"}
