"""The columns of the catalogue as a workbook: one table, from which import, export, template and help are made.

The headings are part of the file's form, as the words in addresses are: always Dutch, whatever language the screen is in.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from knowledge.library.models import Sector, Theme
from trainings.models import Trainer, TrainingPage

from .kinds import Choice, Code, Goals, Html, Line, Lines, Money, Names, Number, Programme, YesNo, tidy

SHEET = "Vormingen"
WORD = _("Choose a word from the list.")


@dataclass(frozen=True)
class Column:
    """A field of a training in the workbook: its heading, what a cell may hold, and what the template says about it."""

    field: str
    heading: str
    kind: Any
    help: Any
    example: Any = ""
    width: int = 16
    required: bool = True

    def write(self, value, names) -> Any:
        """The cell for this value."""
        return self.kind.write(value, names)

    def say(self, cell: str) -> str:
        """A cell as people write it."""
        return self.kind.say(cell) if isinstance(self.kind, Money) else cell

    @property
    def is_list(self) -> bool:
        """Whether the value is a list of rows of another table."""
        return isinstance(self.kind, Names)


COLUMNS = [
    Column("code", "Code", Code(), _("Capitals and a number. The code says which training this row is about."), "V99", 8),
    Column(
        "title", "Titel", Line(), _("The name of the training. Its address on the site stays the same."), "Rust in de groep", 32
    ),
    Column(
        "summary",
        "Samenvatting",
        Line(),
        _("One or two sentences of at most 240 characters: what can somebody do afterwards?"),
        "Je ziet wanneer een groep onder spanning staat en je kiest een eerste stap.",
        44,
    ),
    Column("kind", "Soort", Choice(TrainingPage.Kind), WORD, width=18),
    Column("themes", "Thema’s", Names("themes"), _("One or more names of themes, with “; ” between them."), width=24),
    Column("sectors", "Sectoren", Names("sectors"), _("One or more names of sectors, with “; ” between them."), width=28),
    Column(
        "only_sectors",
        "Alleen deze sectoren",
        YesNo(),
        _("“ja” when only people from these sectors may take part."),
        "nee",
        14,
        False,
    ),
    Column("level", "Niveau", Choice(TrainingPage.Level), WORD, width=14),
    Column(
        "duration_minutes",
        "Duur in minuten",
        Number(15, 20_000),
        _("All parts together, as a number. The parts of the programme add up to it."),
        180,
        12,
    ),
    Column("days", "Aantal dagen", Number(1, 30), _("On how many days it takes place."), 1, 10),
    Column("parts_per_day", "Dagdelen per dag", Number(1, 4), _("How many day-parts each day has."), 1, 12),
    Column("format", "Vorm", Choice(TrainingPage.Format), WORD, width=16),
    Column("language", "Taal", Choice(TrainingPage.Language), WORD, width=12),
    Column("trainer_kind", "Wie geeft het", Choice(TrainingPage.TrainerKind), WORD, width=20),
    Column(
        "trainers",
        "Lesgevers",
        Names("trainers"),
        _("Names of trainers that the site knows, with “; ” between them. May stay empty."),
        "",
        28,
        False,
    ),
    Column("group_min", "Kleinste groep", Number(1, 1000), _("The smallest number of participants."), 8, 10),
    Column("group_max", "Grootste groep", Number(1, 1000), _("The largest number of participants."), 16, 10),
    Column("price", "Prijs in euro", Money(), _("For each participant. Write 0 when it is free."), 0, 10),
    Column("offer", "Aanbod", Choice(TrainingPage.Offer), WORD, width=22),
    Column(
        "introduction",
        "Inleiding",
        Html(),
        _("An empty line begins a new paragraph; lines that begin with “- ” become a list."),
        "Spanning hoort bij een groep. Soms loopt ze op.\n\nJe oefent met voorbeelden uit je eigen praktijk.",
        80,
    ),
    Column(
        "goals",
        "Doelen",
        Goals(),
        _("What somebody can do afterwards, one goal a line. May stay empty."),
        "Je merkt op wat spanning doet met een groep.\nJe kiest een eerste stap die rust brengt.",
        50,
        False,
    ),
    Column(
        "programme",
        "Programma",
        Programme(),
        _("One part a line: minutes | title | text. The minutes add up to the length. May stay empty."),
        "60 | Wat zie je? | We bekijken samen drie situaties.\n120 | Wat doe je? | Je oefent een eerste stap.",
        80,
        False,
    ),
    Column("for_whom", "Voor wie", Lines(), _("Who it is meant for. May stay empty."), "Voor wie met groepen werkt.", 36, False),
    Column(
        "prepare", "Meebrengen of lezen", Lines(), _("What participants bring or read beforehand. May stay empty."), "", 36, False
    ),
    Column(
        "accessibility",
        "Toegankelijkheid",
        Lines(),
        _("What is arranged for people who need something extra. May stay empty."),
        "Na elk uur is er een pauze.",
        36,
        False,
    ),
]
BY_FIELD = {column.field: column for column in COLUMNS}


def by_heading(text: Any) -> Column | None:
    """The column with this heading, however it is spaced or capitalised, and whichever apostrophe it has."""
    return _HEADINGS.get(_plain_heading(text))


def names() -> dict[str, dict[str, Any]]:
    """The lists that cells refer to: themes, sectors and trainers by the names under which a cell has them."""
    return {
        "themes": {theme.name: theme for theme in Theme.objects.all()},
        "sectors": {sector.name: sector for sector in Sector.objects.all()},
        "trainers": _trainers(),
    }


def _trainers() -> dict[str, Trainer]:
    trainers = list(Trainer.objects.order_by("name", "pk"))
    times = Counter(trainer.name.casefold() for trainer in trainers)
    # Two people may have one name; a number that no other has tells them apart.
    return {
        trainer.name if times[trainer.name.casefold()] == 1 else f"{trainer.name} ({trainer.pk})": trainer for trainer in trainers
    }


def _plain_heading(text: Any) -> str:
    return " ".join(tidy(text).replace("'", "’").rstrip("*").split()).casefold()


_HEADINGS = {_plain_heading(text): column for column in COLUMNS for text in (column.heading, column.field)}
