"""What a participant needs to be able to take part; told by the participant, forgotten after the session."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .booking import Participant


class AccessNeed(models.Model):
    """What one participant asks of place or material (toegankelijkheidsnood); never on paper, deleted after the session."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="access_need")
    text = models.TextField(_("what you need"), max_length=1000)
    told_at = models.DateTimeField(_("told"), default=timezone.now)

    class Meta:
        verbose_name = _("access need")
        verbose_name_plural = _("access needs")

    def __str__(self):
        # Never the text: names of rows end in logs and titles.
        return f"{self._meta.verbose_name} {self.pk}"
