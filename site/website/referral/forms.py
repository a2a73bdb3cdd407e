"""What somebody types who is worried about somebody: one question must be answered, and nothing about the theme blocks sending."""

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from exchange.words import BOUNDARIES, DOUBT, PRIOR_ACTIONS, SECTORS_AND_UNSAID, UNSAID

from . import hints, tickets

LONGEST = 8000


def text(label, *, rows=3, help_text="", missing="", most=LONGEST) -> forms.CharField:
    """A question that one answers in some sentences; `missing` is what it says where it must be answered."""
    widget = forms.Textarea({"rows": rows, "autocomplete": "off"})
    errors = {"required": missing}
    return forms.CharField(
        label=label, max_length=most, required=bool(missing), help_text=help_text, widget=widget, error_messages=errors
    )


def line(label, *, help_text="", autocomplete="off", most=200) -> forms.CharField:
    """A question that one answers on one line."""
    widget = forms.TextInput({"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text, widget=widget)


class TicketForm(forms.Form):
    """A form that is sent once, however often it arrives; one without a ticket of ours gets a new one and loses nothing."""

    ticket = forms.CharField(widget=forms.HiddenInput)
    free_texts: tuple[str, ...] = ()

    def __init__(self, data=None, *, anew: bool = False, **kwargs):
        """`anew`: shown once more after it did not count; under the ticket it came with somebody else may know the code."""
        self.ticket_was_renewed = data is not None and not anew and not _counts(data.get("ticket"))
        if self.ticket_was_renewed or (data is not None and anew):
            data = data.copy()
            data["ticket"] = tickets.new()
        super().__init__(data, **kwargs)
        self.initial.setdefault("ticket", tickets.new())

    def clean(self):
        if self.ticket_was_renewed:
            raise forms.ValidationError(_("Something went wrong with this form. Nothing is lost: send it once more."))
        return super().clean()

    @property
    def sent_with(self) -> tickets.Ticket:
        """The ticket of this form, once it is clean."""
        return tickets.Ticket.read(self.cleaned_data["ticket"])

    @cached_property
    def findings(self) -> list[hints.Finding]:
        """What in the free texts may tell who somebody is."""
        return hints.find(self.cleaned_data[name] for name in self.free_texts)

    def choices(self) -> dict[hints.Finding, str]:
        """What was chosen for each finding; those that nobody was asked about yet are not in it."""
        chosen = {finding: self.data.get(finding.field, "") for finding in self.findings}
        return {finding: choice for finding, choice in chosen.items() if choice in hints.Choice.values}

    def tidied(self, name: str) -> str:
        """A free text as it is sent: with each finding treated as was chosen."""
        return hints.apply(self.cleaned_data[name], self.choices())


class IdentityForm(TicketForm):
    """Who it is about: never asked for, and sent only when somebody chose to (invariant I1)."""

    identity_name = line(_("Name"))
    identity_birth = line(_("Date of birth or age"))
    identity_address = line(_("Address or place to reach the person"))
    identity_other = text(_("Something else by which we know who it is"), rows=2, most=1000)
    in_identity = ("identity_name", "identity_birth", "identity_address", "identity_other")

    @property
    def identity_fields(self) -> list[forms.BoundField]:
        """The fields of the part that stays closed."""
        return [self[name] for name in self.in_identity]

    @property
    def identity(self) -> dict:
        """What is told about the person; nothing when every field stayed empty."""
        return {name.removeprefix("identity_"): self.cleaned_data[name] for name in self.in_identity if self.cleaned_data[name]}


class ReferralForm(IdentityForm):
    """The whole referral. `nickname` is hidden from people: what fills it in is a machine."""

    worry = text(
        _("What worries you?"),
        rows=7,
        missing=_("Write in some words what worries you."),
        help_text=_("What did you see or hear yourself? What do you suspect? You can leave out every name: write “the pupil”."),
    )
    since = line(_("Since when?"), help_text=_("Roughly is fine: “since the holidays”."))
    boundary = forms.ChoiceField(
        label=_("Which boundary is crossed, or may be?"),
        choices=BOUNDARIES,
        initial=DOUBT,
        required=False,
        help_text=_("A hard opinion, a protest or a faith is no boundary. Not sure? Doubt is a good answer."),
        widget=forms.RadioSelect,
    )
    boundary_words = line(_("Do you want to say more about that?"), most=1000)
    prior_actions = forms.MultipleChoiceField(
        label=_("What was done already?"),
        choices=PRIOR_ACTIONS,
        required=False,
        help_text=_("“Nothing yet” is a good answer too."),
        widget=forms.CheckboxSelectMultiple,
    )
    prior_actions_words = text(_("How did that go?"), rows=2)
    question = text(
        _("What do you ask us?"), rows=3, help_text=_("Advice, thinking along, contact with a service, or you do not know.")
    )
    sector = forms.ChoiceField(
        label=_("In which sector do you work?"),
        choices=SECTORS_AND_UNSAID,
        initial=UNSAID,
        required=False,
        help_text=_("All case managers see the sector and the day, so that the right one takes it up."),
    )
    name = line(_("Your name"), autocomplete="name")
    function = line(_("Your function"))
    organisation = line(_("Your organisation"), autocomplete="organization")
    phone = line(_("Your phone number"), autocomplete="tel")
    email = forms.EmailField(
        label=_("Your e-mail address"), max_length=254, required=False, widget=forms.EmailInput({"autocomplete": "email"})
    )
    reach = line(_("How and when may we reach you?"), help_text=_("For example: by phone only, after 4 p.m."))
    nickname = forms.CharField(
        label=_("Leave this field empty"), required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )

    free_texts = ("worry", "since", "boundary_words", "prior_actions_words", "question")
    in_referrer = ("name", "function", "organisation", "phone", "email", "reach")

    def clean_nickname(self):
        # A person may get here by a password manager that fills in everything: say so, and lose nothing.
        if self.cleaned_data["nickname"]:
            raise forms.ValidationError(_("This field is a trap for machines. Empty it and send the form again."))
        return ""

    @property
    def referrer_fields(self) -> list[forms.BoundField]:
        """The fields about who refers."""
        return [self[name] for name in self.in_referrer]

    @property
    def content(self) -> dict:
        """What casework gets; see `exchange.words` for the slugs."""
        typed = self.cleaned_data
        words = {name: self.tidied(name) for name in self.free_texts}
        words |= {"boundary": typed["boundary"] or DOUBT, "prior_actions": typed["prior_actions"]}
        referrer = {name: typed[name] for name in self.in_referrer if typed[name]}
        return {"sector": typed["sector"] or UNSAID, "words": words, "referrer": referrer, "identity": self.identity}


def _counts(ticket: str | None) -> bool:
    """Whether we made it, and not so long ago that somebody else may have opened this form before."""
    try:
        return tickets.Ticket.read(ticket or "").age < tickets.COUNTS_FOR
    except tickets.NotOurs:
        return False
