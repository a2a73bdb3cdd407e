"""The alert says that there is something new, to whom it concerns, and nothing else."""

import pytest

from casework.models import Deputy
from casework.referrals import alerts
from casework.referrals.pull import pull
from exchange.receipts import Receipt
from shared.models import OutboxMessage
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.casework.referrals.letters_in import refer, send

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return sorted(OutboxMessage.objects.values_list("to", flat=True))


def test_what_nobody_has_taken_is_told_to_all_case_managers():
    managers = [AccountFactory(roles=["case_manager"]) for _ in range(2)]
    AccountFactory(roles=["administrator"])
    AccountFactory(roles=["case_manager"], is_active=False)
    refer(Receipt.new())
    pull()
    assert told() == sorted(user.email for user in managers)


def test_what_is_taken_is_told_to_its_case_manager_and_the_deputy():
    manager, deputy, _other = (AccountFactory(roles=["case_manager"]) for _ in range(3))
    receipt = Receipt.new()
    ReferralFactory(manager=manager, lookup=receipt.lookup, answer_key=receipt.public_key)
    alerts.choose_deputy(manager, deputy)
    send(receipt, "addition", text="Nog iets.")
    pull()
    assert told() == sorted([manager.email, deputy.email])


def test_without_a_deputy_the_case_manager_alone_is_told():
    manager, deputy = (AccountFactory(roles=["case_manager"]) for _ in range(2))
    alerts.choose_deputy(manager, deputy)
    alerts.choose_deputy(manager, None)
    assert not Deputy.objects.exists()
    alerts.something_new(ReferralFactory(manager=manager))
    assert told() == [manager.email]


def test_what_was_withdrawn_before_anybody_took_it_is_told_to_nobody():
    AccountFactory(roles=["case_manager"])
    receipt = Receipt.new()
    refer(receipt)
    pull()
    OutboxMessage.objects.all().delete()
    send(receipt, "withdrawal")
    pull()
    assert told() == []


def test_ten_referrals_at_once_are_one_mail():
    AccountFactory(roles=["case_manager"])
    for _number in range(10):
        refer(Receipt.new())
    pull()
    assert len(told()) == 1
    OutboxMessage.objects.update(attempts=1)  # it is being sent now
    refer(Receipt.new())
    pull()
    assert len(told()) == 2


def test_the_mail_holds_nothing_of_the_referral():
    AccountFactory(roles=["case_manager"])
    mails = []
    for words in ({"worry": "Yassine praat over wapens."}, {"worry": "Iets anders."}):
        refer(Receipt.new(), words=words)
        pull()
        mails.append(OutboxMessage.objects.values_list("subject", "text", "about").get())
        OutboxMessage.objects.all().delete()
    assert mails[0] == mails[1]
    assert mails[0][2] == ""
