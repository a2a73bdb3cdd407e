"""Removing somebody: one's own account, or somebody at the team's hands who asked for it."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from knowledge.network import coordinating, history, membership
from knowledge.network.access import coordinated_by
from knowledge.network.models import Organisation
from people.models import User
from people.removal import remove_account
from people.second_factor import needs_second_factor
from shared.models import OutboxMessage
from trainings.privacy import personal
from website import contact
from website.models import Question

from . import mail

FAREWELL = "farewell"
ACTION = "expor.removed"


class WorksForTheTeam(Exception):
    """The account has a role: a colleague takes that away first, so that nothing is left without an owner by accident."""


@transaction.atomic
def remove_somebody(address: str, *, by: User) -> bool:
    """Removes the account of this address, and everything under the address itself; False when nothing was there.

    Raises `WorksForTheTeam`, or `personal.OthersStillCome`. What happened is written down without a name.
    """
    # Not as hard as for deleting: a booking of this person that holds its session already must not wait for us, and we for it.
    user = User.objects.select_for_update(no_key=True).filter(email__iexact=address).first()
    if user and needs_second_factor(user):
        raise WorksForTheTeam
    seats = personal.forget_person(address, by=by, user=user)
    questions = list(Question.objects.filter(email__iexact=address))
    for question in questions:
        contact.forget_question(question)
    found = bool(user or seats or questions)
    if found:
        mail.removed(address)
    _forget_messages(address)
    if user:
        _forget_in_the_admin(user)
        for own in user.memberships.current():
            # Who wants to be removed is, also where nobody coordinates the trainings afterwards.
            membership.leave(own, by=user, knowingly=True)
        history.forget_person(user)
        remove_account(user)
        # Who removed it: the owner, or the member of the team who was asked to. The name of the row is gone by now.
        log(user, ACTION, user=by)
    return found


def without_coordinator(user: User) -> list[Organisation]:
    """The organisations whose trainings nobody would coordinate any more if this account were removed."""
    coordinated = user.memberships.coordinators().filter(organisation__in=coordinated_by(user))
    coordinated = coordinated.select_related("organisation").order_by("organisation__name")
    return [own.organisation for own in coordinated if coordinating.is_last(own)]


def forget_farewells() -> int:
    """The worker's part: the last messages to who was removed are deleted once they left or were given up."""
    gone = OutboxMessage.objects.about(FAREWELL).exclude(state=OutboxMessage.State.WAITING)
    return gone.delete()[0]


def _forget_messages(address: str) -> None:
    mailed = OutboxMessage.objects.filter(to__iexact=address)
    mailed.exclude(state=OutboxMessage.State.WAITING).delete()
    # What is on its way still arrives, such as what takes the appointment out of the calendar; then it is deleted too.
    mailed.update(about=FAREWELL)


def _forget_in_the_admin(user: User) -> None:
    UserProfile.objects.filter(user=user).delete()
    about = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    about.update(label="", data={})
