"""What a training coordinator decides about somebody of the organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from . import coordinating, membership
from .models import Membership
from .refusals import NetworkRefused

CONFIRM, REFUSE, COORDINATOR, MEMBER = "confirm", "refuse", "coordinator", "member"
CHOICES = {CONFIRM: _("Confirm"), REFUSE: _("Refuse"), COORDINATOR: _("Make coordinator"), MEMBER: _("Take the role back")}


class KnowinglyForm(forms.Form):
    """For what would leave an organisation without a training coordinator."""

    knowingly = forms.BooleanField(
        label=_("I know that nobody coordinates the trainings afterwards"),
        required=False,
        help_text=_("Our team then decides on requests of colleagues alone."),
    )

    def refuse(self, refusal) -> None:
        """Puts what was refused beside its field."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)


class MemberForm(KnowinglyForm):
    """One decision, by the button that was pressed."""

    decision = forms.ChoiceField(
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose one of the buttons."), "invalid_choice": _("Choose one of the buttons.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in the mail."),
    )

    def __init__(self, *args, member: Membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member
        self.fields["decision"].choices = [(name, CHOICES[name]) for name in decisions_on(member)]
        if not coordinating.is_last(member):
            del self.fields["knowingly"]

    def save(self, *, by) -> bool:
        """Does what was decided; whether it could be done, errors stand in the form."""
        facts = self.cleaned_data
        decide = {
            CONFIRM: lambda: membership.confirm_member(self.member, by=by),
            REFUSE: lambda: membership.refuse_member(self.member, by=by, reason=facts["reason"]),
            COORDINATOR: lambda: coordinating.make_coordinator(self.member, by=by),
            MEMBER: lambda: coordinating.make_member(self.member, by=by, knowingly=facts.get("knowingly", False)),
        }
        try:
            decide[facts["decision"]]()
        except NetworkRefused as refusal:
            self.refuse(refusal)
        return self.is_valid()


def decisions_on(member: Membership) -> tuple[str, ...]:
    """What can be decided about this member now."""
    if member.state == Membership.State.REQUESTED:
        return CONFIRM, REFUSE
    return (MEMBER,) if member.role == Membership.Role.COORDINATOR else (COORDINATOR,)
