"""How the catalogue's pages are laid out in the editor: content, facts, planning."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.widgets import AdminAutoHeightTextInput

CATALOGUE_PANELS = [FieldPanel("introduction")]


def training_tabs(page_class) -> TabbedInterface:
    """The editor's tabs of a training; what one decides on stands before what one publishes with."""
    return TabbedInterface(
        [
            ObjectList([*page_class.content_panels, *_content()], heading=_("Content")),
            ObjectList(_facts(), heading=_("Facts")),
            ObjectList(page_class.promote_panels, heading=_("Promote")),
            ObjectList(page_class.settings_panels, heading=_("Settings")),
        ]
    )


def _content() -> list:
    return [
        FieldPanel("summary", widget=AdminAutoHeightTextInput(attrs={"rows": 3})),
        FieldPanel("introduction"),
        FieldPanel("goals"),
        FieldPanel("programme"),
        FieldPanel("body"),
        FieldPanel("for_whom"),
        FieldPanel("prepare"),
        FieldPanel("accessibility"),
    ]


def _facts() -> list:
    return [
        FieldRowPanel([FieldPanel("code"), FieldPanel("kind"), FieldPanel("offer")]),
        MultiFieldPanel([FieldPanel("themes"), FieldPanel("sectors"), FieldPanel("only_sectors")], heading=_("For whom")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("duration_minutes"), FieldPanel("days"), FieldPanel("parts_per_day")]),
                FieldRowPanel([FieldPanel("group_min"), FieldPanel("group_max"), FieldPanel("price")]),
            ],
            heading=_("Length, group and price"),
        ),
        FieldRowPanel([FieldPanel("level"), FieldPanel("format"), FieldPanel("language")]),
        MultiFieldPanel(
            [FieldPanel("prerequisites"), FieldRowPanel([FieldPanel("approval"), FieldPanel("seats_per_organisation")])],
            heading=_("Rules for booking"),
        ),
        MultiFieldPanel([FieldPanel("trainer_kind"), FieldPanel("trainers")], heading=_("Trainers")),
    ]
