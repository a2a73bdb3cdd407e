"""Organisations, and the people who belong to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.library.models import Sector


class OrganisationQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(state=Organisation.State.CONFIRMED)

    def to_confirm(self):
        return self.filter(state=Organisation.State.PROPOSED)

    def trusting(self, email: str):
        """Confirmed organisations whose members are known by the domain of this address."""
        domain = email.rpartition("@")[2].lower()
        return self.confirmed().filter(mail_domains__domain=domain)

    def matching(self, words: str):
        """Each of these words stands in the name or in the city."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(Q(name__icontains=word) | Q(city__icontains=word))
        return found

    def called(self, name: str, city: str):
        """The one with exactly this name in this city, capitals aside, or None."""
        return (
            self.annotate(plain_name=Lower("name"), plain_city=Lower("city"))
            .filter(plain_name=Lower(Value(name)), plain_city=Lower(Value(city)))
            .first()
        )

    def of(self, user):
        """Where this person is a member, active or awaiting confirmation."""
        return self.filter(memberships__user=user, memberships__state__in=Membership.CURRENT).distinct()


class Organisation(models.Model):
    """A partner: a school, a youth club, a police zone, a firm. Proposed by a partner, confirmed by the team."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")

    name = models.CharField(_("name"), max_length=160)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, verbose_name=_("sector"), related_name="organisations")
    city = models.CharField(_("city"), max_length=80, default="Gent")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    notes = models.TextField(_("notes of the team"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                Lower("city"),
                name="network_one_organisation_per_name_and_city",
                violation_error_message=_("There is an organisation with this name in this city already."),
            )
        ]

    def __str__(self):
        return self.name


class MailDomain(models.Model):
    """The part after the @ by which an organisation's people are recognised; they join at once."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mail_domains")
    domain = models.CharField(_("mail domain"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("mail domain")
        verbose_name_plural = _("mail domains")
        ordering = ["domain"]

    def __str__(self):
        return self.domain

    def clean(self):
        self.domain = self.domain.strip().lower().lstrip("@")


class MembershipQuerySet(models.QuerySet):
    def current(self):
        """Active, or awaiting confirmation."""
        return self.filter(state__in=Membership.CURRENT)

    def shown(self):
        """What its owner still wants to know of: what is current, and what was refused."""
        return self.filter(state__in=[*Membership.CURRENT, Membership.State.REFUSED])

    def active(self):
        return self.filter(state=Membership.State.ACTIVE)

    def to_confirm(self):
        return self.filter(state=Membership.State.REQUESTED)


class Membership(models.Model):
    """Somebody belongs to an organisation, as a member or as its training coordinator.

    Steps: requested → active | refused; active → ended.
    """

    class Role(models.TextChoices):
        MEMBER = "member", _("member")
        COORDINATOR = "coordinator", _("training coordinator")

    class State(models.TextChoices):
        REQUESTED = "requested", _("requested")
        ACTIVE = "active", _("active")
        REFUSED = "refused", _("refused")
        ENDED = "ended", _("ended")

    CURRENT = (State.REQUESTED, State.ACTIVE)

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REQUESTED)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(state__in=["requested", "active"]),
                name="network_one_current_membership",
                violation_error_message=_("This person belongs to this organisation already."),
            )
        ]

    def __str__(self):
        return f"{self.user} · {self.organisation}"
