"""People who can sign in."""

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from people.models import User


class UserFactory(DjangoModelFactory):
    """A partner with a proved address; `groups=["Organisatoren"]` makes a member of the team."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@school.demo")
    first_name = "Noor"
    last_name = factory.Sequence(lambda n: f"Peeters{n}")

    @factory.post_generation
    def proved(user, create, value, **kwargs):
        if create and value is not False:
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)

    @factory.post_generation
    def groups(user, create, names, **kwargs):
        for name in names or []:
            user.groups.add(Group.objects.get_or_create(name=name)[0])
