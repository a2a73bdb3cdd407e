"""Who takes the bookings over of somebody who leaves an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.network import coordinating
from knowledge.network.forms_members import KnowinglyForm
from knowledge.network.models import Membership, Organisation
from knowledge.network.refusals import NetworkRefused

from .handing_over import hand_over, leave
from .refusals import BookingRefused

NOBODY = "nobody"


class LeaveForm(KnowinglyForm):
    """Ends a membership, and asks who takes over what is still to come; afterwards it hands over only."""

    to = forms.ChoiceField(label=_("Who takes the bookings over?"), error_messages={"required": _("Choose somebody, or nobody.")})

    field_order = ["to", "knowingly"]

    def __init__(self, *args, organisation: Organisation, person, membership: Membership | None, has_bookings: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation, self.person, self.membership = organisation, person, membership
        self.colleagues = {
            str(other.user_id): other.user
            for other in organisation.memberships.active().exclude(user=person).select_related("user").by_name()
        }
        nobody = [(NOBODY, _("nobody: they stay with who booked them"))] if membership else []
        people = [(key, str(user)) for key, user in self.colleagues.items()]
        self.fields["to"].choices = [("", _("Choose a colleague")), *people, *nobody]
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
