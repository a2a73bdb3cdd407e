"""What the team types about an organisation, and why it refuses."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from knowledge.network import coordinating
from knowledge.network.models import MailDomain, Membership, Organisation
from knowledge.network.refusals import LastCoordinator


class OrganisationForm(WagtailAdminModelForm):
    """An organisation, and the mail domains that its people are recognised by: one a line."""

    domains = forms.CharField(
        label=_("Mail domains"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, such as school.be. Who has an address there joins at once. Never a domain that anybody can have."),
    )

    class Meta:
        model = Organisation
        fields = ["name", "sector", "city", "notes"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["domains"] = "\n".join(self.instance.mail_domains.values_list("domain", flat=True))

    def clean(self):
        cleaned = super().clean()
        if self.instance.state == Organisation.State.MERGED:
            sentence = _("This organisation went up in %(name)s. Change that one.")
            self.add_error(None, ValidationError(sentence, params={"name": self.instance.standing}))
        return cleaned

    def clean_domains(self):
        domains = list(dict.fromkeys(line.strip().lower().lstrip("@") for line in self.cleaned_data["domains"].split()))
        for domain in domains:
            self._refuse_unfit(domain)
        return domains

    def _refuse_unfit(self, domain: str) -> None:
        MailDomain._meta.get_field("domain").run_validators(domain)
        if "." not in domain or "/" in domain or "@" in domain:
            raise ValidationError(_("“%(domain)s” is no mail domain."), params={"domain": domain})
        taken = (
            MailDomain.objects.filter(domain=domain).exclude(organisation=self.instance.pk).select_related("organisation").first()
        )
        if taken:
            params = {"domain": domain, "organisation": taken.organisation}
            raise ValidationError(_("“%(domain)s” belongs to %(organisation)s already."), params=params)

    @transaction.atomic
    def save(self, commit=True):
        if not self.instance.pk:
            # What the team adds itself, it knows.
            self.instance.state = Organisation.State.CONFIRMED
        organisation = super().save(commit)
        organisation.mail_domains.exclude(domain__in=self.cleaned_data["domains"]).delete()
        for domain in self.cleaned_data["domains"]:
            MailDomain.objects.get_or_create(organisation=organisation, domain=domain)
        return organisation


class RoleForm(WagtailAdminModelForm):
    """Which role a member has; who takes the only coordinator away says so."""

    knowingly = forms.BooleanField(label=_("Nobody need coordinate the trainings of this organisation"), required=False)

    class Meta:
        model = Membership
        fields = ["role"]

    def clean(self):
        cleaned = super().clean()
        before = Membership.objects.get(pk=self.instance.pk)
        takes_back = before.is_coordinator and cleaned.get("role") == Membership.Role.MEMBER
        if takes_back and not cleaned["knowingly"] and coordinating.is_last(before):
            self.add_error("knowingly", LastCoordinator.sentence)
        if before.state != Membership.State.ACTIVE:
            self.add_error(None, _("Only somebody who belongs to the organisation has a role in it."))
        return cleaned

    def save(self, commit=True):
        # By the verbs, which lock, remember and mail; the instance holds the new role already.
        set_role = coordinating.make_coordinator if self.instance.role == Membership.Role.COORDINATOR else _make_member
        set_role(self.instance, by=self.for_user)
        return self.instance


def _make_member(member: Membership, *, by) -> None:
    coordinating.make_member(member, by=by, knowingly=True)


class RefusalForm(forms.Form):
    """Why; who asked reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in the mail."),
    )
