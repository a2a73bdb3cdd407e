"""What the demo's organisers and a training coordinator have to decide on, and a whole school team that comes without names."""

from django.utils import timezone

from knowledge.network.models import Organisation
from people.models import User
from trainings.booking import book_seats
from trainings.models import Session, TrainingPage
from trainings.planning import change_session
from trainings.seats import Person

from .accounts import account

Approval = TrainingPage.Approval
# An organisation by its name in the files.
Partner = tuple[str, Organisation]
SCHOOL = "atheneum-de-vlinder"
LARGEST_GROUP = 60


def load_deciding(people: dict[str, User], organisations: dict[str, Organisation]) -> None:
    """Through the real verbs: two bookings for the team, one that its coordinator sees first, one group counted by heads."""
    organiser, school = people["organisator@expo-r.demo"], organisations[SCHOOL]
    alike = {slug: one for slug, one in organisations.items() if one.sector_id == school.sector_id and one != school}
    two, one, team = list(alike.items())[:3]
    by_team, by_coordinator, *_rest, study_day = sorted(_roomy(school), key=lambda session: session.seats_left)
    change_session(by_team, by=organiser, approval=Approval.TEAM)
    change_session(by_coordinator, by=organiser, approval=Approval.COORDINATOR)
    _ask(by_team, two, [("Hanne", "Lemmens"), ("Pieter", "Goossens")], "Wij geven samen les in het vierde jaar.")
    _ask(by_team, one, [("Zeynep", "Aydin")], "Kan ik met de rolstoel tot in de zaal?")
    _ask(by_coordinator, (SCHOOL, school), [("Mehdi", "Bouzid")], "Ik vervang een collega die vorig jaar kwam.")
    _bring_the_whole_team(study_day, team, organiser)


def _roomy(school: Organisation) -> list[Session]:
    """Sessions for schools with room and without a queue; those that people look for first are left as they are."""
    found = Session.objects.listed().filter(state=Session.State.PUBLISHED, training__sectors=school.sector, waiting_entries=None)
    open_ones = found.filter(booking_closes_at__gt=timezone.now()).exclude(training__title__startswith="Polarisering in")
    return list(open_ones.with_seats_left().filter(seats_left__gte=6).order_by("-pk"))


def _ask(session: Session, whom: Partner, names: list[tuple[str, str]], message: str) -> None:
    slug, organisation = whom
    seats = [Person(first, family, _address(first, slug), "leerkracht") for first, family in names]
    by = account(seats[0].email, *names[0])
    book_seats(session, by=by, organisation=organisation, participants=seats, message=message, prerequisites_met=True)


def _bring_the_whole_team(session: Session, whom: Partner, organiser: User) -> None:
    slug, organisation = whom
    change_session(session, by=organiser, head_count=True)
    book_seats(
        session,
        by=account(_address("Directie", slug), "Veerle", "Claeys"),
        organisation=organisation,
        without_name=min(LARGEST_GROUP, session.seats_left - 2),
        head_count=True,
        message="We komen met het hele team, op onze pedagogische studiedag.",
        prerequisites_met=True,
    )


def _address(first_name: str, slug: str) -> str:
    return f"{first_name.lower()}@{slug}.demo"
