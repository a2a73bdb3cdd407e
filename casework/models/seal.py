"""The seal on an account: what the database says somebody is, as the application left it."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class AccountSeal(models.Model):
    """One MAC over an account, its roles and its means to sign in (see `entrance.seals`); without it the account opens nothing.

    A row of its own and not a column of the account: Django rewrites the hash of a password at a sign-in.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="seal")
    mac = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"seal of {self.user_id}"
