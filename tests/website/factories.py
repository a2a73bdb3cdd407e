"""Questions to the contact point."""

import uuid

import factory
from factory.django import DjangoModelFactory

from website.models import Question


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    name = "Ann Vraagster"
    email = factory.Sequence(lambda n: f"vraag{n}@school.demo")
    text = "Hoe begin ik een gesprek over een haatboodschap?"
    form_key = factory.LazyFunction(uuid.uuid4)
