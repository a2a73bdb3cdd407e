"""What two people decide together about an account: that somebody comes in, starts anew, or gets other roles.

    PROPOSED → REFUSED | WITHDRAWN | APPROVED;  APPROVED → USED | WITHDRAWN, or it runs out after two days
    a change of roles takes effect when it is approved, and is USED then

The one-time code has two halves. Who proposes sees the first one, who approves the second; kept are keyed hashes of both.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .access import Role

VALID_FOR = timedelta(hours=48)


class InvitationQuerySet(models.QuerySet):
    def proposed(self):
        """What waits for a second person."""
        return self.filter(state=Invitation.State.PROPOSED)

    def open(self):
        """What waits for somebody: for a second person, or for the one who was invited."""
        usable = Q(state=Invitation.State.APPROVED, expires_at__gt=timezone.now())
        return self.filter(Q(state=Invitation.State.PROPOSED) | usable)

    def usable(self):
        """Whose code counts now."""
        return self.filter(state=Invitation.State.APPROVED, expires_at__gt=timezone.now()).exclude(kind=Invitation.Kind.ROLES)

    def decidable_by(self, user):
        """What this account may approve: proposed by somebody else, and about somebody else."""
        return self.proposed().exclude(proposed_by=user).exclude(account=user)


class Invitation(models.Model):
    """One proposal, and what became of it; `mac` is its seal: a row that somebody wrote into the database invites nobody."""

    class Kind(models.TextChoices):
        NEW = "new", _("invitation")
        RESET = "reset", _("new sign-in")
        ROLES = "roles", _("other roles")
        FIRST = "first", _("first administrator")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        APPROVED = "approved", _("waits for the one invited")
        USED = "used", _("done")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("family name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    roles = models.JSONField(_("roles"), default=list)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    first_half = models.CharField(max_length=64, blank=True)
    second_half = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="first")
                | Q(proposed_by__isnull=False, approved_by=None) & ~Q(state__in=["approved", "used"])
                | Q(proposed_by__isnull=False, approved_by__isnull=False) & ~Q(proposed_by=F("approved_by")),
                name="casework_two_people_decide",
                violation_error_message=_("Two people decide this, never one."),
            ),
            models.CheckConstraint(
                condition=Q(account=None) | (~Q(proposed_by=F("account")) & (Q(approved_by=None) | ~Q(approved_by=F("account")))),
                name="casework_nobody_decides_about_themselves",
                violation_error_message=_("Nobody decides about the own account."),
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(expires_at__isnull=False),
                name="casework_a_code_runs_out",
                violation_error_message=_("A one-time code has a last moment."),
            ),
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(state="proposed") | Q(state="approved"),
                name="casework_one_open_proposal",
                violation_error_message=_("Something about this address is waiting already."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.id}"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def role_names(self) -> list:
        return [Role.Kind(kind).label for kind in self.roles]

    @property
    def has_run_out(self) -> bool:
        return self.state == self.State.APPROVED and self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def has_code(self) -> bool:
        """Whether somebody types a code for it: for other roles nobody does."""
        return self.kind != self.Kind.ROLES
