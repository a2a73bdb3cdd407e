"""After a restore the log is shorter than its anchors: accepted on record and by mail; whatever else is wrong still shows."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from casework.log import accepting, audit, chain
from casework.models import AuditEvent
from exchange.models import AuditAnchor
from shared.models import OutboxMessage
from tests.casework import log_guard
from tests.casework.factories import AccountFactory
from tests.casework.signing_in import with_means
from tests.people.signing_in import sign_in

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


def written(number: int) -> None:
    for _at in range(number):
        audit.record("opened", by=None)


def anchored(*, day=YESTERDAY, mac: str = "") -> None:
    head = AuditEvent.objects.latest("number")
    AuditAnchor.objects.create(event=head.number, mac=mac or head.mac, day=day)


def kinds() -> set[str]:
    return {fault.kind for fault in chain.verify().faults}


@pytest.fixture
def restored():
    """A log of five rows that was anchored, and came back with three of them."""
    written(5)
    anchored()
    with log_guard.lifted(connection):
        AuditEvent.objects.filter(number__gt=3).delete()
    audit.record("restored", by=None)


@pytest.mark.parametrize(("since", "kind"), [(0, "cut"), (3, "anchor")])
def test_what_a_restore_lost_is_a_fault_until_it_is_accepted(restored, since, kind):
    written(since)
    assert kinds() == {kind}
    accepting.accept(accepting.find())
    assert kinds() == set()


def test_what_is_cut_after_it_was_accepted_shows_again(restored):
    accepting.accept(accepting.find())
    written(3)
    anchored(day=timezone.localdate())
    with log_guard.lifted(connection):
        AuditEvent.objects.filter(number__gt=6).delete()
    assert kinds() == {"cut"}


def test_an_anchor_of_a_later_day_among_the_same_rows_still_counts(restored):
    accepting.accept(accepting.find())
    anchored(day=timezone.localdate(), mac="0" * 64)
    assert kinds() == {"anchor"}


def test_without_a_restore_on_record_nothing_is_accepted():
    written(5)
    anchored()
    with log_guard.lifted(connection):
        AuditEvent.objects.filter(number__gt=3).delete()
    with pytest.raises(accepting.NotAccepted, match="No restore"):
        accepting.find()


def test_what_was_cut_before_the_restore_is_not_accepted(restored):
    AuditAnchor.objects.create(event=2, mac="0" * 64, day=YESTERDAY)
    accepting.accept(accepting.find())
    assert kinds() == {"anchor"}


def test_a_restore_that_lost_nothing_needs_no_accepting():
    written(3)
    anchored()
    audit.record("restored", by=None)
    with pytest.raises(accepting.NotAccepted, match="No anchor"):
        accepting.find()


def test_who_does_not_know_the_last_row_accepts_nothing(restored, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda prompt: "4")
    with pytest.raises(CommandError, match="Nothing was accepted"):
        call_command("accept_log_loss", stdout=StringIO())
    assert (kinds(), OutboxMessage.objects.count()) == ({"cut"}, 0)


def test_it_is_on_record_mailed_to_the_officer_and_stands_on_the_page_of_the_log(restored, monkeypatch, client):
    officer = with_means(AccountFactory(roles=["dpo"]))
    monkeypatch.setattr("builtins.input", lambda prompt: " 5 ")
    told = StringIO()
    call_command("accept_log_loss", stdout=told)
    assert told.getvalue().endswith("Accepted. The log is whole.\n")
    [mail] = OutboxMessage.objects.filter(kind="casework-loss_accepted")
    assert (mail.to, "van rij 4 tot rij 5" in mail.text) == (officer.email, True)
    sign_in(client, officer)
    assert "in rij 4 tot 5" in client.get("/logboek/ankers/").content.decode()
