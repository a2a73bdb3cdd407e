"""Counting seats: the expressions with which lists count, and what is left for somebody new."""

from django.db import models
from django.db.models import Count, F, Min, OuterRef, QuerySet

# What would do for one of these waiting entries: all that it asks for, or one seat where fewer will do.
FEWEST = Min(models.Case(models.When(fewer_is_fine=True, then=1), default=F("seats"), output_field=models.IntegerField()))


def number_of(rows: QuerySet, session="pk"):
    """How many of these rows a session has, counted apart: two joins in one query would multiply each other."""
    numbers = rows.filter(session=OuterRef(session)).order_by().values("session").annotate(number=Count("pk")).values("number")
    return models.functions.Coalesce(models.Subquery(numbers), 0)


def free_seats(capacity: int, taken: int, wanted: int | None) -> int:
    """Seats that somebody new may book: none while somebody waits for whom the seats left would do.

    `wanted` is the fewest seats that would do for somebody on the waiting list; None when nobody waits.
    """
    left = max(capacity - taken, 0)
    return 0 if wanted is not None and wanted <= left else left


def seats_in_use(session="pk"):
    """An expression for the seats in use: taken by people, asked for where that keeps a seat, or offered at this moment."""
    from .booking import Participant
    from .waiting import Offer

    offered = Offer.objects.open().filter(session=OuterRef(session)).order_by().values("session")
    return number_of(Participant.objects.holding(), session) + models.functions.Coalesce(
        models.Subquery(offered.annotate(number=models.Sum("seats")).values("number")), 0
    )
