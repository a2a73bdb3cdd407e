"""One of everything that casework keeps, and somebody of each role: what a walk over all its addresses needs."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from casework.entrance import invitations
from casework.models import Alarm, Referrer
from casework.referrals import handing, identity
from casework.views.frame import brand
from exchange.receipts import Receipt
from people.models import User
from shared.stylesheet import stylesheet
from tests.casework.access_table import KINDS, MANAGER, OTHER, STRANGER, TABLE
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.casework.signing_in import with_means
from tests.people.signing_in import sign_in


@transaction.atomic
def one_of_each() -> dict:
    """One of each, tied together: what the blanks of the addresses are filled with, and `people` by role."""
    people = {role: with_means(AccountFactory(roles=kinds)) for role, kinds in KINDS.items()}
    giver, proposer = AccountFactory(roles=["case_manager"]), AccountFactory(roles=["administrator"])
    receipt = Receipt.new()
    code = {"lookup": receipt.lookup, "answer_key": receipt.public_key}
    referral = ReferralFactory(manager=people[MANAGER], **code)
    Referrer.objects.create(referral=referral, identity={"name": "Els Janssens"})
    identity.put(referral, {"name": "Yassine"}, day=timezone.localdate())
    ReferralFactory(manager=people[OTHER])
    asked = handing.ask_colleague(ReferralFactory(manager=giver), to=people[MANAGER], note="Bel op dinsdag.", by=giver)
    who = {"email": "nieuw@stad.demo", "first_name": "Nora", "last_name": "Nieuw"}
    now = timezone.now()
    return {
        "people": people,
        "digest": stylesheet(brand().declarations).digest,
        "referral": referral.pk,
        "unassigned": ReferralFactory().pk,
        "handover": asked.pk,
        "refuse": "weigeren",
        "account": AccountFactory(roles=["case_manager"]).pk,
        "proposal": invitations.invite(**who, roles=["case_manager"], by=proposer)[0].pk,
        "alarm": Alarm.objects.create(kind="pull", first_seen=now, last_seen=now).pk,
    }


def enter(client, role: str, things: dict) -> User | None:
    """Signs somebody with this role in, second factor included."""
    return None if role == STRANGER else sign_in(client, things["people"][role])


def addresses(things: dict) -> dict[str, str]:
    """Every address of the table."""
    return {name: reverse(name, args=row.blanks(things)) for name, row in TABLE.items()}
