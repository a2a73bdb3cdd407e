"""The city's own sign-in: the way there, and the link with it as its owner sees it."""

import logging

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from requests import RequestException

from casework.entrance import city_sign_in
from casework.entrance.step_up import stepped_up

from .methods import fills_in

logger = logging.getLogger(__name__)


def begin(request, provider_id):
    """On to the city; where it gives no answer that can be used, a page says so and leads back to the other ways in."""
    from allauth.socialaccount.providers.openid_connect import views  # installed only where the settings name such a sign-in

    try:
        return views.login(request, provider_id)
    except (RequestException, ValueError, KeyError) as error:
        logger.error("the city's sign-in gave no answer that can be used: %s", type(error).__name__)
        return render(request, "socialaccount/authentication_error.html", status=503)


@stepped_up
@fills_in
def link(request):
    """Links the own account, or ends that."""
    if not settings.OIDC_URL:
        raise Http404
    if request.method == "POST":
        city_sign_in.unlink(request.user)
        messages.success(request, _("The link is ended."))
        return redirect("account_city")
    return render(request, "casework/city_sign_in.html", {"is_linked": city_sign_in.is_linked(request.user)})
