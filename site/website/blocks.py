"""What an editor can put on a page of the site."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

OWN_ADDRESS = RegexValidator(r"^(/(?!/)|#)", _("The address of a page of this site begins with “/”."))
PLAIN = ["bold", "italic", "link", "ul", "ol", "document-link"]


class AnchorBlock(blocks.RegexBlock):
    """The part of an address after `#`, so that another page can point at this very place."""

    def __init__(self, **kwargs):
        super().__init__(
            regex=r"^[a-z0-9-]*$",
            required=False,
            label=_("Anchor"),
            max_length=60,
            help_text=_("For links to this place: “contact” makes it reachable as #contact. May stay empty."),
            error_messages={"invalid": _("Small letters, figures and hyphens only.")},
        )


def heading() -> blocks.CharBlock:
    """The heading above a block."""
    return blocks.CharBlock(label=_("Heading"), max_length=100)


def introduction() -> blocks.TextBlock:
    """A few sentences under the heading of a block."""
    return blocks.TextBlock(label=_("Introduction"), required=False)


class SectionBlock(blocks.StructBlock):
    """A heading with an anchor, and its text."""

    heading = heading()
    anchor = AnchorBlock()
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)

    class Meta:
        icon = "title"
        label = _("Section")
        template = "website/blocks/section.html"
        preview_value = {"heading": "Wie we zijn", "anchor": "", "text": "<p>We zijn een klein team van de stad.</p>"}
        description = _("A heading with paragraphs and lists under it.")


class MomentBlock(blocks.StructBlock):
    """One moment of a timeline."""

    year = blocks.CharBlock(label=_("Year"), max_length=12)
    text = blocks.TextBlock(label=_("What happened"))


class TimelineBlock(blocks.StructBlock):
    """Moments in their order."""

    heading = heading()
    anchor = AnchorBlock()
    introduction = introduction()
    moments = blocks.ListBlock(MomentBlock(label=_("Moment")), label=_("Moments"))

    class Meta:
        icon = "history"
        label = _("Timeline")
        template = "website/blocks/timeline.html"
        preview_value = {
            "heading": "Geschiedenis",
            "anchor": "",
            "introduction": "",
            "moments": [{"year": "2015", "text": "De start."}, {"year": "Vandaag", "text": "Een team voor alle sectoren."}],
        }
        description = _("A history in years.")


class ScopeBlock(blocks.StructBlock):
    """What belongs to the field of the team, and what does not."""

    heading = heading()
    anchor = AnchorBlock()
    introduction = introduction()
    inside = blocks.ListBlock(blocks.TextBlock(), label=_("This is our field"))
    outside = blocks.ListBlock(blocks.TextBlock(), label=_("This is not"))

    class Meta:
        icon = "tasks"
        label = _("Scope")
        template = "website/blocks/scope.html"
        preview_value = {
            "heading": "Ons terrein",
            "anchor": "",
            "introduction": "",
            "inside": ["Geweld uit extremisme"],
            "outside": ["Debat en sociale actie"],
        }
        description = _("Two lists side by side: what the team does, and what it does not.")


class CardBlock(blocks.StructBlock):
    """One card of a row: a track, an objective, a way of working."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"))
    note = blocks.CharBlock(
        label=_("Note"), max_length=300, required=False, help_text=_("What stands apart from the text, such as our part in it.")
    )


class CardsBlock(blocks.StructBlock):
    """Cards of equal weight."""

    heading = heading()
    anchor = AnchorBlock()
    introduction = introduction()
    figures = blocks.BooleanBlock(
        label=_("With the figures of the four objectives"),
        required=False,
        help_text=_("For four cards in the order of the objectives."),
    )
    cards = blocks.ListBlock(CardBlock(label=_("Card")), label=_("Cards"))

    class Meta:
        icon = "grip"
        label = _("Cards")
        template = "website/blocks/cards.html"
        preview_value = {
            "heading": "Drie sporen",
            "anchor": "",
            "introduction": "De stad werkt langs drie sporen.",
            "figures": False,
            "cards": [
                {"title": "Preventie", "text": "Vooraf werken, met iedereen.", "note": "Hier zijn we het meest aan het werk."},
                {"title": "Curatie", "text": "Mensen begeleiden.", "note": "Hier brengen we partners samen."},
            ],
        }
        description = _("Cards of equal weight, side by side.")


