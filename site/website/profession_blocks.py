"""The block in which an editor writes what one profession may, must and need not say."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PLAIN = ["bold", "italic", "link", "ul"]


def words(label) -> blocks.RichTextBlock:
    """Some sentences or a list."""
    return blocks.RichTextBlock(label=label, features=PLAIN, required=False)


class ProfessionBlock(blocks.StructBlock):
    """One profession, or one kind of organisation."""

    profession = blocks.CharBlock(label=_("Profession or organisation"), max_length=80)
    may = words(_("What you may say"))
    must = words(_("What you must say or do"))
    need_not = words(_("What you need not say"))
    source = blocks.CharBlock(
        label=_("Source"), max_length=300, help_text=_("A law, a decree or a code of conduct, with its article.")
    )
    read_on = blocks.DateBlock(label=_("Read last on"))
    read_again = blocks.DateBlock(label=_("To be read again by"))

    class Meta:
        icon = "user"
        label = _("Profession")
        template = "website/referral/_profession.html"
        preview_value = {
            "profession": "Leerkracht",
            "may": "<p>Wat je zelf zag of hoorde.</p>",
            "must": "<p>Hulp bieden bij groot gevaar.</p>",
            "need_not": "<p>Een naam noemen.</p>",
            "source": "Voorbeeldtekst",
            "read_on": "2026-01-05",
            "read_again": "2027-01-05",
        }
        description = _("What one profession may, must and need not say.")
