"""Taking a referral: one case manager, who alone finds it afterwards."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from casework import access
from casework.entrance import seals
from casework.models import AuditEvent, Grant, Referral
from casework.referrals.passage import bring
from casework.referrals.refusals import AlreadyTaken, NotACaseManager
from casework.referrals.taking import take_referral
from exchange.receipts import Receipt
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.casework.referrals.letters_in import read_with

ROOT = Path(__file__).resolve().parents[3]
database = pytest.mark.django_db


@database
def test_who_takes_a_referral_is_its_case_manager_on_record():
    user, referral = AccountFactory(roles=["case_manager"]), ReferralFactory()
    take_referral(referral, by=user)
    [grant] = Grant.objects.all()
    assert (grant.user, grant.by, seals.grant_holds(grant)) == (user, user, True)
    assert AuditEvent.objects.order_by("number").last().action == "taken"
    assert [each.pk for each in access.held_by(user)] == [referral.pk]
    assert not Referral.objects.unassigned().exists()


@database
def test_a_referral_is_taken_once():
    one, other, referral = AccountFactory(roles=["case_manager"]), AccountFactory(roles=["case_manager"]), ReferralFactory()
    take_referral(referral, by=one)
    with pytest.raises(AlreadyTaken):
        take_referral(referral, by=other)
    assert access.held_by(other) == []


@database
def test_what_was_taken_before_is_not_taken_again_though_its_rows_say_that_it_waits():
    one, other, referral = AccountFactory(roles=["case_manager"]), AccountFactory(roles=["case_manager"]), ReferralFactory()
    take_referral(referral, by=one)
    Grant.objects.all().delete()
    Referral.objects.update(state="submitted")
    with pytest.raises(AlreadyTaken):
        take_referral(referral, by=other)


@database
@pytest.mark.parametrize("role", ["administrator", "dpo"])
def test_nobody_but_a_case_manager_takes_a_referral(role):
    with pytest.raises(NotACaseManager):
        take_referral(ReferralFactory(), by=AccountFactory(roles=[role]))


@database
def test_the_database_knows_one_case_manager_at_a_time():
    referral = ReferralFactory(manager=AccountFactory(roles=["case_manager"]))
    other = AccountFactory(roles=["case_manager"])
    with pytest.raises(IntegrityError), transaction.atomic():
        seals.seal_grant(Grant(user=other, referral=referral, by=other)).save()


@database
def test_a_grant_written_past_the_application_opens_and_lists_nothing():
    user, referral = AccountFactory(roles=["case_manager"]), ReferralFactory(state="in_consult")
    grant = Grant.objects.create(user=user, referral=referral, by=user, mac="0" * 64)
    assert access.held_by(user) == []
    seals.seal_grant(grant).save()
    assert access.held_by(user) == [referral]


@database
def test_the_referrer_reads_that_somebody_is_at_it():
    receipt = Receipt.new()
    referral = ReferralFactory(lookup=receipt.lookup, answer_key=receipt.public_key)
    take_referral(referral, by=AccountFactory(roles=["case_manager"]))
    bring()
    assert read_with(receipt) == [{"kind": "status", "state": "in_consult"}]


PROCESSES, REFERRALS = 6, 8
RIGHT = {"done": REFERRALS, "AlreadyTaken": (PROCESSES - 1) * REFERRALS, "grants": REFERRALS}


def race(address: str, *options: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.casework.referrals.taking_race", str(PROCESSES), str(REFERRALS), *options],
        cwd=ROOT, env=os.environ | {"EXPOR_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings.casework"},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_of_six_who_take_at_the_same_moment_one_has_it(own_database):
    assert race(own_database) == RIGHT


def test_without_the_lock_the_same_race_goes_wrong(own_database):
    assert race(own_database, "--without-lock") != RIGHT
