"""What the tests of the organiser's screens share."""

from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in


def organiser(client):
    """An organiser, signed in with the second factor."""
    return sign_in(client, UserFactory(groups=["Organisatoren"], first_name="Ilse", last_name="Organisator"))


def told(response) -> list[str]:
    """The messages that the next page shows, after following the redirect."""
    return [str(message) for message in response.context["messages"]]
