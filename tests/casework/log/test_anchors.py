"""Once a day how far the log came is written down where casework can't take it back, and mailed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.log import anchors, audit, chain
from casework.models import AuditEvent
from exchange.models import AuditAnchor
from shared.models import OutboxMessage
from tests.casework.factories import AccountFactory

pytestmark = pytest.mark.django_db


def test_the_anchor_of_the_day_is_number_and_mac_of_the_last_row_written_once():
    audit.record("opened", by=None)
    head = audit.record("opened", by=None)
    made = [anchors.drop_due(), anchors.drop_due()]
    assert made[1] is None
    assert list(AuditAnchor.objects.values_list("day", "event", "mac")) == [(timezone.localdate(), 2, head.mac)]


def test_each_day_has_an_anchor_of_its_own():
    audit.record("opened", by=None)
    anchors.drop_due()
    AuditAnchor.objects.update(day=timezone.localdate() - timedelta(days=1))
    anchors.drop_due()
    assert list(AuditAnchor.objects.order_by("event").values_list("event", flat=True)) == [1, 2]
    assert chain.verify().is_whole


def test_nothing_is_anchored_before_the_first_row():
    assert (anchors.drop_due(), AuditAnchor.objects.count()) == (None, 0)


def test_the_anchor_is_on_record():
    audit.record("opened", by=None)
    anchors.drop_due()
    event = AuditEvent.objects.latest("number")
    assert (event.action, event.actor, event.detail) == ("anchored", None, '{"event":1}')


def test_the_officers_get_number_and_mac_by_mail_and_nobody_else_gets_anything():
    officer = AccountFactory(roles=["dpo"])
    AccountFactory(roles=["dpo"], is_active=False)
    AccountFactory(roles=["administrator", "case_manager"])
    head = audit.record("opened", by=officer)
    anchors.drop_due()
    [message] = OutboxMessage.objects.all()
    assert (message.kind, message.to) == ("casework_anchor", officer.email)
    assert "1" in message.text and anchors.spaced(head.mac) in message.text
    assert "opened" not in message.text and officer.last_name not in message.text


def test_a_mac_is_written_in_groups_that_can_be_compared():
    assert anchors.spaced("0123456789abcdef") == "01234567 89abcdef"
