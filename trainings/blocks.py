"""What an editor puts on a training's page: goals, parts of the programme, and free blocks."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

PLAIN = ["bold", "italic", "link", "ul", "ol"]


class GoalBlock(blocks.CharBlock):
    """What somebody can do afterwards, as one sentence."""

    class Meta:
        icon = "tick"
        label = _("Goal")
        template = "trainings/blocks/goal.html"
        preview_value = "Je herkent signalen en je weet wat je ermee doet."
        description = _("What somebody can do afterwards. Begin with a verb.")


class ProgrammePartBlock(blocks.StructBlock):
    """One part of the day: what happens, and for how long."""

    title = blocks.CharBlock(label=_("Title"), max_length=100)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=5, max_value=600)
    text = blocks.TextBlock(label=_("What happens"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Part of the programme")
        template = "trainings/blocks/programme_part.html"
        preview_value = {"title": "Kennismaking", "minutes": 30, "text": "We verkennen wat jij al ziet en doet."}
        description = _("A part of the day with its length; the lengths add up to the length of the training.")


class QuoteBlock(blocks.StructBlock):
    """What a participant said, without a name."""

    text = blocks.TextBlock(label=_("Words"))
    source = blocks.CharBlock(label=_("Who, without a name"), max_length=100)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "trainings/blocks/quote.html"
        preview_value = {"text": "Ik durf het gesprek nu aan te gaan.", "source": "leerkracht secundair onderwijs"}
        description = _("The words of a participant. Never write a name.")


class BodyBlock(blocks.StreamBlock):
    """Everything else that helps somebody to decide."""

    heading = blocks.CharBlock(
        label=_("Heading"),
        icon="title",
        template="trainings/blocks/heading.html",
        preview_value="Hoe we werken",
        description=_("A heading between two pieces of text."),
    )
    text = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=PLAIN,
        template="trainings/blocks/text.html",
        preview_value="<p>We vertrekken van wat jij meemaakt.</p>",
        description=_("Paragraphs, lists and links."),
    )
    quote = QuoteBlock()
    image = ImageBlock(
        label=_("Image"),
        icon="image",
        template="trainings/blocks/image.html",
        description=_("A picture with its text alternative."),
    )

    class Meta:
        required = False
