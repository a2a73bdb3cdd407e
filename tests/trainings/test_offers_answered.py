"""An offer that is refused, answered twice, or not answered in time: who leaves the list, and who is next."""

import pytest

from tests.people.factories import UserFactory
from tests.trainings.life import emails, forget_mail, full_session, offered, open_offers, run_out, sent, verbs, wait
from trainings import waiting
from trainings.models import Offer, Participant
from trainings.refusals import OfferGone
from trainings.seats import seats_left

pytestmark = pytest.mark.django_db
State = Participant.State


@pytest.fixture
def session():
    return full_session(2)


def test_refusing_takes_everybody_of_the_place_off_the_list_and_offers_on(session):
    offer = offered(session)
    second = wait(session, 1, 20)
    forget_mail()
    waiting.refuse_offer(offer, by=offer.entry.booking.booked_by)
    offer.refresh_from_db()
    offer.entry.refresh_from_db()
    assert (offer.state, offer.entry.left_at is None) == (Offer.State.REFUSED, False)
    assert (emails(session.participants.waiting()), open_offers(session)) == (["n20@school.demo"], [(second.pk, 1)])
    assert [kind for kind, _to, method in sent() if not method] == ["left_waiting_list", "seats_offered"]
    assert verbs(offer.entry.booking)[-1] == "offer_refused"


@pytest.mark.parametrize("answer", [waiting.accept_offer, waiting.refuse_offer])
def test_an_answered_offer_is_answered_once(session, answer):
    offer = offered(session)
    waiting.accept_offer(offer, by=UserFactory())
    forget_mail()
    with pytest.raises(OfferGone):
        answer(offer, by=UserFactory())
    assert sent() == []


@pytest.mark.parametrize("answer", [waiting.accept_offer, waiting.refuse_offer])
def test_an_offer_ends_by_the_clock_before_any_job_closes_it(session, answer):
    offer = offered(session)
    run_out(offer)
    with pytest.raises(OfferGone):
        answer(offer, by=UserFactory())
    offer.refresh_from_db()
    assert (offer.state, offer.is_open, seats_left(session)) == (Offer.State.OPEN, False, 1)


def test_the_worker_closes_what_ran_out_tells_it_once_and_offers_on(session):
    offer = offered(session)
    second = wait(session, 1, 20)
    run_out(offer)
    forget_mail()
    assert [waiting.close_due(), waiting.close_due()] == [1, 0]
    offer.refresh_from_db()
    assert (offer.state, open_offers(session)) == (Offer.State.EXPIRED, [(second.pk, 1)])
    assert [kind for kind, _to, _method in sent()] == ["left_waiting_list", "seats_offered"]
    assert verbs(offer.entry.booking) == ["waiting", "offered", "offer_expired"]


def test_the_worker_leaves_alone_what_is_still_kept(session):
    offered(session)
    assert (waiting.close_due(), len(open_offers(session))) == (0, 1)
