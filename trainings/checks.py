"""What an operator should know before starting: what this machine lacks."""

from django.core.checks import Warning, register

from trainings.sheets import pdf


@register()
def pango_is_there(app_configs, **kwargs):
    """Attendance sheets as PDF need Pango; without it the page to print takes their place."""
    if pdf.is_possible():
        return []
    return [
        Warning(
            "Attendance sheets cannot be made as PDF: WeasyPrint does not find Pango on this machine.",
            hint="Install Pango (on Debian: libpango-1.0-0 and libpangoft2-1.0-0). Until then the button leads to a page to print.",
            id="trainings.W001",
        )
    ]
