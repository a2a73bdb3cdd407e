"""What the tests of the organiser's screens share."""

from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in


def organiser(client):
    """An organiser, signed in with the second factor."""
    return sign_in(client, UserFactory(groups=["Organisatoren"], first_name="Ilse", last_name="Organisator"))


def url(name: str, *args) -> str:
    """The address of one of the organiser's screens."""
    return reverse(f"organise:{name}", args=args)


def own_queries(client, url) -> int:
    """How many queries about our rows this page costs; the admin's own frame (session, rights, menu) is left out."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    ours = ("trainings_", "shared_outboxmessage", "library_", "network_")
    return sum(any(f'FROM "{name}' in query["sql"] for name in ours) and "cataloguepage" not in query["sql"] for query in queries)


def as_sent(form) -> dict:
    """What the browser sends back of a form that nobody touched."""
    sent = {}
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if isinstance(widget, forms.CheckboxInput):
            sent |= {bound.html_name: "on"} if value else {}
        elif isinstance(value, list):
            sent[bound.html_name] = [getattr(each, "pk", each) for each in value]
        else:
            shown = widget.format_value(value)
            sent[bound.html_name] = ("".join(shown) if isinstance(shown, list) else shown) or ""
    return sent


def told(response) -> list[str]:
    """The messages that the next page shows, after following the redirect."""
    return [str(message) for message in response.context["messages"]]
