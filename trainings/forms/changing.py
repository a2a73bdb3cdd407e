"""What somebody types to change a booking: who comes instead, what is put right, who takes a seat that came free."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shared.forms import AskedRowsField, PlainCharField
from trainings import changing
from trainings.models import HistoryEntry, Offer, Participant
from trainings.refusals import BookingRefused
from trainings.seats import Person

TWICE = timedelta(minutes=2)


class GiveBackForm(forms.Form):
    """Why somebody cannot come; nobody has to say it."""

    reason = PlainCharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("The team, who booked and the training coordinator of your organisation read this."),
    )


class RefuseForm(forms.Form):
    """Why a booking is not approved; who booked reads it."""

    reason = PlainCharField(label=_("Reason"), max_length=300, help_text=_("Who booked reads this."))


class ChangeSeatForm(forms.Form):
    """Who has a seat: the same person written right, or somebody else."""

    SAME, OTHER = "same", "other"

    who = forms.ChoiceField(
        label=_("What changes?"),
        choices=[(OTHER, _("somebody else comes")), (SAME, _("the same person comes, but a detail is wrong"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    first_name = PlainCharField(label=_("First name"), max_length=80)
    family_name = PlainCharField(label=_("Family name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("For the invitation in the calendar. Leave it empty and all mail goes to who booked."),
    )
    function = PlainCharField(label=_("Function"), max_length=80, required=False)
    reason = PlainCharField(label=_("Reason"), max_length=300, required=False)

    def __init__(self, *args, participant: Participant, as_team: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.participant, self.as_team = participant, as_team
        for name in ("first_name", "family_name", "email", "function"):
            self.initial.setdefault(name, getattr(participant, name))
        if as_team:
            self.fields["reason"].help_text = _("Needed when somebody else comes; it stands in the mail about it.")

    @property
    def is_replaced(self) -> bool:
        """Whether somebody else takes the seat."""
        return self.cleaned_data["who"] == self.OTHER

    @property
    def done(self) -> str:
        """What to say when it is done."""
        if self.is_replaced:
            return str(_("The seat is %(name)s's now. Everybody concerned gets a mail.")) % {"name": self._person.first_name}
        return str(_("The details are put right."))

    def clean(self):
        facts = super().clean()
        if facts.get("who") != self.OTHER or self.errors:
            return facts
        if self._is_who_has_the_seat and self._was_just_sent():
            # A form sent twice: this person has the seat, with the function that they were given then.
            return facts | {"function": self.participant.function}
        if self._is_who_has_the_seat:
            self.add_error("first_name", _("Fill in who comes instead."))
        if self.as_team and not facts["reason"]:
            # The team changes what others booked: they read why.
            self.add_error("reason", self.fields["reason"].error_messages["required"])
        if facts["function"] == self.participant.function:
            # What stood there was the function of who leaves.
            facts["function"] = ""
        return facts

    def save(self, *, by) -> Participant:
        """Does what was chosen; raises `BookingRefused`."""
        verb = changing.replace_participant if self.is_replaced else changing.correct_details
        return verb(self.participant, self._person, by=by, reason=self.cleaned_data["reason"], as_team=self.as_team)

    def refuse(self, refusal: BookingRefused) -> None:
        """Shows beside the right field why it was refused."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    @property
    def _is_who_has_the_seat(self) -> bool:
        typed = self._person.columns()
        return all(typed[name] == getattr(self.participant, name) for name in ("first_name", "family_name", "email"))

    def _was_just_sent(self) -> bool:
        since = timezone.now() - TWICE
        replaced = HistoryEntry.objects.filter(booking=self.participant.booking_id, verb=HistoryEntry.Verb.REPLACED, at__gt=since)
        return replaced.filter(detail__contains=f" → {self.participant}").exists()

    @property
    def _person(self) -> Person:
        return Person(**{name: self.cleaned_data[name] for name in ("first_name", "family_name", "email", "function")})


class OfferForm(forms.Form):
    """Whether seats that came free are taken, and by whom where there are fewer than asked for."""

    answer = forms.ChoiceField(choices=[("accept", _("accept")), ("refuse", _("refuse"))])
    people = AskedRowsField(
        label=_("Who comes?"),
        queryset=Participant.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, offer: Offer, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer = offer
        waiting = offer.entry.booking.participants.waiting().order_by("pk")
        if waiting.count() > offer.seats:
            self.fields["people"].queryset = waiting
        else:
            del self.fields["people"]

    @property
    def is_refused(self) -> bool:
        """Whether the seats are left to somebody else."""
        return self.cleaned_data["answer"] == "refuse"

    def clean(self):
        cleaned = super().clean()
        chosen = cleaned.get("people")
        if cleaned.get("answer") == "accept" and chosen is not None and not 0 < len(chosen) <= self.offer.seats:
            most = self.offer.seats
            sentence = ngettext("Choose one person.", "Choose one person at least and %(n)s at most.", most) % {"n": most}
            self.add_error("people", sentence)
        return cleaned
