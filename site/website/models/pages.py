"""The pages of the site that are not the catalogue: home, contact point, and pages of text."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from website.blocks import DoorBlock, PageBody


class HomePage(Page):
    """`/`: what the team is, four equal doors, what is on soon, and the contact point one step away."""

    lead = models.CharField(_("introduction"), max_length=300, blank=True)
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
        FieldPanel("lead"),
        FieldPanel("doors"),
        MultiFieldPanel([FieldPanel("contact_title"), FieldPanel("contact_text")], heading=_("Contact point")),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "website/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class ContentPage(Page):
    """A page of text: about us, accessibility, privacy."""

    lead = models.CharField(_("introduction"), max_length=400, blank=True)
    body = StreamField(PageBody(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["website.HomePage", "website.ContentPage"]
    subpage_types = ["website.ContentPage"]
    template = "website/content_page.html"

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")


class ContactPage(Page):
    """`/aanspreekpunt/`: who to reach and how; the doors below it are Django views."""

    lead = models.CharField(_("introduction"), max_length=400, blank=True)
    body = StreamField(PageBody(), blank=True, verbose_name=_("body"))

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    parent_page_types = ["website.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "website/contact_page.html"

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
