"""A question to the contact point, and what the team did with it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _


class QuestionQuerySet(models.QuerySet):
    def open(self):
        """Those that still want an answer."""
        return self.exclude(state=Question.State.ANSWERED)


class Question(models.Model):
    """What somebody asked through the form of the contact point.

    Steps: new → taken → answered; taken → new when it is given back.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        TAKEN = "taken", _("taken up")
        ANSWERED = "answered", _("answered")

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    text = models.TextField(_("question"), max_length=5000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("taken up by")
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    form_key = models.UUIDField(unique=True, editable=False)
    created_at = models.DateTimeField(_("asked on"), default=timezone.now, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="answered") | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="website_answered_question_has_an_answer",
                violation_error_message=_("Write down the answer first."),
            )
        ]

    def __str__(self):
        return str(_("Question %(number)s")) % {"number": self.pk}

    @property
    def subject(self) -> str:
        """What messages about this question are filed under."""
        return f"question:{self.pk}"

    @property
    def beginning(self) -> str:
        """The first words, for a list."""
        return Truncator(" ".join(self.text.split())).chars(80)
