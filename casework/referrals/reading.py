"""A referral as its page shows it: the words with their questions, the thread, and what was written about it."""

from django.utils.translation import gettext_lazy as _

from casework.models import Entry, Referral
from exchange.words import BOUNDARIES, PRIOR_ACTIONS, SECTORS, UNSAID

from .arriving import LOOSE
from .forms import JUDGED

QUESTIONS = [
    ("worry", _("What is the worry?")),
    ("since", _("Since when?")),
    ("boundary", _("Which boundary is (threatened to be) crossed?")),
    ("boundary_words", _("In the words of who tells it")),
    ("prior_actions", _("What was done already?")),
    ("prior_actions_words", _("More about that")),
    ("question", _("What does who tells it ask of you?")),
]
EVENTS = {
    "withdrawn": _("The referrer withdrew the referral."),
    "withdrawal_asked": _("The referrer wanted to withdraw the referral, which was closed already. It is erased sooner."),
    "identity_offered": _("The referrer gave the identity of the person."),
    "identity_withdrawn": _("The referrer took the identity of the person back. It was emptied."),
    "identity_withdrawal_asked": _("The referrer wanted to take the identity back, but it was not kept here any more."),
}
WHO = {
    "name": _("Name"),
    "birth": _("Date of birth or age"),
    "address": _("Address or neighbourhood"),
    "other": _("Something else by which the person is known"),
    "function": _("Function"),
    "organisation": _("Organisation"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "reach": _("When and how to reach them"),
}


def outline(referral: Referral) -> str:
    """What may be said of a referral in a list: its sector."""
    if referral.outline.get("mark") == LOOSE:
        return str(_("An addition without its referral"))
    sector = referral.outline.get("sector", "")
    return name_of(sector, SECTORS) if sector not in ("", UNSAID) else str(_("Sector not given"))


def name_of(slug: str, choices) -> str:
    """What people call a slug; one that is no longer among the choices shows as it is."""
    return str(dict(choices).get(slug, slug))


def answers(words: dict) -> list[dict]:
    """The questions of the form with what was answered; what was not asked is left out."""
    shown = [{"question": question, "answer": _answer(name, words[name])} for name, question in QUESTIONS if words.get(name)]
    known = dict(QUESTIONS)
    return shown + [{"question": name, "answer": value} for name, value in words.items() if value and name not in known]


def _answer(name: str, value):
    if name == "boundary":
        return name_of(value, BOUNDARIES)
    if name == "prior_actions":
        return "\n".join(name_of(slug, PRIOR_ACTIONS) for slug in value)
    return value


def who(identity: dict) -> list[dict]:
    """Who somebody is, a line for each thing that was said; what was said before stands below it."""
    lines = [{"label": WHO.get(name, name), "value": value} for name, value in identity.items() if value and name != "earlier"]
    return lines + [line for earlier in identity.get("earlier", []) for line in who(earlier)]


def thread(referral: Referral) -> list[dict]:
    """Messages between referrer and case manager, the oldest first."""
    return [
        {"message": message, "event": EVENTS.get(message.text.get("event", "")), "text": message.text.get("text", "")}
        for message in referral.thread.select_related("by")
    ]


def entries(referral: Referral) -> list[dict]:
    """What case managers wrote about it, the newest first."""
    return [_entry(entry) for entry in referral.entries.select_related("by").order_by("-at", "-id")]


def _entry(entry: Entry) -> dict:
    text = entry.text
    head = Referral.State(text["state"]).label if "state" in text else name_of(text.get("boundary", ""), JUDGED)
    more = text.get("destination") or text.get("to", "")
    return {"entry": entry, "head": head, "more": more, "text": text.get("text", "")}
