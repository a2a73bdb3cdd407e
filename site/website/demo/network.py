"""The demo's organisations, and the accounts that belong to them."""

from knowledge.library.models import Sector, Theme
from knowledge.network.models import MailDomain, Membership, Organisation

from . import accounts, content

THEMES = [
    ("radicalisering", "Radicalisering"),
    ("extremisme", "Extremisme"),
    ("polarisering", "Polarisering"),
    ("haatspraak", "Haatspraak"),
    ("desinformatie", "Desinformatie"),
    ("online", "Online leefwereld"),
    ("identiteit", "Identiteit"),
    ("dialoog", "Dialoog"),
]
SECTORS = [
    ("onderwijs", "Onderwijs"),
    ("jeugd", "Jeugd"),
    ("welzijn", "Welzijn"),
    ("zorg", "Zorg"),
    ("politie-en-veiligheid", "Politie en veiligheid"),
    ("buurtwerk", "Buurtwerk"),
    ("sport", "Sport"),
    ("cultuur", "Cultuur"),
    ("lokaal-bestuur", "Lokaal bestuur"),
    ("prive", "Privé"),
]


def load_topics() -> None:
    """Themes and sectors, in the order in which they stand in lists."""
    for position, (slug, name) in enumerate(THEMES):
        Theme.objects.get_or_create(slug=slug, defaults={"name": name, "position": position, "illustration": slug})
    for position, (slug, name) in enumerate(SECTORS):
        Sector.objects.get_or_create(slug=slug, defaults={"name": name, "position": position})


def load_organisations(people: dict) -> dict[str, Organisation]:
    """All organisations by slug, with mail domains and members."""
    sectors = {sector.slug: sector for sector in Sector.objects.all()}
    found = {}
    for row in content.rows("organisation"):
        organisation, _made = Organisation.objects.get_or_create(
            name=row["name"], city=row["city"], defaults={"sector": sectors[row["sector"]], "state": row["state"]}
        )
        found[row["slug"]] = organisation
        if row.get("mail_domain"):
            MailDomain.objects.get_or_create(domain=row["mail_domain"], defaults={"organisation": organisation})
    for email, _first, _last, slug, role in accounts.PARTNERS:
        if slug and role:
            Membership.objects.get_or_create(
                user=people[email], organisation=found[slug], defaults={"role": role, "state": Membership.State.ACTIVE}
            )
    return found
