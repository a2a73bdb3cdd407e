"""“May I tell this?”: what each profession may, must and need not say, with its source and the day it was looked at."""

from django.db import models
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import StreamField
from wagtail.models import Page

from website.profession_blocks import ProfessionBlock


class MayITellPage(Page):
    """Written in the CMS like any page; shown at an address below the form, in the frame that knows nobody."""

    lead = models.CharField(_("introduction"), max_length=400, blank=True)
    is_example = models.BooleanField(
        _("these texts are examples"),
        default=True,
        help_text=_("The page then says above everything that the texts were not confirmed. Take this away once the DPO agrees."),
    )
    professions = StreamField([("profession", ProfessionBlock())], blank=True, verbose_name=_("professions"))

    content_panels = [
        *Page.content_panels,
        FieldPanel("lead", widget=AdminAutoHeightTextInput),
        FieldPanel("is_example"),
        FieldPanel("professions"),
        HelpPanel(_("Each text names its source, and the day by which somebody reads it again.")),
    ]
    parent_page_types = ["website.ContactPage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "website/referral/may_i.html"

    class Meta:
        verbose_name = _("page “May I tell this?”")
        verbose_name_plural = _("pages “May I tell this?”")

    def get_context(self, request, *args, **kwargs):
        professions = [block.value for block in self.professions]
        return super().get_context(request, *args, **kwargs) | {"professions": professions, "messages": ()}

    def get_url_parts(self, request=None):
        """Its address is that of a view, which reads no session."""
        parts = super().get_url_parts(request)
        return parts and (parts[0], parts[1], reverse("website:referral-may-i"))

    def serve(self, request, *args, **kwargs):
        """Where the tree of pages would show it, it leads on."""
        return redirect("website:referral-may-i")
