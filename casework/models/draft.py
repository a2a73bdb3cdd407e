"""What somebody had typed when their session was locked."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from casework.keyring.sealed import SealedJSON


class Draft(models.Model):
    """A form as it stood, sealed, for one account and one page: it is shown there again, once (see `casework.entrance.drafts`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    path = models.CharField(max_length=300)
    made_at = models.DateTimeField(default=timezone.now)
    content = SealedJSON()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="casework_one_draft_a_page")]

    def __str__(self):
        return f"draft {self.id}"
