"""Somebody of each role, signed in with a second factor."""

from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in

TEAM = ["Organisatoren", "Redactie", "Coördinatie", "Stuurgroep", "Beheer"]


def member(client, group: str):
    """Signs a member of this group in."""
    return sign_in(client, UserFactory(groups=[group]))
