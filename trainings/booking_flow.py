"""The road from a filled-in form to a booking; nothing typed is lost on the way, the sign-in included."""

from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.forms.formsets import ManagementForm
from django.http import QueryDict
from django.utils.translation import gettext as _

from knowledge.network import membership
from knowledge.network.access import bookable_by

from . import booking
from .forms.booking import BookerForm
from .forms.people import MOST_SEATS, BaseParticipantFormSet, ParticipantForm, ParticipantFormSet
from .models import Booking, Session
from .refusals import AlreadyBooked, BookingRefused, SessionFull
from .seats import Person, lock, seats_to_book

DRAFTS = "booking_drafts"
PREFIX = "colleagues"
LONGEST = 1000  # of a value, as the longest field takes it


@dataclass
class BookingForms:
    """The two halves of the booking page: who books, and the colleagues."""

    session: Session
    booker: BookerForm
    colleagues: BaseParticipantFormSet

    def is_valid(self) -> bool:
        """Whether all can be booked as typed; somebody must take part."""
        both = [self.booker.is_valid(), self.colleagues.is_valid()]
        if all(both) and not self.seats:
            self.booker.add_error("takes_part", _("Say who takes part: yourself, a colleague, or both."))
            return False
        # Before a code is asked for: afterwards it would look as if somebody were booked already.
        return all(both) and not self._has_the_booker_twice()

    def _has_the_booker_twice(self) -> bool:
        booker = self.booker.booker
        return self.booker.cleaned_data["takes_part"] and self.colleagues.mark(
            booker.address, _("This is your own address: you take part already. Take it away, or untick yourself.")
        )

    @property
    def people(self) -> list[Person]:
        """Everybody who is to have a seat, the booker first."""
        colleagues = [form.person for form in self.colleagues.forms if form.person]
        return [self.booker.booker, *colleagues] if self.booker.cleaned_data["takes_part"] else colleagues

    @property
    def unnamed(self) -> int:
        """Seats whose names follow, or never come."""
        return self.booker.cleaned_data.get("unnamed") or 0

    @property
    def seats(self) -> int:
        """How many seats are asked for."""
        return len(self.people) + self.unnamed

    @property
    def addresses(self) -> list[str]:
        """Of whom it is known so far, also while something is still wrong: of the booker who takes part, and of colleagues."""
        user = self.booker.user
        own = [user.email] if user.is_authenticated and self.booker["takes_part"].value() else []
        return own + [str(row["email"].value() or "") for row in self.colleagues.forms]

    def refuse(self, refusal: BookingRefused) -> None:
        """Shows beside the right field why the booking was refused."""
        if isinstance(refusal, AlreadyBooked):
            if not self.colleagues.refuse(refusal):
                self.booker.add_error("takes_part", refusal.sentence)
            return
        named = ["organisation", "organisation_name"] if refusal.field == "organisation" else [refusal.field]
        self.booker.add_error(next((name for name in named if name in self.booker.fields), None), refusal.sentence)

    def fits(self) -> bool:
        """Whether there are seats for all of them now; where not, it says so. The allocator looks again."""
        left = seats_to_book(self.session)
        if left < self.seats:
            self.refuse(SessionFull(left))
        return left >= self.seats


def forms_for(request, session: Session, data: QueryDict | None = None) -> BookingForms:
    """Empty forms, or forms with what was posted or kept in the draft."""
    colleagues = cast("BaseParticipantFormSet", ParticipantFormSet(data, prefix=PREFIX))
    return BookingForms(session, BookerForm(data, user=request.user, session=session), colleagues)


def with_one_more_row(data: QueryDict) -> QueryDict:
    """What was typed, with an empty row for one more colleague."""
    data = data.copy()
    name = f"{PREFIX}-TOTAL_FORMS"
    typed = data.get(name, "")
    data[name] = str(min(int(typed) + 1 if typed.isdecimal() and len(typed) < 4 else 1, MOST_SEATS))
    return data


@transaction.atomic
def book(forms: BookingForms, *, by, or_wait: bool) -> Booking:
    """Books what the valid forms say, and keeps the name and organisation of the booker: all or nothing (`BookingRefused`)."""
    data = forms.booker.cleaned_data
    # Before the organisation, which a name that is typed for the first time locks: as everywhere.
    lock(forms.session)
    if not by.get_full_name():
        by.first_name, by.last_name = data["first_name"], data["family_name"]
        by.save(update_fields=["first_name", "last_name"])
    return booking.book_seats(
        forms.session,
        by=by,
        organisation=_organisation(forms.booker, by=by),
        participants=forms.people,
        without_name=forms.unnamed,
        head_count=data.get("as_group", False),
        prerequisites_met=data.get("prerequisites_met", False),
        message=data["message"],
        form_key=data["form_key"],
        or_wait=or_wait,
        fewer_is_fine=data.get("fewer_is_fine", False),
    )


def keep_draft(request, session: Session) -> None:
    """Keeps what was typed while the booker signs in: the fields of the forms, and nothing longer than they take."""
    kept = QueryDict(mutable=True)
    for name in [*BookerForm.base_fields, *_names_of_rows(), *_names_of_management()]:
        if name in request.POST:
            kept[name] = request.POST[name][:LONGEST]
    request.session[DRAFTS] = request.session.get(DRAFTS, {}) | {session.code: kept.urlencode()}


def draft(request, session: Session) -> QueryDict | None:
    """What was typed before the sign-in, for the organisation that the booker turned out to belong to."""
    kept = request.session.get(DRAFTS, {}).get(session.code)
    if kept is None:
        return None
    data = QueryDict(kept, mutable=True)
    own = bookable_by(request.user).first()
    if own and "organisation" not in data:
        data["organisation"] = str(own.pk)
    return data


def drop_draft(request, session: Session) -> None:
    """Forgets what was typed, once it is booked."""
    drafts = request.session.get(DRAFTS, {})
    if drafts.pop(session.code, None):
        request.session[DRAFTS] = drafts


def _names_of_rows() -> list[str]:
    return [f"{PREFIX}-{row}-{name}" for row in range(MOST_SEATS) for name in ParticipantForm.base_fields]


def _names_of_management() -> list[str]:
    return [f"{PREFIX}-{name}" for name in ManagementForm.base_fields]


def _organisation(form: BookerForm, *, by):
    data = form.cleaned_data
    if data.get("organisation"):
        return data["organisation"]
    if not data.get("organisation_name"):
        return None
    if known := form.known_organisation:
        return membership.join(known, by=by).organisation
    return membership.propose(name=data["organisation_name"], sector=data["sector"], city=data["city"], by=by).organisation
