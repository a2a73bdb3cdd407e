"""The only mail that casework sends about referrals: that there is something new, and nothing more."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from casework.access import case_managers
from casework.models import Deputy, Grant, Referral
from shared import outbox
from shared.models import OutboxMessage

KIND = "casework_news"


def something_new(referral: Referral) -> None:
    """Tells its case manager and the deputy, or all case managers while nobody has taken it."""
    grant = Grant.objects.filter(referral=referral, ended_at=None).select_related("user__deputy__deputy").first()
    if grant:
        tell(_with_deputy(grant.user))
    elif referral.state == Referral.State.SUBMITTED:
        tell(case_managers())


def tell(users: list) -> None:
    """One mail for each, in the transaction of the caller; none to who has one waiting: it would say the same."""
    addresses = {user.email for user in users if user.is_active}
    waiting = OutboxMessage.objects.filter(kind=KIND, to__in=addresses, state=OutboxMessage.State.WAITING, attempts=0)
    addresses -= set(waiting.values_list("to", flat=True))
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("There is something new")
        text = render_to_string("casework/mail/news.txt", {"site_url": settings.SITE_URL}).strip() + "\n"
    outbox.queue_all([outbox.compose(kind=KIND, to=to, subject=subject, text=text) for to in sorted(addresses)])


def choose_deputy(user, deputy) -> None:
    """From now on this colleague gets the alerts of `user` too; nobody with None."""
    if deputy is None:
        Deputy.objects.filter(user=user).delete()
    else:
        Deputy.objects.update_or_create(user=user, defaults={"deputy": deputy})


def _with_deputy(user) -> list:
    named = getattr(user, "deputy", None)
    return [user, named.deputy] if named else [user]
