"""Organisations, and the mail domains by which their people are recognised."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.library.models import Sector

# States in which somebody belongs to an organisation: active, or awaiting confirmation.
BELONGING = ("requested", "active")


class OrganisationQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(state=Organisation.State.CONFIRMED)

    def to_confirm(self):
        return self.filter(state=Organisation.State.PROPOSED)

    def trusting(self, user):
        """Confirmed organisations whose members are known by the domain of this person's address, unless it was sent away there."""
        known = self.confirmed().filter(mail_domains__domain=user.email.rpartition("@")[2].lower())
        return known.exclude(memberships__in=user.memberships.exclude(state__in=BELONGING))

    def matching(self, words: str):
        """Each of these words stands in the name or in the city."""
        found = self
        for word in words.split()[:8]:
            found = found.filter(Q(name__icontains=word) | Q(city__icontains=word))
        return found

    def called(self, name: str, city: str):
        """The one with exactly this name in this city, capitals aside, or None; of a merged one that which took it up."""
        found = (
            self.annotate(plain_name=Lower("name"), plain_city=Lower("city"))
            .filter(plain_name=Lower(Value(name)), plain_city=Lower(Value(city)))
            .select_related("merged_into")
        )
        # Two may have the name when the one that stayed took it over: the one that stands goes first.
        standing = sorted(found, key=lambda one: one.state == Organisation.State.MERGED)
        return standing[0].standing if standing else None

    def of(self, user):
        """Where this person is a member, active or awaiting confirmation."""
        return self.filter(memberships__user=user, memberships__state__in=BELONGING).distinct()

    def standing(self):
        """Those that were not merged into another one."""
        return self.exclude(state=Organisation.State.MERGED)


class Organisation(models.Model):
    """A partner: a school, a youth club, a police zone, a firm. Proposed by a partner, confirmed by the team.

    Steps: proposed → confirmed | refused; refused → proposed; each → merged, which stays so that old lists make sense.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        MERGED = "merged", _("merged")

    name = models.CharField(_("name"), max_length=160)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, verbose_name=_("sector"), related_name="organisations")
    city = models.CharField(_("city"), max_length=80, default="Gent")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    notes = models.TextField(_("notes of the team"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
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
                condition=~Q(state="merged"),
                name="network_one_organisation_per_name_and_city",
                violation_error_message=_("There is an organisation with this name in this city already."),
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | ~Q(state="merged") & Q(merged_into__isnull=True),
                name="network_merged_organisation_says_into_which",
                violation_error_message=_("A merged organisation says into which one."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def standing(self) -> "Organisation":
        """This one, or the one that took it up."""
        return self.merged_into or self


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
