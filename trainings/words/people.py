"""How many people, and how many seats of which nobody knows yet whose they are: "2 people and 1 seat without a name"."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainings.models import Participant


def counted(seats: Sequence[Participant]) -> str:
    """Persons with a name, and seats without one, each by its own number."""
    named = sum(seat.is_named for seat in seats)
    nameless = len(seats) - named
    people = ngettext("%(n)s person", "%(n)s people", named) % {"n": named}
    rest = ngettext("%(n)s seat without a name", "%(n)s seats without a name", nameless) % {"n": nameless}
    if named and nameless:
        return _("%(people)s and %(seats)s") % {"people": people, "seats": rest}
    return rest if nameless else people
