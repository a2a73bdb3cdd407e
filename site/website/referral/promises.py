"""What a referrer can count on, and what not: each promise has a test or a drill behind it (see docs/referral-form.md)."""

from django.utils.translation import gettext_lazy as _

PROMISES = [
    _("You may leave out every name, your own too."),
    _("Only your case manager reads what you write. In an emergency two named people can do so together, and that is recorded."),
    _("Nothing goes further before we spoke with you."),
    _("Can't we reach you, or do you disagree? Then a second person must approve, and write down why."),
    _("This form does not keep the address of your phone or computer."),
    _("Your code is stored nowhere. Only you have it."),
    _("Who breaks into this site later finds nothing of what you sent before."),
    _("Nobody who manages the computers can read a dossier alone."),
    _("Each time somebody opens your referral, it is recorded."),
    _("Everything has an end date: then it is removed."),
    _("No score and no automatic judgement. People read it and think about it."),
]
LIMITS = [
    _("Who has this site's server in hand while you type can read along."),
    _("The law can compel us: a seizure, a testimony, the duty to help somebody in great danger."),
    _("In a small school or team confidential is not anonymous: who hears the story may guess who told it."),
    _("In doubt? Then call or come along, and write nothing."),
]
