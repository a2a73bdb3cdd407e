"""The card of a training, made once for each state it is seen in and kept in the process."""

from decimal import Decimal
from functools import lru_cache

from django.urls import reverse
from django.utils.html import mark_safe
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trainings.models import TrainingPage

from . import wording
from .drawings import drawing
from .facts import Availability, TrainingFacts
from .markup import fill
from .results import Result

MOST_SECTORS = 3


def cards(results: list[Result], year: int) -> SafeString:
    """The cards of these trainings, one after the other."""
    language = get_language()
    return mark_safe("".join(card(result.training, result.availability, language, year) for result in results))  # noqa: S308 made by templates


# Written here, not in a template: forty of them stand on a page, and a template takes ten times as long. For the same reason its
# parts have no classes: the stylesheet knows them by their place.
CARD = (
    '<li class="training-card">{drawing}<div>'
    '<p>{facts}</p><h3{language}><a href="{url}">{title}</a></h3><p{language}>{summary}</p><p>{audience}</p>'
    '<p>{date}<span class="seats seats--{mark}">{seats}</span></p></div></li>'
)


@lru_cache(maxsize=4000)
def card(training: TrainingFacts, availability: Availability, language: str, year: int) -> SafeString:
    """One card. All it depends on is in the arguments, so a change of one training makes one card anew."""
    return fill(
        CARD,
        drawing=drawing(training.themes[0].drawing if training.themes else ""),
        facts=_facts(training.kind, training.duration, training.days, training.format, training.price, training.language, language),
        language=language_attribute(training.language),
        url=address(training.slug),
        title=training.title,
        summary=training.summary,
        audience=audience(training),
        date=_date(availability, year),
        mark=wording.mark(availability.state),
        seats=wording.seats(availability.state, availability.seats_left),
    )


def address(slug: str) -> str:
    """The page of a training; looked up once per language, since a page names forty."""
    return f"{_folder(get_language())}{slug}/"


@lru_cache(maxsize=10)
def _folder(language: str) -> str:
    return reverse("trainings:training", args=["x"]).removesuffix("x/")


def _date(availability: Availability, year: int) -> SafeString | str:
    if not availability.starts_at:
        return ""
    return fill("<span>{day}{more}</span> ", day=wording.day(availability.starts_at, year), more=_more(availability.more))


def _more(number: int) -> SafeString | str:
    if not number:
        return ""
    words = ngettext("and %(n)s more date", "and %(n)s more dates", number) % {"n": number}
    return fill(" <small>{words}</small>", words=words)


def language_attribute(spoken: str) -> SafeString | str:
    """The `lang` of a text: a training is described in the language it is given in, which may not be that of the page."""
    return "" if spoken == get_language() else fill(' lang="{spoken}"', spoken=spoken)


def audience(training: TrainingFacts) -> str:
    """The sectors it is meant for, and whether only these; of many, the first ones."""
    names = [topic.name for topic in training.sectors]
    if training.only_sectors:
        return _("only for %(sectors)s") % {"sectors": ", ".join(names)}
    if len(names) <= MOST_SECTORS + 1:
        return ", ".join(names)
    return _("%(sectors)s and %(n)s more") % {"sectors": ", ".join(names[:MOST_SECTORS]), "n": len(names) - MOST_SECTORS}


@lru_cache(maxsize=500)
def _facts(kind: str, minutes: int, days: int, form: str, amount: Decimal, spoken: str, language: str) -> str:
    """Kind, length, form, price and language on one line, what is usual left out; many trainings have the same."""
    facts = [] if kind == TrainingPage.Kind.TRAINING else [_label(TrainingPage.Kind, kind)]
    facts += [wording.length(minutes, days), _label(TrainingPage.Format, form), wording.price(amount)]
    facts += [] if spoken == TrainingPage.Language.DUTCH else [_label(TrainingPage.Language, spoken)]
    return " · ".join(facts)


def _label(choices, value: str) -> str:
    return str(choices(value).label) if value in choices.values else ""
