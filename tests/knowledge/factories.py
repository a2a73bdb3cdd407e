"""Themes, sectors and organisations."""

import factory
from factory.django import DjangoModelFactory

from knowledge.library.models import Sector, Theme
from knowledge.network.models import Membership, Organisation
from tests.people.factories import UserFactory


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme
        django_get_or_create = ("slug",)

    slug = "polarisering"
    name = factory.LazyAttribute(lambda theme: theme.slug.capitalize())


class SectorFactory(DjangoModelFactory):
    class Meta:
        model = Sector
        django_get_or_create = ("slug",)

    slug = "onderwijs"
    name = factory.LazyAttribute(lambda sector: sector.slug.capitalize())


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"School {n}")
    sector = factory.SubFactory(SectorFactory)
    state = Organisation.State.CONFIRMED


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    state = Membership.State.ACTIVE
