"""Organisations, the people who belong to them, and what happened to both."""

from .event import OrganisationEvent
from .membership import Membership, MembershipQuerySet
from .organisation import MailDomain, Organisation, OrganisationQuerySet

__all__ = ["MailDomain", "Membership", "MembershipQuerySet", "Organisation", "OrganisationEvent", "OrganisationQuerySet"]
