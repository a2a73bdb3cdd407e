"""Names that mean the same organisation: capitals, accents, little words and a slip of the finger aside."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from .models import MailDomain, Membership, Organisation

LITTLE_WORDS = {"vzw", "de", "het", "van", "en", "der", "den", "te", "in", "voor", "nv", "bv", "cv", "asbl", "gent"}
ALIKE = 0.82
AT_MOST = 5


def looks_like(name: str) -> list[Organisation]:
    """The confirmed organisations whose names resemble this one, the likeliest first."""
    wanted = bare(name)
    scored = [(likeness(wanted, bare(organisation.name)), organisation) for organisation in Organisation.objects.confirmed()]
    alike = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [organisation for _score, organisation in alike[:AT_MOST]]


@dataclass(frozen=True)
class Likely:
    """Two organisations that may be the same one, and why; `stays` is known longer or better."""

    stays: Organisation
    gone: Organisation
    same_name: bool


def likely() -> list[Likely]:
    """Pairs to look at: the same name folded, or one whose people all have addresses that the other one trusts.

    Grouped by folded name and by domain, not compared each with each: it stays quick with thousands.
    """
    rows = list(Organisation.objects.standing().exclude(state=Organisation.State.REFUSED).order_by("pk").select_related("sector"))
    pairs = {(one.pk, other.pk): Likely(one, other, same_name=True) for one, other in _same_name(rows)}
    for one, other in _same_domain({row.pk: row for row in rows}):
        pairs.setdefault((one.pk, other.pk), Likely(one, other, same_name=False))
    return sorted(pairs.values(), key=lambda pair: (pair.stays.name.casefold(), pair.gone.pk))


def _same_name(rows: list[Organisation]):
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(sorted(bare(row.name)))].append(row)
    for group in groups.values():
        # The first that the team confirmed stays; what is proposed goes up in it.
        group.sort(key=lambda row: row.state != Organisation.State.CONFIRMED)
        if group[0].state == Organisation.State.CONFIRMED:
            yield from ((group[0], other) for other in group[1:])


def _same_domain(rows: dict[int, Organisation]):
    owners = {domain.domain: rows.get(domain.organisation_id) for domain in MailDomain.objects.all()}
    domains = defaultdict(set)
    for organisation, email in Membership.objects.current().values_list("organisation", "user__email"):
        domains[organisation].add(email.rpartition("@")[2].lower())
    for pk, used in domains.items():
        trusting = {owners.get(domain) for domain in used}
        owner = trusting.pop() if len(trusting) == 1 else None
        if owner and pk in rows and owner.pk != pk:
            yield owner, rows[pk]


def bare(name: str) -> tuple[str, ...]:
    """The words that tell organisations apart."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    words = letters.split()
    return tuple(word for word in words if word not in LITTLE_WORDS) or tuple(words)


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """From 0 to 1; two words or more that all stand in the other name count as the same."""
    fewer, more = sorted((set(one), set(other)), key=len)
    if len(fewer) > 1 and fewer <= more:
        return 1.0
    return SequenceMatcher(None, " ".join(sorted(one)), " ".join(sorted(other))).ratio()
