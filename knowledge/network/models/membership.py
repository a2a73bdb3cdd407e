"""Who belongs to which organisation."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .organisation import BELONGING, Organisation


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

    def coordinators(self):
        """Those who coordinate the trainings of their organisation."""
        return self.active().filter(role=Membership.Role.COORDINATOR)

    def by_name(self):
        """As a list of people is read."""
        return self.order_by(Lower("user__last_name"), Lower("user__first_name"), "pk")


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

    CURRENT = BELONGING

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

    @property
    def is_coordinator(self) -> bool:
        """Whether this person coordinates the trainings of the organisation now."""
        return self.state == self.State.ACTIVE and self.role == self.Role.COORDINATOR
