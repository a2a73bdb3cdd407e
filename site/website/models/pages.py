"""The pages of the site that are not the catalogue: home, contact point, and pages of text."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import StreamField
from wagtail.models import Page

from website.blocks import DoorBlock, PageBody

from .brand import BrandSettings


class HomePage(Page):
    """`/`: what the team is, four equal doors, what is on soon, and the contact point one step away."""

    lead = models.CharField(
        _("introduction"), max_length=300, blank=True, help_text=_("Who the team is and for whom, in two sentences.")
    )
    doors = StreamField(
        [("door", DoorBlock())],
        verbose_name=_("doors"),
        blank=True,
        min_num=4,
        max_num=4,
        help_text=_("The four objectives, in their order; all four weigh the same."),
    )
    contact_title = models.CharField(_("title of the contact point"), max_length=100, blank=True)
    contact_text = models.CharField(_("text of the contact point"), max_length=300, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead", widget=AdminAutoHeightTextInput),
        FieldPanel("doors"),
        MultiFieldPanel(
            [FieldPanel("contact_title"), FieldPanel("contact_text", widget=AdminAutoHeightTextInput)], heading=_("Contact point")
        ),
        HelpPanel(_("The next sessions stand on the page by themselves: they come from the calendar.")),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "website/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request, *args, **kwargs):
        from website.soon import next_sessions

        return super().get_context(request, *args, **kwargs) | {"sessions": next_sessions(request)}


class TextPage(Page):
    """What a page of text and the contact point have in common: an introduction, and blocks."""

    lead = models.CharField(
        _("introduction"), max_length=400, blank=True, help_text=_("What somebody finds here, in one or two sentences.")
    )
    body = StreamField(PageBody(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("lead", widget=AdminAutoHeightTextInput), FieldPanel("body")]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        above = self.get_ancestors().live().filter(depth__gte=3)
        crumbs = [{"title": BrandSettings.for_request(request).team, "url": reverse("wagtail_serve", args=[""])}]
        crumbs += [{"title": page.title, "url": page.get_url(request)} for page in above]
        return super().get_context(request, *args, **kwargs) | {"crumbs": crumbs, "anchors": self.anchors}

    @property
    def anchors(self) -> list[dict]:
        """The places that one can jump to: the blocks with a heading and an anchor."""
        found = [block.value for block in self.body if hasattr(block.value, "get") and block.value.get("anchor")]
        return [{"anchor": value["anchor"], "heading": value["heading"]} for value in found]


class ContentPage(TextPage):
    """A page of text: about us, accessibility, privacy."""

    parent_page_types = ["website.HomePage", "website.ContentPage"]
    subpage_types = ["website.ContentPage"]
    template = "website/content_page.html"

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")


class ContactPage(TextPage):
    """`/aanspreekpunt/`: who to reach and how; the doors below it are Django views."""

    parent_page_types = ["website.HomePage"]
    subpage_types = ["website.MayITellPage"]
    max_count = 1
    template = "website/contact_page.html"

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
