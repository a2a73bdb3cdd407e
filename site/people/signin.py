"""Signing in and making an account are one thing: an address, and a code sent to it."""

from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from .forms import RequestCodeForm
from .models import User

UNCONFIRMED_FOR = timedelta(days=1)


def send_code(request: HttpRequest, email: str, next_url: str = "") -> HttpResponse:
    """Mails a sign-in code to this address and leads to the page where it is typed, and from there on to `next_url`.

    An address that no account has gets one, unproved until the code is typed: both look the same from outside.
    An address that can't be, or a code too many, shows the sign-in page with the reason beside the field.
    """
    next_url = safe_next(request, next_url)
    if request.user.is_authenticated:
        return redirect(next_url or get_adapter(request).get_login_redirect_url(request))
    form = RequestCodeForm({"email": email})
    if not form.is_valid():
        return render(request, "account/login.html", {"form": form, "next": next_url})
    address = form.cleaned_data["email"]
    with transaction.atomic():
        user = form.user or _unproved_account(address)
        LoginCodeVerificationProcess.initiate(request=request, user=user, email=address)
    return redirect(with_next("account_confirm_login_code", next_url))


def _unproved_account(address: str) -> User | None:
    users = get_user_model().objects
    if users.filter(email__iexact=address).exists():
        return None  # closed by the team: nothing is sent, and the page looks the same
    try:
        with transaction.atomic():
            user = users.create_user(address)
            EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
            return user
    except IntegrityError:  # typed twice at the same moment
        return users.get(email=address)


def safe_next(request: HttpRequest, url: str | None = None) -> str:
    """Where to go on to: an address of this very site, from its root on, or nothing."""
    if url is None:
        url = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    # What does not begin with a slash would be taken for the name of a view.
    return url if url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None) else ""


def with_next(name: str, next_url: str) -> str:
    """The address of the page called `name`, with where to go on to."""
    return reverse(name) + (f"?{urlencode({REDIRECT_FIELD_NAME: next_url})}" if next_url else "")


def forget_unconfirmed() -> int:
    """Removes accounts whose address was typed but never proved; returns how many."""
    old = timezone.now() - UNCONFIRMED_FOR
    unproved = get_user_model().objects.filter(date_joined__lt=old, last_login=None)
    # Only what `send_code` made has an unproved address; an account made by the team has none at all until it is used.
    typed = unproved.filter(emailaddress__verified=False, groups=None, is_staff=False, is_superuser=False)
    return sum(_forget(user) for user in typed.exclude(emailaddress__verified=True))


def forget_ended_sessions() -> int:
    """Removes what is remembered of sessions that are over, network address and browser; returns how many."""
    going_on = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return UserSession.objects.exclude(session_key__in=going_on).delete()[0]


def _forget(user: User) -> int:
    try:
        with transaction.atomic():
            user.delete()
            return 1
    except ProtectedError:  # the team did something for this person meanwhile
        return 0
