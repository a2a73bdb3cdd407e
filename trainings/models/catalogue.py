"""The catalogue: one page for all trainings, and one for each; a training exists without a date."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from knowledge.library.models import Sector, Theme
from trainings.blocks import PLAIN, BodyBlock, GoalBlock, ProgrammePartBlock
from trainings.panels import CATALOGUE_PANELS, training_tabs
from trainings.stems import stems


class CataloguePage(Page):
    """`/vormingen/`: what stands above the list; the list itself is made by `trainings.catalogue`."""

    introduction = models.CharField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, *CATALOGUE_PANELS]
    max_count = 1
    subpage_types = ["trainings.TrainingPage"]
    parent_page_types = ["website.HomePage"]
    preview_modes: list[tuple[str, str]] = []  # nearly all of the page comes from elsewhere, and is not for this editor

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def serve(self, request, *args, **kwargs):
        from trainings.views.catalogue import catalogue

        return catalogue(request)


class TrainingPage(Page):
    """A training of the catalogue (vorming, studiedag or uitwisselingsmoment), whether or not a date is planned."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("training")
        STUDY_DAY = "study_day", _("study day")
        EXCHANGE = "exchange", _("exchange meeting")

    class Level(models.TextChoices):
        BASIC = "basis", _("basic")
        DEEPER = "verdieping", _("in depth")
        EXPERT = "expert", _("expert")

    class Format(models.TextChoices):
        ON_SITE = "on_site", _("on site")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("partly online")

    class Language(models.TextChoices):
        DUTCH = "nl", _("Dutch")
        ENGLISH = "en", _("English")
        FRENCH = "fr", _("French")

    class TrainerKind(models.TextChoices):
        TEAM = "team", _("by the team")
        EXTERNAL = "external", _("by an external trainer")

    class Offer(models.TextChoices):
        OPEN = "open", _("open sessions")
        ON_REQUEST = "on_request", _("on request")
        BOTH = "both", _("open sessions and on request")

    class Approval(models.TextChoices):
        NONE = "", _("booked at once")
        TEAM = "team", _("after approval by the team")
        COORDINATOR = "coordinator", _("after approval by the training coordinator of the organisation, then by the team")

    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]+[0-9]+$", _("Capitals, then a number, such as V03."))],
    )
    summary = models.CharField(_("summary"), max_length=240, help_text=_("One or two sentences: what can somebody do afterwards?"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.TRAINING)
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), related_name="trainings")
    sectors = ParentalManyToManyField(Sector, verbose_name=_("sectors"), related_name="trainings")
    only_sectors = models.BooleanField(
        _("for these sectors only"), default=False, help_text=_("Only people from these sectors may take part.")
    )
    prerequisites = ParentalManyToManyField(
        "self",
        verbose_name=_("to be followed first"),
        related_name="leads_to",
        symmetrical=False,
        blank=True,
        help_text=_("Who books, says that everybody has followed this, or knows as much."),
    )
    approval = models.CharField(
        _("approval of bookings"),
        max_length=12,
        choices=Approval,
        default=Approval.NONE,
        blank=True,
        help_text=_("What new sessions begin with."),
    )
    seats_per_organisation = models.PositiveSmallIntegerField(
        _("seats per organisation"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("The most for one organisation in one session; what new sessions begin with. Empty: no limit."),
    )
    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.BASIC)
    duration_minutes = models.PositiveIntegerField(_("length in minutes"), validators=[MinValueValidator(15)])
    days = models.PositiveSmallIntegerField(_("number of days"), default=1, validators=[MinValueValidator(1)])
    parts_per_day = models.PositiveSmallIntegerField(_("day-parts a day"), default=1, validators=[MinValueValidator(1)])
    format = models.CharField(_("format"), max_length=10, choices=Format, default=Format.ON_SITE)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.DUTCH)
    trainer_kind = models.CharField(_("kind of trainer"), max_length=10, choices=TrainerKind, default=TrainerKind.TEAM)
    trainers = ParentalManyToManyField("trainings.Trainer", verbose_name=_("trainers"), related_name="trainings", blank=True)
    group_min = models.PositiveSmallIntegerField(_("smallest group"), default=8)
    group_max = models.PositiveSmallIntegerField(_("largest group"), default=16)
    price = models.DecimalField(_("price in euro"), max_digits=7, decimal_places=2, default=0, validators=[MinValueValidator(0)])
    offer = models.CharField(_("offer"), max_length=12, choices=Offer, default=Offer.BOTH)
    introduction = RichTextField(_("introduction"), features=PLAIN)
    goals = StreamField([("goal", GoalBlock())], blank=True, verbose_name=_("goals"))
    programme = StreamField([("part", ProgrammePartBlock())], blank=True, verbose_name=_("programme"))
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("more"))
    for_whom = models.TextField(_("for whom"), blank=True)
    prepare = models.TextField(_("to bring or read"), blank=True)
    accessibility = models.TextField(_("accessibility"), blank=True)
    stems = models.TextField(editable=False, default="")

    # What stands after `/vormingen/` in addresses of our own: a training with this slug would be hidden behind them.
    TAKEN_SLUGS = frozenset({"kalender"})

    parent_page_types = ["trainings.CataloguePage"]
    subpage_types: list[str] = []
    template = "trainings/training_page.html"
    edit_handler = training_tabs(Page)

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        constraints = [
            models.CheckConstraint(
                condition=Q(group_max__gte=F("group_min")),
                name="trainings_largest_group_not_below_smallest",
                violation_error_message=_("The largest group cannot be smaller than the smallest group."),
            )
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.stems = self._stems()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if fault := self.fault_of_slug(self.slug):
            raise ValidationError({"slug": fault})
        minutes = sum(part.value["minutes"] or 0 for part in self.programme)
        if self.programme and self.duration_minutes and minutes != self.duration_minutes:
            raise ValidationError(
                {
                    "duration_minutes": _("The parts of the programme add up to %(parts)s minutes, not to %(length)s.")
                    % {"parts": minutes, "length": self.duration_minutes}
                }
            )

    def serve(self, request, *args, **kwargs):
        from trainings.views.catalogue import training

        return training(request, self.slug)

    def serve_preview(self, request, mode_name):
        from trainings.views.catalogue import render_training

        return render_training(request, self)

    def is_for(self, organisation) -> bool:
        """Whether people of this organisation may come; some trainings are for their own sectors only."""
        return not self.only_sectors or (organisation is not None and organisation.sector in self.sectors.all())

    @classmethod
    def fault_of_slug(cls, slug: str | None) -> str:
        """Why a training can't have this address; empty when it can."""
        if slug in cls.TAKEN_SLUGS:
            sentence = _("The site itself uses the address “%(slug)s”. Choose another one, such as “%(slug)s-vorming”.")
            return str(sentence) % {"slug": slug}
        if slug and not slug.isascii():
            return str(_("Write the address with letters without accents, figures and hyphens only."))
        return ""

    @property
    def is_free(self) -> bool:
        """Whether one pays nothing."""
        return not self.price

    def _stems(self) -> str:
        words = [self.code, self.title, self.summary, strip_tags(self.introduction), self.for_whom]
        words += [goal.value for goal in self.goals]
        words += [f"{part.value['title']} {part.value['text']}" for part in self.programme]
        return stems(*words)
