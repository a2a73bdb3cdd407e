"""Who may book a session, how many seats, and whose approval a booking awaits."""

import pytest

from tests.knowledge.factories import MembershipFactory, OrganisationFactory, SectorFactory
from tests.people.factories import UserFactory
from tests.trainings.factories import SessionFactory, make_training
from tests.trainings.life import BERT, forget_mail, full_session, people, sent, wait
from trainings import rules
from trainings.booking import book_seats, cancel_participants
from trainings.models import Booking, Participant, Session
from trainings.refusals import (
    AlreadyBooked,
    BookingClosed,
    NoHeadCount,
    NotForThisSector,
    NotInvited,
    PrerequisiteNotMet,
    SessionFull,
    TooManyOfOneOrganisation,
)
from trainings.seats import seats_left

pytestmark = pytest.mark.django_db
State, Stage = Participant.State, Booking.Stage


@pytest.fixture
def school(db):
    return OrganisationFactory()


def book(session, number: int = 1, start: int = 0, **facts):
    return book_seats(session, **{"by": UserFactory(), "participants": people(number, start)} | facts)


def test_a_training_for_some_sectors_takes_their_organisations_only(school):
    session = SessionFactory(training=make_training(only_sectors=True, sectors=["politie"]))
    for organisation in (school, None):
        with pytest.raises(NotForThisSector):
            book(session, organisation=organisation)
    assert book(session, organisation=OrganisationFactory(sector=SectorFactory(slug="politie"))).stage == Stage.NONE


def test_a_session_for_some_organisations_takes_theirs_only(school):
    session = SessionFactory(audience=Session.Audience.ORGANISATIONS)
    session.organisations.add(school)
    for organisation in (OrganisationFactory(), None):
        with pytest.raises(NotInvited):
            book(session, organisation=organisation)
    assert book(session, organisation=school).participants.count() == 1


def test_a_session_for_who_is_invited_looks_at_the_booker_in_small_letters_and_not_at_the_organisation(school):
    session = SessionFactory(audience=Session.Audience.INVITED, invited="An@School.demo\n\n  els@jeugdhuis.demo \n")
    for email in ("an@school.demo", "ELS@jeugdhuis.demo"):
        assert rules.is_invited(session, UserFactory.build(email=email), None)
    for email in ("an@school.dem", "n@school.demo", "school.demo", ""):
        assert not rules.is_invited(session, UserFactory.build(email=email), school)
    with pytest.raises(NotInvited):
        book(session, organisation=school)


def test_a_session_for_some_people_counts_the_booker_and_lets_colleagues_come():
    session = SessionFactory(audience=Session.Audience.INVITED, invited="an@school.demo")
    assert book(session, 2, by=UserFactory(email="an@school.demo")).participants.count() == 2


def test_an_organisation_gets_no_more_seats_than_one_may_have(school):
    session = SessionFactory(seats_per_organisation=3)
    book(session, 2, organisation=school)
    with pytest.raises(TooManyOfOneOrganisation) as refusal:
        book(session, 2, 10, organisation=school)
    assert refusal.value.seats_left == 1
    book(session, 1, 10, organisation=school)
    with pytest.raises(TooManyOfOneOrganisation):
        book(session, 1, 20, organisation=school)
    assert book(session, 3, 30, organisation=OrganisationFactory()).participants.count() == 3


def test_a_place_on_the_waiting_list_counts_for_the_limit_and_one_that_was_given_back_does_not(school):
    session = full_session(2)
    Session.objects.filter(pk=session.pk).update(seats_per_organisation=2)
    waiting = wait(session, 2, organisation=school).booking
    with pytest.raises(TooManyOfOneOrganisation):
        book(session, 1, 20, organisation=school, or_wait=True)
    cancel_participants(waiting.participants.all()[:1], by=waiting.booked_by)
    assert book(session, 1, 20, organisation=school, or_wait=True).waiting_entry.seats == 1


def test_who_books_for_no_organisation_counts_alone(school):
    session, by = SessionFactory(seats_per_organisation=2), UserFactory()
    assert rules.seats_for(SessionFactory(), school, by) is None
    book_seats(session, by=by, organisation=school, participants=people(2))
    book_seats(session, by=by, participants=people(2, 10))
    with pytest.raises(TooManyOfOneOrganisation):
        book_seats(session, by=by, participants=people(1, 20))
    assert book_seats(session, by=UserFactory(), participants=people(2, 30)).participants.count() == 2


