"""Taking somebody's name out of what stays of others: what happened, what they wrote, and the mails to them that are still kept."""

import re
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from shared.models import OutboxMessage
from trainings.models import Booking, ChecklistItem, HistoryEntry, Participant, Session

from .retention import IMPERSONAL, REMOVED

Verb = HistoryEntry.Verb
LONGEST = HistoryEntry._meta.get_field("detail").max_length
# Of these a reason stands in brackets behind the names: why somebody does not come says more of them than the name does.
WITH_REASON = (Verb.REPLACED, Verb.CORRECTED, Verb.MOVED)
REASON = re.compile(r" \(.*(?:\)|$)", re.DOTALL)
ARROW = " → "
FEWEST = 3  # letters of a name that was cut off


class Words:
    """The names and the address of one person, found as whole words, also where a line of a calendar file breaks one."""

    def __init__(self, words: Iterable[str]):
        longest_first = sorted({word for word in words if word}, key=len, reverse=True)
        # Jan Peeters is not Jan Peetersen, nor Jan Peeters-Claes; jan@school.demo is not of.jan@school.demo.
        begins, ends, fold = r"(?<![\w-])(?<!\w\.)", r"(?![\w-])", r"(?:\r?\n[ \t])?"
        spelled = (fold.join(map(re.escape, word)) for word in longest_first)
        self.whole = re.compile(f"{begins}(?:{'|'.join(spelled)}){ends}", re.IGNORECASE)
        parts = (re.escape(word[:end]) for word in longest_first for end in range(len(word) - 1, FEWEST - 1, -1))
        self.cut_off = re.compile(f"{begins}(?:{'|'.join(parts)})$", re.IGNORECASE)

    def stand_in(self, text: str) -> bool:
        """Whether this text names the person."""
        return bool(self.whole.search(text))

    def out_of(self, text: str, longest: int | None = None) -> str:
        """The text without them; what is `longest` was cut off, and so may be the last name in it."""
        left = self.whole.sub(REMOVED, text)
        return self.cut_off.sub(REMOVED, left) if longest and len(text) >= longest else left


def forget_names(seats: list[Participant], address: str, user=None) -> None:
    """Takes whom these seats and the account name out of everything that is kept about their sessions and their colleagues."""
    bookings = _bookings_of_the_same_people(seats, user)
    sessions = Session.objects.filter(bookings__in=bookings.values("pk")).distinct()
    history = _history(bookings, sessions)
    words = Words(_names(seats, address, user, history))
    _in_history(history, words)
    _why_refused(seats)
    _rewrite(bookings, words, "message")
    _rewrite(Participant.objects.filter(booking__in=bookings.values("pk")), words, "cancel_reason")
    _rewrite(sessions, words, "team_note", "cancel_reason")
    _rewrite(ChecklistItem.objects.filter(session__in=sessions.values("pk")), words, "note")
    _in_invited(address)
    _in_mails(bookings, address, user, words)


def sessions_written_about(seats, address: str, user=None) -> QuerySet[Session]:
    """The sessions that have to be locked before: of these seats, of their colleagues' bookings, and for who was invited."""
    bookings = _bookings_of_the_same_people(seats, user)
    theirs = Q(participants__in=seats) | Q(bookings__in=bookings.values("pk"))
    return Session.objects.filter(theirs | Q(invited__icontains=address))


def _bookings_of_the_same_people(seats, user) -> QuerySet[Booking]:
    """The bookings of these seats, and all others of the same organisations and bookers; the team books for everybody.

    Who was replaced has no seat there any more that tells it: of that name in the same organisation, it was the same one.
    """
    own = Booking.objects.filter(participants__in=seats)
    partners = own.filter(booked_by__groups=None, booked_by__is_staff=False, booked_by__is_superuser=False)
    same = Q(pk__in=own.values("pk")) | Q(organisation__in=own.values("organisation"))
    same |= Q(booked_by__in=partners.values("booked_by"))
    if user:
        same |= Q(booked_by=user) | Q(organisation__in=user.memberships.values("organisation"))
    return Booking.objects.filter(same)


def _history(bookings: QuerySet[Booking], sessions: QuerySet[Session]) -> QuerySet[HistoryEntry]:
    # What others booked in the same sessions is left out: of that name elsewhere, it may be somebody else.
    of_sessions = Q(booking=None, session__in=sessions.values("pk"))
    entries = HistoryEntry.objects.filter(Q(booking__in=bookings.values("pk")) | of_sessions)
    return entries.exclude(verb__in=IMPERSONAL).exclude(detail="")


def _names(seats: list[Participant], address: str, user, history: QuerySet[HistoryEntry]) -> set[str]:
    names = {seat.full_name for seat in seats if seat.is_named} | ({user.get_full_name()} if user else set())
    # As it was written before it was put right: of several corrections the last one is known first.
    for detail in history.filter(verb=Verb.CORRECTED, detail__contains=ARROW).order_by("-pk").values_list("detail", flat=True):
        before, _arrow, now = REASON.sub("", detail).partition(ARROW)
        if Words(names | {address}).stand_in(now):
            names.add(before)
    return names | {address}


def _in_history(history: QuerySet[HistoryEntry], words: Words) -> None:
    for entry in history:
        if (detail := words.out_of(entry.detail, LONGEST)) != entry.detail:
            entry.detail = REASON.sub("", detail) if entry.verb in WITH_REASON else detail
            entry.save(update_fields=["detail"])


def _why_refused(seats: list[Participant]) -> None:
    refused = {seat.booking_id for seat in seats if seat.state == Participant.State.REFUSED}
    HistoryEntry.objects.filter(booking__in=refused, verb=Verb.REFUSED).update(detail="")


def _rewrite(rows: QuerySet, words: Words, *fields: str) -> None:
    some = Q()
    for field in fields:
        some |= ~Q(**{field: ""})
    for row in rows.filter(some):
        new = {field: words.out_of(getattr(row, field)) for field in fields}
        changed = [field for field, text in new.items() if text != getattr(row, field)]
        for field in changed:
            setattr(row, field, new[field])
        if changed:
            row.save(update_fields=changed)


def _in_invited(address: str) -> None:
    for session in Session.objects.filter(invited__icontains=address):
        session.invited = "\n".join(line for line in session.invited.splitlines() if line.strip().lower() != address.lower())
        session.save(update_fields=["invited"])


def _in_mails(bookings: QuerySet[Booking], address: str, user, words: Words) -> None:
    """What colleagues were mailed about this person: what is still to leave loses its text once it left, the rest at once."""
    sessions = set(bookings.values_list("session", flat=True))
    organisations = set(bookings.exclude(organisation=None).values_list("organisation", flat=True))
    if user:
        organisations |= set(user.memberships.values_list("organisation", flat=True))
    about = [f"session:{pk}" for pk in sessions] + [f"organisation:{pk}" for pk in organisations]
    for message in OutboxMessage.objects.filter(about__in=about).exclude(to__iexact=address):
        if any(map(words.stand_in, (message.subject, message.text, message.calendar))):
            message.subject, message.calendar = words.out_of(message.subject), words.out_of(message.calendar)
            message.secret = True
            message.text = message.text if message.state == OutboxMessage.State.WAITING else ""
            message.save(update_fields=["subject", "calendar", "secret", "text"])
