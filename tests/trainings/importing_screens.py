"""What the tests of the import's screens share: who sends a file, and what comes back."""

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.users.models import UserProfile

from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in

UPLOAD = "/cms/vormingen-importeren/"
FILES = [f"{UPLOAD}catalogus.xlsx", f"{UPLOAD}sjabloon.xlsx"]


def member(client, group: str):
    """Somebody of the team who has the admin in English."""
    user = sign_in(client, UserFactory(groups=[group]))
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


def send(client, data: bytes, name: str = "catalogus.xlsx"):
    """Hands this file in as the form does."""
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, data)})


def page_of(response) -> str:
    """What the browser got, also when it came in pieces."""
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode()


def text_of(response) -> str:
    """The same on one line."""
    return " ".join(page_of(response).split())
