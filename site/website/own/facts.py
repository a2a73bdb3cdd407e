"""What the site keeps about one person: for the page, and as a file."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.utils import timezone

from knowledge.network.models import Membership
from people.models import User
from shared.models import OutboxMessage
from trainings.models import AccessNeed, Booking, Participant
from trainings.privacy import personal
from website.models import Question


@dataclass(frozen=True)
class OwnData:
    """Everything about one account and its address."""

    user: User
    memberships: list[Membership]
    bookings: list[Booking]
    seats: list[Participant]
    needs: list[AccessNeed]
    questions: list[Question]
    messages: QuerySet[OutboxMessage]
    calendars: int


def own_data(user: User) -> OwnData:
    """Read from every room, whoever's screen it is for."""
    seats = list(personal.seats_of(user.email))
    return OwnData(
        user=user,
        memberships=list(user.memberships.select_related("organisation").order_by("-created_at")),
        bookings=list(personal.bookings_of(user)),
        seats=seats,
        needs=list(AccessNeed.objects.filter(participant__in=seats)),
        questions=list(Question.objects.filter(email__iexact=user.email).order_by("-created_at")),
        messages=OutboxMessage.objects.filter(to__iexact=user.email).order_by("-created_at"),
        calendars=user.feeds.live().count(),
    )


def as_file(data: OwnData) -> dict:
    """The same as something that another program can read; moments in ISO 8601."""
    return {
        "made_at": _moment(timezone.now()),
        "account": _account(data.user),
        "memberships": [_membership(one) for one in data.memberships],
        "bookings": [_booking(one) for one in data.bookings],
        "participations": [_seat(one) for one in data.seats],
        "access_needs": [{"text": one.text, "told_at": _moment(one.told_at)} for one in data.needs],
        "calendars": [{"made_at": _moment(one.created_at), "revoked_at": _moment(one.revoked_at)} for one in data.user.feeds.all()],
        "questions": [_question(one) for one in data.questions],
        "messages": [_message(one) for one in data.messages],
    }


def _account(user: User) -> dict:
    return {
        "email": user.email,
        "first_name": user.first_name,
        "family_name": user.last_name,
        "made_at": _moment(user.date_joined),
        "last_signed_in_at": _moment(user.last_login),
        "has_password": user.has_usable_password(),
        "second_steps": [one.type for one in Authenticator.objects.filter(user=user)],
        "signed_in_on": [
            {"address": one.ip, "browser": one.user_agent, "since": _moment(one.created_at)}
            for one in UserSession.objects.filter(user=user)
        ],
    }


def _membership(membership: Membership) -> dict:
    return {
        "organisation": str(membership.organisation),
        "role": membership.role,
        "state": membership.state,
        "since": _moment(membership.created_at),
    }


def _booking(booking: Booking) -> dict:
    return {
        "reference": booking.reference,
        "training": booking.session.training.title,
        "starts_at": _moment(booking.starts_at),
        "organisation": str(booking.organisation or ""),
        "message": booking.message,
        "seats": booking.seated,
        "made_at": _moment(booking.created_at),
    }


def _seat(seat: Participant) -> dict:
    return {
        "training": seat.session.training.title,
        "session": seat.session.code,
        "first_name": seat.first_name,
        "family_name": seat.family_name,
        "email": seat.email,
        "function": seat.function,
        "organisation": str(seat.booking.organisation or ""),
        "state": seat.state,
        "calendar_reply": seat.reply,
        "cancelled_at": _moment(seat.cancelled_at),
        "cancel_reason": seat.cancel_reason,
        "attendance": [one.status for one in seat.attendances.all()],
    }


def _question(question: Question) -> dict:
    answered = {"answer": question.answer, "answered_at": _moment(question.answered_at)}
    return {"name": question.name, "text": question.text, "asked_at": _moment(question.created_at)} | answered


def _message(message: OutboxMessage) -> dict:
    text = "" if message.secret else message.text
    return {"subject": message.subject, "text": text, "made_at": _moment(message.created_at), "state": message.state}


def _moment(value) -> str | None:
    return timezone.localtime(value).isoformat() if value else None
