"""Who takes over one booking, or the bookings of somebody who leaves an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.network import coordinating
from knowledge.network.forms_members import KnowinglyForm
from knowledge.network.models import Membership, Organisation
from knowledge.network.refusals import NetworkRefused
from trainings.models import Booking
from trainings.organisations.handing_over import colleagues, hand_one_over, hand_over, leave
from trainings.refusals import BookingRefused

NOBODY = "nobody"


class LeaveForm(KnowinglyForm):
    """Ends a membership, and asks who takes over what is still to come; afterwards it hands over only."""

    to = forms.ChoiceField(label=_("Who takes the bookings over?"), error_messages={"required": _("Choose somebody, or nobody.")})

    field_order = ["to", "knowingly"]

    def __init__(self, *args, organisation: Organisation, person, membership: Membership | None, has_bookings: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation, self.person, self.membership = organisation, person, membership
        self.colleagues = _by_key(colleagues(organisation, of=person))
        nobody = [(NOBODY, _("nobody: they stay with who booked them"))] if membership else []
        self.fields["to"].choices = [*_choices(self.colleagues), *nobody]
        if not has_bookings:
            del self.fields["to"]
        if not membership or not coordinating.is_last(membership):
            del self.fields["knowingly"]

    def save(self, *, by) -> bool:
        """Does it; whether it could be done, errors stand in the form."""
        to = self.colleagues.get(self.cleaned_data.get("to", ""))
        try:
            if self.membership:
                leave(self.membership, by=by, to=to, knowingly=self.cleaned_data.get("knowingly", False))
            else:
                hand_over(self.organisation, of=self.person, to=to, by=by)
        except (NetworkRefused, BookingRefused) as refusal:
            self.refuse(refusal)
        return self.is_valid()


class HandOverForm(forms.Form):
    """Which colleague takes one booking over."""

    to = forms.ChoiceField(label=_("Who takes this booking over?"), error_messages={"required": _("Choose a colleague.")})

    def __init__(self, *args, booking: Booking, **kwargs):
        super().__init__(*args, **kwargs)
        self.booking = booking
        organisation = booking.organisation
        self.colleagues = _by_key(colleagues(organisation, of=booking.booked_by) if organisation else [])
        self.fields["to"].choices = _choices(self.colleagues)

    def save(self, *, by):
        """Hands it over; gives who has it now, or None, and errors stand in the form."""
        to = self.colleagues[self.cleaned_data["to"]]
        try:
            hand_one_over(self.booking, to=to, by=by)
        except BookingRefused as refusal:
            self.add_error(refusal.field, refusal.sentence)
            return None
        return to


def _by_key(people) -> dict:
    return {str(user.pk): user for user in people}


def _choices(people: dict) -> list:
    return [("", _("Choose a colleague")), *[(key, str(user)) for key, user in people.items()]]
