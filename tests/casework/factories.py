"""Referrals, and people who may read them."""

import factory
from factory.django import DjangoModelFactory

from casework.entrance import seals
from casework.models import Grant, Referral, Role
from people.models import User


class AccountFactory(DjangoModelFactory):
    """Somebody of the zone; `roles=["case_manager"]` says what they are."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"casemanager{n}@expo-r.demo")
    first_name = "Nadia"
    last_name = factory.Sequence(lambda n: f"Maes{n}")

    @factory.post_generation
    def roles(user, create, kinds, **kwargs):
        for kind in kinds or []:
            Role.objects.create(user=user, kind=kind)
        seals.seal_account(user)


class ReferralFactory(DjangoModelFactory):
    """A referral by the form; `manager=` takes it for somebody."""

    class Meta:
        model = Referral
        skip_postgeneration_save = True

    outline = factory.LazyFunction(lambda: {"sector": "onderwijs"})
    words = factory.LazyFunction(lambda: {"worry": "Een leerling praat over wapens."})

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        made = seals.seal_code(model_class(*args, **kwargs))
        made.save(force_insert=True)
        return made

    @factory.post_generation
    def manager(referral, create, user, **kwargs):
        if user:
            seals.seal_grant(Grant(user=user, referral=referral, by=user)).save()
            referral.state = Referral.State.IN_CONSULT
            referral.save()
