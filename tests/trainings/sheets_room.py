"""What the tests of the attendance sheets share: a session with a date, a place, trainers and people, all with fixed names."""

from datetime import datetime, timedelta
from io import BytesIO

from openpyxl import load_workbook

from tests.knowledge.factories import OrganisationFactory
from tests.trainings.factories import BRUSSELS, BookingFactory, ParticipantFactory, SessionFactory, make_training
from trainings.models import DayPart, Participant, Session, Trainer, Venue
from trainings.sheets import xlsx
from trainings.sheets.facts import AttendanceSheet, facts
from trainings.sheets.rows import loaded

FIRST_MORNING = datetime(2027, 3, 11, 9, tzinfo=BRUSSELS)


def session_of(
    people: int = 2, *, parts: int = 1, code: str = "V03-27-01", training=None, trainers=("Lieselot Vermeulen",)
) -> Session:
    """A published session; its day-parts are Thursday mornings and afternoons, in one venue."""
    training = training or make_training(title=f"Polarisering in de klas ({code})")
    session = SessionFactory(training=training, code=code, capacity=100, parts=0)
    venue, _made = Venue.objects.get_or_create(name="De Brug", street="Kaaistraat 12", postcode="9000")
    for number in range(parts):
        start = FIRST_MORNING + timedelta(days=7 * (number // 2), hours=4 * (number % 2))
        DayPart.objects.create(session=session, starts_at=start, ends_at=start + timedelta(hours=3), venue=venue, room="zaal 2")
    session.trainers.set([Trainer.objects.get_or_create(name=name)[0] for name in trainers])
    if people:
        booking = BookingFactory(session=session, organisation=OrganisationFactory(name=f"School {code}"))
        Participant.objects.bulk_create(
            Participant(booking=booking, session=session, first_name="Amira", family_name=f"Peeters {number:02}")
            for number in range(people)
        )
    return session


def add(session: Session, family_name: str, first_name: str = "Noor", **fields) -> Participant:
    """One more person, of an own booking."""
    organisation = fields.pop("organisation", None)
    booking = BookingFactory(session=session, organisation=organisation)
    return ParticipantFactory(booking=booking, family_name=family_name, first_name=first_name, **fields)


def only(session: Session):
    """The set that holds this session and no other."""
    return Session.objects.filter(pk=session.pk)


def sheet_of(session: Session) -> AttendanceSheet:
    """The facts of this session, as they are fetched for the paper."""
    return facts(next(iter(loaded(only(session)))))


def workbook(sessions, *, single=True):
    file = BytesIO()
    xlsx.write(sessions, file, single=single)
    return load_workbook(file)


def texts(sheet) -> list[str]:
    return [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