@pytest.mark.parametrize(("membership", "stage"), [("active", Stage.NONE), ("requested", Stage.TEAM), (None, Stage.TEAM)])
def test_in_a_session_for_some_organisations_the_team_decides_about_who_is_not_known_there(school, membership, stage):
    session, by = SessionFactory(audience=Session.Audience.ORGANISATIONS), UserFactory()
    session.organisations.add(school)
    if membership:
        MembershipFactory(user=by, organisation=school, state=membership)
    assert book_seats(session, by=by, organisation=school, participants=[BERT]).stage == stage


def test_what_comes_first_must_be_declared(school):
    session = SessionFactory()
    session.training.prerequisites.add(make_training())
    session.training.save()
    with pytest.raises(PrerequisiteNotMet):
        book(session)
    assert book(session, prerequisites_met=True).participants.count() == 1


def test_a_head_count_is_booked_only_where_the_session_allows_it():
    with pytest.raises(NoHeadCount):
        book(SessionFactory(), participants=[], without_name=5, head_count=True)
    made = book(SessionFactory(head_count=True), participants=[BERT], without_name=5, head_count=True)
    assert set(made.participants.values_list("state", flat=True)) == {State.CONFIRMED}


def test_a_session_that_began_takes_no_bookings_whatever_its_deadline():
    session = SessionFactory(days=-1)
    Session.objects.filter(pk=session.pk).update(booking_closes_at=SessionFactory().booking_closes_at)
    with pytest.raises(BookingClosed):
        book(session)


def test_a_refused_wish_leaves_nothing_behind(school):
    session = SessionFactory(seats_per_organisation=1)
    with pytest.raises(TooManyOfOneOrganisation):
        book(session, 2, organisation=school)
    assert (Booking.objects.count(), Participant.objects.count(), sent()) == (0, 0, [])


def coordinator_of(organisation, **facts):
    return MembershipFactory(organisation=organisation, role="coordinator", **facts).user


def test_without_approval_nobody_is_asked(school):
    coordinator_of(school)
    assert rules.first_stage(SessionFactory(), UserFactory(), school) == Stage.NONE


def test_the_team_is_asked_where_the_team_approves(school):
    coordinator_of(school)
    assert rules.first_stage(SessionFactory(approval="team"), UserFactory(), school) == Stage.TEAM


def test_first_the_coordinator_of_the_organisation_is_asked_where_both_approve(school):
    session, coordinator = SessionFactory(approval="coordinator"), coordinator_of(school)
    assert rules.first_stage(session, UserFactory(), school) == Stage.COORDINATOR
    # Who would ask oneself goes to the team.
    assert rules.first_stage(session, coordinator, school) == Stage.TEAM


def test_without_an_active_coordinator_or_an_organisation_the_team_decides_at_once(school):
    session = SessionFactory(approval="coordinator")
    coordinator_of(school, state="requested")
    coordinator_of(OrganisationFactory())
    MembershipFactory(organisation=school)
    assert [rules.first_stage(session, UserFactory(), one) for one in (school, None)] == [Stage.TEAM, Stage.TEAM]


def test_asked_seats_are_pending_with_or_without_a_name_and_mail_says_asked(school):
    coordinator = coordinator_of(school)
    made = book(SessionFactory(approval="coordinator"), participants=[BERT], without_name=1, organisation=school)
    assert list(made.participants.values_list("state", flat=True)) == [State.PENDING, State.PENDING]
    assert sent() == [("approval_asked", made.booked_by.email, ""), ("approval_to_give", coordinator.email, "")]


@pytest.mark.parametrize(("holds", "left"), [(True, 0), (False, 1)])
def test_what_is_asked_keeps_a_seat_where_the_session_says_so(holds, left):
    session = SessionFactory(capacity=1, approval="team", pending_holds_seat=holds)
    book(session)
    assert seats_left(session) == left
    if holds:
        with pytest.raises(SessionFull):
            book(session, 1, 10)
    else:
        assert book(session, 1, 10).stage == Stage.TEAM


def test_who_asks_counts_once_with_an_address_whether_or_not_it_keeps_a_seat():
    session = SessionFactory(approval="team", pending_holds_seat=False)
    book(session, participants=[BERT])
    forget_mail()
    with pytest.raises(AlreadyBooked):
        book(session, participants=[BERT])
    assert sent() == []
