"""A worry that somebody refers in confidence, and what comes of it.

    SUBMITTED → IN_CONSULT → ADVISED_CLOSED | REDIRECTED | TO_PREVENTION
    SUBMITTED | IN_CONSULT → WITHDRAWN, by the referrer; what is closed → EXPIRED, by retention

Names and words lie sealed, each compartment in a row of its own: the referrer's words here, who the referrer is, and who the person
of concern is. Plain by choice: state, day, source, owner. Source of the rules: the team's own text, invariants I1 to I10.
"""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.keyring.sealed import SealedJSON
from exchange.receipts import ALPHABET, as_meant

from .access import Grant


def new_reference() -> str:
    """What people call a referral aloud: six characters, like K7F-2QM, that say nothing about it."""
    text = "".join(secrets.choice(ALPHABET) for _at in range(6))
    return f"{text[:3]}-{text[3:]}"


def reference_in(typed: str) -> str:
    """The reference that somebody typed."""
    text = as_meant(typed)
    return f"{text[:3]}-{text[3:]}"


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Referrals of which this user is the case manager now; an unassigned one is nobody's to read (I3)."""
        return self.filter(grants__user=user, grants__ended_at=None, grants__kind="case_manager").distinct()

    def unassigned(self):
        """Referrals that wait for a case manager, the oldest first: to be taken, not to be read."""
        held = Grant.objects.filter(referral=OuterRef("pk"), ended_at=None)
        return self.filter(~Exists(held), state=Referral.State.SUBMITTED).order_by("day", "reference")

    def open(self):
        return self.filter(state__in=[Referral.State.SUBMITTED, Referral.State.IN_CONSULT])


class Referral(models.Model):
    """What somebody referred; `outline` is what an unassigned one shows (its sector), `words` the rest."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("not taken yet")
        IN_CONSULT = "in_consult", _("in consultation")
        ADVISED_CLOSED = "advised_closed", _("closed with advice")
        REDIRECTED = "redirected", _("redirected")
        TO_PREVENTION = "to_prevention", _("to prevention")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("erased at the end of its term")

    class Source(models.TextChoices):
        FORM = "form", _("the form on the site")
        PHONE = "phone", _("phone")
        VISIT = "visit", _("visit")
        MAIL = "mail", _("e-mail or letter")
        MEMBER = "member", _("a member of the consultation")

    STEPS = {
        State.SUBMITTED: {State.IN_CONSULT, State.WITHDRAWN},
        State.IN_CONSULT: {State.ADVISED_CLOSED, State.REDIRECTED, State.TO_PREVENTION, State.WITHDRAWN},
        State.ADVISED_CLOSED: {State.EXPIRED},
        State.REDIRECTED: {State.EXPIRED},
        State.TO_PREVENTION: {State.EXPIRED},
        State.WITHDRAWN: {State.EXPIRED},
        State.EXPIRED: set(),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=7, unique=True, default=new_reference, editable=False)
    day = models.DateField(_("day"), default=timezone.localdate)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.FORM, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.SUBMITTED)
    changed_on = models.DateField(_("last change"), default=timezone.localdate)
    answer_due = models.DateField(_("answer due"), null=True, blank=True)
    has_news = models.BooleanField(_("something new"), default=False)
    erase_on = models.DateField(_("erased on"), null=True, blank=True)
    lookup = models.CharField(max_length=64, null=True, blank=True, unique=True)
    answer_key = models.BinaryField(max_length=32, null=True, blank=True)
    code_mac = models.CharField(max_length=64, blank=True)  # see `entrance.seals`: answers go to who holds this code
    outline = SealedJSON()
    words = SealedJSON()

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints = [
            models.CheckConstraint(
                condition=Q(lookup=None, answer_key=None) | Q(lookup__isnull=False, answer_key__isnull=False),
                name="casework_code_is_whole",
                violation_error_message=_("A code has both a look-up and a key for its answers."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["submitted", "in_consult"]) | Q(erase_on__isnull=False),
                name="casework_everything_closed_has_an_end",
                violation_error_message=_("What is closed has a day on which it is erased."),
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.SUBMITTED, self.State.IN_CONSULT)

    @property
    def is_late(self) -> bool:
        return bool(self.answer_due and self.answer_due < timezone.localdate())

    @property
    def has_code(self) -> bool:
        return bool(self.lookup)

    @property
    def can_be_answered(self) -> bool:
        return self.state not in (self.State.SUBMITTED, self.State.WITHDRAWN, self.State.EXPIRED)


class Referrer(models.Model):
    """Who referred, as far as they said: compartment B. None where nothing was said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="referrer")
    identity = SealedJSON()

    def __str__(self):
        return f"referrer of {self.referral_id}"


class SubjectIdentity(models.Model):
    """Who the person of concern is: compartment C, offered by the referrer only, closed by default (I1, I2).

    No row (NONE) → OFFERED → HELD → RELEASED; OFFERED | HELD → WITHDRAWN, which empties it.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        HELD = "held", _("held")
        RELEASED = "released", _("released")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Means(models.TextChoices):
        CODE = "code", _("with the code")
        PHONE = "phone", _("by phone")
        VISIT = "visit", _("during a visit")
        MAIL = "mail", _("by e-mail or letter")

    STEPS = {
        State.OFFERED: {State.HELD, State.WITHDRAWN},
        State.HELD: {State.RELEASED, State.WITHDRAWN},
        State.RELEASED: set(),
        State.WITHDRAWN: {State.OFFERED},
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="subject")
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    offered_on = models.DateField(default=timezone.localdate)
    means = models.CharField(max_length=10, choices=Means, default=Means.CODE)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    identity = SealedJSON()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(means="code", recorded_by=None) | (~Q(means="code") & Q(recorded_by__isnull=False)),
                name="casework_identity_is_offered_by_the_referrer",
                violation_error_message=_("Only the referrer offers an identity: with the code, or in words that were recorded."),
            )
        ]

    def __str__(self):
        return f"subject of {self.referral_id}"


class Message(models.Model):
    """One message between referrer and case manager: compartment A.

    `text` holds {"text": …}, and {"event": …} where the referrer took a step instead.
    """

    class Direction(models.TextChoices):
        IN = "in", _("from the referrer")
        OUT = "out", _("to the referrer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="thread")
    direction = models.CharField(max_length=3, choices=Direction)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    means = models.CharField(max_length=10, choices=SubjectIdentity.Means, default=SubjectIdentity.Means.CODE)
    text = SealedJSON()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"message {self.id}"


class Entry(models.Model):
    """What the case manager writes down about a referral; `text` holds {"text": …} and what belongs to its kind."""

    class Kind(models.TextChoices):
        NOTE = "note", _("note")
        ADVICE = "advice", _("advice")
        ACTION = "action", _("action taken")
        BOUNDARY = "boundary", _("judgement of the boundary")
        HANDOVER = "handover", _("hand-over")
        CLOSING = "closing", _("closing")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = SealedJSON()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.kind} {self.id}"
