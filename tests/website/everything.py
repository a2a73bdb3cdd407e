"""One of everything that the site keeps, and somebody of each role: what a walk over all addresses needs."""

import uuid

from django.contrib.auth.models import Group
from django.utils import timezone

from knowledge.network.models import Membership
from shared.models import OutboxMessage
from shared.stylesheet import stylesheet
from tests.access import GROUPS, VISITOR
from tests.knowledge.factories import MembershipFactory, OrganisationFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.factories import (
    BookingFactory,
    OfferFactory,
    ParticipantFactory,
    SchoolHolidayFactory,
    SessionFactory,
    TrainerFactory,
    VenueFactory,
    WaitingEntryFactory,
)
from trainings import links
from trainings.catalogue.drawings import SHEET
from trainings.models import ChecklistItem, Feed
from website.models import BrandSettings, Question


def one_of_each() -> dict:
    """One of each, tied together: what the blanks of the addresses are filled with."""
    session = SessionFactory()
    partner = UserFactory(email="noor@school.demo")
    organisation = OrganisationFactory()
    MembershipFactory(user=partner, organisation=organisation)
    booking = BookingFactory(session=session, booked_by=partner, organisation=organisation)
    seat = ParticipantFactory(booking=booking)
    ParticipantFactory(booking=booking, state="reserved", first_name="", family_name="")
    entry = WaitingEntryFactory(session=session)
    ParticipantFactory(booking=entry.booking, state="waiting")
    item = ChecklistItem.objects.create(session=session, kind="room")
    asked = Question.objects.create(name="Els", email="els@school.demo", text="Wat kan?", form_key=uuid.uuid4())
    message = OutboxMessage.objects.create(kind="x", to="els@school.demo", subject="x", text="x", state="failed")
    asks_in = MembershipFactory(organisation=organisation, state=Membership.State.REQUESTED)
    return {
        "proposed": OrganisationFactory(state="proposed").pk,
        "requested": asks_in.pk,
        "partner": partner,
        "partner_pk": partner.pk,
        "own_organisation": organisation.pk,
        "double": OrganisationFactory(state="proposed").pk,
        "organisation_object": organisation,
        "digest": stylesheet(BrandSettings().declarations).digest,
        "drawings": SHEET.digest,
        "day": str(timezone.localdate()),
        "training": session.training.slug,
        "training_pk": session.training.pk,
        "session": session.pk,
        "draft": SessionFactory(training=session.training, state="draft").pk,
        "code": session.code.lower(),
        "reference": booking.reference,
        "seat_pk": seat.pk,
        "booking_pk": booking.pk,
        "participant": seat.pk,
        "waiting_entry": entry.pk,
        "seat": links.token(links.SEAT, seat.link_key),
        "offer": links.token(links.OFFER, OfferFactory(entry=entry).pk),
        "feed": links.token(links.FEED, Feed.objects.create(organisation=organisation, made_by=partner).pk),
        "feed_pk": Feed.objects.create(user=partner, made_by=partner).pk,
        "item": item.pk,
        "message": message.pk,
        "mail_kind": "booking_confirmed",
        "question": asked.pk,
        "organisation": organisation.pk,
        "membership": Membership.objects.active().get().pk,
        "trainer": TrainerFactory().pk,
        "venue": VenueFactory().pk,
        "holiday": SchoolHolidayFactory().pk,
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
