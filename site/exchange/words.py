"""The slugs that a referral is told in, and their names: the public form offers them, casework reads them.

Nothing here judges. "I am in doubt", "nothing yet" and "I would rather not say" are answers like any other.
"""

from django.utils.translation import gettext_lazy as _

SECTORS = [
    ("onderwijs", _("Education")),
    ("jeugd", _("Youth work")),
    ("welzijn", _("Welfare")),
    ("zorg", _("Health care")),
    ("politie-en-veiligheid", _("Police and safety")),
    ("buurtwerk", _("Neighbourhood work")),
    ("sport", _("Sports")),
    ("cultuur", _("Culture")),
    ("lokaal-bestuur", _("Local government")),
    ("prive", _("A company or private organisation")),
    ("ander", _("Another sector")),
]
UNSAID = "ongezegd"
SECTORS_AND_UNSAID = [*SECTORS, (UNSAID, _("I would rather not say"))]

# Which boundary is crossed, or may be (invariant I10); lawful debate and social action cross none.
DOUBT = "doubt"
BOUNDARIES = [
    (DOUBT, _("I am in doubt")),
    ("geweld", _("Violence, or words that call for it or approve of it")),
    ("dreiging", _("Threats or pressure that frighten people")),
    ("haat", _("Hatred of a group, or humiliation because of who somebody is")),
    ("democratie", _("Pushing people out of their place in our democracy")),
    ("zichzelf", _("Somebody gets into danger or cuts all ties")),
    ("ander", _("Something else")),
]

# Actions already taken (invariant I4).
NOTHING_YET = "nog-geen"
PRIOR_ACTIONS = [
    (NOTHING_YET, _("Nothing yet")),
    ("gesprek", _("I talked with the person")),
    ("team", _("We talked about it in our own team")),
    ("omgeving", _("We talked with family or others around the person")),
    ("dienst", _("We asked another service for help")),
    ("afspraken", _("We made agreements or took a measure")),
    ("ander", _("Something else")),
]