class StepBlock(blocks.StructBlock):
    """One step of a way of working."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"))


class StepsBlock(blocks.StructBlock):
    """Steps in their order."""

    heading = heading()
    anchor = AnchorBlock()
    introduction = introduction()
    steps = blocks.ListBlock(StepBlock(label=_("Step")), label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "website/blocks/steps.html"
        preview_value = {
            "heading": "Hoe we werken",
            "anchor": "",
            "introduction": "",
            "steps": [{"title": "Luisteren", "text": "We horen wat er leeft."}, {"title": "Doen", "text": "We gaan aan de slag."}],
        }
        description = _("Numbered steps, one after the other.")


class DoorBlock(blocks.StructBlock):
    """One of the four doors of the home page."""

    title = blocks.CharBlock(label=_("Title"), max_length=40)
    text = blocks.CharBlock(label=_("Text"), max_length=160)
    link = blocks.CharBlock(
        label=_("Address"),
        max_length=200,
        validators=[OWN_ADDRESS],
        help_text=_("A page of this site, such as /vormingen/ or /over-ons/#hoe-we-werken."),
    )

    class Meta:
        icon = "home"
        label = _("Door")
        template = "website/blocks/door.html"
        preview_value = {"title": "Sterker aan de slag", "text": "Kies een vorming die past bij je werk.", "link": "/vormingen/"}
        description = _("The way to one objective.")


class PersonBlock(blocks.StructBlock):
    """A role that one can reach."""

    role = blocks.CharBlock(label=_("Function"), max_length=80)
    text = blocks.TextBlock(label=_("For what"))
    email = blocks.EmailBlock(label=_("E-mail address"), required=False)
    phone = blocks.CharBlock(label=_("Phone number"), max_length=40, required=False)


class PeopleBlock(blocks.StructBlock):
    """Who to reach, and how."""

    heading = heading()
    anchor = AnchorBlock()
    people = blocks.ListBlock(PersonBlock(label=_("Person")), label=_("People"))

    class Meta:
        icon = "group"
        label = _("Who to reach")
        template = "website/blocks/people.html"
        preview_value = {
            "heading": "Wie bereik je waarvoor?",
            "anchor": "",
            "people": [
                {"role": "Vormingen", "text": "Vragen over vormingen.", "email": "vormingen@expo-r.demo", "phone": "09 000 00 02"}
            ],
        }
        description = _("Roles with an address and a phone number. Never a private number.")


class NoticeBlock(blocks.StructBlock):
    """Something that must not be missed."""

    kind = blocks.ChoiceBlock([("warning", _("warning")), ("info", _("information"))], default="warning", label=_("Kind"))
    title = blocks.CharBlock(label=_("Title"), max_length=100)
    text = blocks.TextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "website/blocks/notice.html"
        preview_value = {"kind": "warning", "title": "Acuut gevaar? Bel 112.", "text": "Wij zijn geen nooddienst."}
        description = _("A short message that must not be missed.")


class PageBody(blocks.StreamBlock):
    """The body of a page."""

    section = SectionBlock()
    notice = NoticeBlock()
    cards = CardsBlock()
    steps = StepsBlock()
    timeline = TimelineBlock()
    scope = ScopeBlock()
    people = PeopleBlock()
    image = ImageBlock(
        label=_("Image"), icon="image", template="website/blocks/image.html", description=_("A picture with its text alternative.")
    )

    class Meta:
        required = False
