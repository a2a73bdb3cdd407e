"""Somebody who can sign in: the e-mail address is the name."""

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

# Where no mail ever arrives (RFC 2606): the address of an account that its owner removed.
REMOVED = "@removed.invalid"


class UserManager(BaseUserManager):
    """Makes accounts from an address; without a password one signs in by e-mailed code or passkey."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=email.strip().lower(), **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str):
        return self.get(email__iexact=email)


class User(AbstractUser):
    """An account of one zone. Accounts with a group, staff and superusers need a second factor on every page."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("e-mail address"), unique=True, error_messages={"unique": _("There is an account with this address already.")}
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    objects = UserManager()  # type: ignore[assignment]

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="people_one_account_per_address",
                violation_error_message=_("There is an account with this address already."),
            )
        ]

    def __str__(self):
        return str(_("removed account")) if self.is_removed else self.get_full_name() or self.email

    @property
    def works_for_the_team(self) -> bool:
        """Whether this account can do more than a partner's; no query where its groups are at hand."""
        return self.is_staff or self.is_superuser or bool(self.groups.all())

    @property
    def is_removed(self) -> bool:
        """Whether this is what is left of an account: something that old bookings belong to."""
        return self.email.endswith(REMOVED)

    def clean(self):
        self.email = self.email.strip().lower()

    def save(self, *args, **kwargs):
        if not self.password:  # nothing at all counts as a password in Django's eyes, and would be asked for
            self.set_unusable_password()
        super().save(*args, **kwargs)
