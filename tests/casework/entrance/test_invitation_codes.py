"""A one-time code counts whole, once, for two days and for whom it was made; every other one is the same refusal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.entrance import codes, invitations
from casework.entrance.refusals import DecidedAlready, NoSuchCode
from casework.models import Invitation
from tests.casework.entrance.inviting import WHO, approved, run_out

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", ["small letters", "spaces", "misread"])
def test_a_half_is_read_as_people_write_it(way):
    half = "0K7F1Q"
    typed = {"small letters": half.lower(), "spaces": "0K7-F1 Q", "misread": "OK7FIQ"}[way]
    assert codes.read(typed) == half


def used(invitation, halves):
    invitations.accept(invitation.pk, "een lang wachtwoord")


def taken_back(invitation, halves):
    invitations.withdraw(invitation.pk, by=invitation.proposed_by)


def put_off(invitation, halves):
    """Written into the database."""
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() + timedelta(days=20))


def promoted(invitation, halves):
    """Written into the database."""
    Invitation.objects.filter(pk=invitation.pk).update(roles=["administrator"])


def readdressed(invitation, halves):
    """Written into the database."""
    Invitation.objects.filter(pk=invitation.pk).update(email="indringer@elders.demo")


@pytest.mark.parametrize("spoil", [used, run_out, taken_back, put_off, promoted, readdressed])
def test_a_code_that_no_longer_counts_is_refused_like_one_that_never_was(admin, second, spoil):
    invitation, halves = approved(admin, second)
    spoil(invitation, halves)
    for email in (WHO["email"], "indringer@elders.demo", "niemand@stad.demo"):
        with pytest.raises(NoSuchCode):
            invitations.find(email=email, halves=halves)
    with pytest.raises(NoSuchCode):
        invitations.accept(invitation.pk, "een ander lang wachtwoord")


@pytest.mark.parametrize("which", [0, 1])
def test_half_a_code_is_no_code(admin, second, which):
    _invitation, halves = approved(admin, second)
    wrong = [*halves]
    wrong[which] = "AAAAAA" if halves[which] != "AAAAAA" else "BBBBBB"
    with pytest.raises(NoSuchCode):
        invitations.find(email=WHO["email"], halves=tuple(wrong))


def test_before_the_second_person_approves_no_code_counts(admin):
    _proposal, half = invitations.invite(**WHO, by=admin)
    for second_half in ("", half):
        with pytest.raises(NoSuchCode):
            invitations.find(email=WHO["email"], halves=(half, second_half))


def test_a_row_written_into_the_database_as_approved_invites_nobody(admin, second):
    row = Invitation(kind="new", state="approved", **WHO | {"email": "sofie@stad.demo", "roles": ["administrator"]})
    row.proposed_by, row.approved_by, row.expires_at = admin, second, timezone.now() + timedelta(days=1)
    # Even with hashes of halves that somebody knows, taken over from an invitation of their own.
    own, halves = approved(admin, second, email="eigen@stad.demo")
    row.first_half, row.second_half, row.mac = own.first_half, own.second_half, own.mac
    row.save()
    with pytest.raises(NoSuchCode):
        invitations.find(email="sofie@stad.demo", halves=halves)
    with pytest.raises(NoSuchCode):
        invitations.accept(row.pk, "een lang wachtwoord")


def test_a_proposal_that_was_changed_in_the_database_is_not_approved(admin, second):
    proposal, _half = invitations.invite(**WHO, by=admin)
    Invitation.objects.filter(pk=proposal.pk).update(email="indringer@elders.demo")
    with pytest.raises(DecidedAlready):
        invitations.approve(proposal.pk, by=second)
