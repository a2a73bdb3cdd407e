"""The pages of referrals: what they show to whom, what they cost, and that a look is on record before it is taken."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.entrance import accounts
from casework.keyring.sealed import Broken
from casework.models import AuditEvent, Entry, Grant, Message, Referral, Referrer
from casework.referrals import handing, identity, reading
from exchange.receipts import Receipt
from tests.casework.cost import with_audit
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.people.signing_in import sign_in, with_session

pytestmark = pytest.mark.django_db
STEPS = ["answer", "talk", "note", "advice", "action", "boundary", "close", "redirect", "prevention", "withdraw", "code"]
STEPS += ["subject-offer", "subject-hold", "subject-withdraw", "hand-over", "hand-over-stop"]
LOOKS = ["referral", "referrer", "subject"]
PAGE, LIST = 17, 8  # queries, four of which ask whether the seal of the account holds
SECRETS = ("wapens", "Yassine", "Els Janssens")


@pytest.fixture
def manager():
    return AccountFactory(roles=["case_manager"])


@pytest.fixture
def signed_in(client, manager):
    sign_in(client, manager)
    return client


@pytest.fixture
def referral(manager):
    receipt = Receipt.new()
    referral = ReferralFactory(manager=manager, lookup=receipt.lookup, answer_key=receipt.public_key)
    Referrer.objects.create(referral=referral, identity={"name": "Els Janssens"})
    identity.put(referral, {"name": "Yassine"}, day=timezone.localdate())
    return referral


def address(name: str, referral) -> str:
    return reverse(f"casework:{name}", args=[referral.pk])


def text_of(answer) -> str:
    return answer.content.decode()


def without_token(answer) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", text_of(answer))


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("number").values_list("action", flat=True))


def test_the_page_shows_the_words_and_neither_closed_part(signed_in, referral):
    page = text_of(signed_in.get(address("referral", referral)))
    assert [secret in page for secret in SECRETS] == [True, False, False]
    assert actions() == ["opened"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("referrer", "Els Janssens"), ("subject", "Yassine")],
)
def test_a_closed_part_is_a_look_of_its_own(signed_in, referral, name, shown):
    page = text_of(signed_in.get(address(name, referral)))
    assert [secret for secret in SECRETS if secret in page] == [shown]
    assert list(AuditEvent.objects.values_list("action", "detail")) == [("opened", f'{{"part":"{name}"}}')]


@pytest.mark.parametrize("name", [*LOOKS, *STEPS])
@pytest.mark.parametrize("roles", [["case_manager"], ["administrator"], ["dpo"], []])
def test_i3_for_everybody_else_there_is_no_such_referral(client, referral, name, roles):
    before = (Message.objects.count(), Entry.objects.count(), Referral.objects.get().lookup)
    sign_in(client, AccountFactory(roles=roles))
    answers = [client.get(address(name, referral)).status_code, client.post(address(name, referral), {"text": "x"}).status_code]
    assert set(answers) <= {404, 405}
    assert 404 in answers
    assert (before, actions()) == ((Message.objects.count(), Entry.objects.count(), Referral.objects.get().lookup), [])


@pytest.mark.parametrize("name", [*LOOKS, *STEPS])
def test_to_a_stranger_every_address_is_the_sign_in(client, referral, name):
    answer = client.get(address(name, referral))
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/account/login/")


@pytest.mark.parametrize("name", [*LOOKS, *STEPS])
def test_every_page_of_ones_own_referral_opens(signed_in, referral, name):
    answer = signed_in.get(address(name, referral))
    only_post = {"answer", "subject-hold", "hand-over-stop"}
    assert answer.status_code == (405 if name in only_post else 200)


@pytest.mark.parametrize("roles", [["administrator"], ["dpo"], []])
@pytest.mark.parametrize("name", ["referrals", "look-up", "deputy", "record"])
def test_the_lists_are_for_case_managers(client, name, roles):
    sign_in(client, AccountFactory(roles=roles))
    assert client.get(reverse(f"casework:{name}")).status_code == 404


def test_i3_the_list_of_another_holds_no_trace_of_it(client, referral):
    sign_in(client, AccountFactory(roles=["case_manager"]))
    for name in ("referrals", "my-work"):
        page = text_of(client.get(reverse(f"casework:{name}")))
        assert (referral.reference in page, str(referral.pk) in page) == (False, False)


def test_an_unassigned_referral_shows_day_and_sector_only(signed_in):
    referral = ReferralFactory(answer_due=timezone.localdate())
    for name in ("referrals", "my-work"):
        page = text_of(signed_in.get(reverse(f"casework:{name}")))
        assert reading.outline(referral) in page
        assert (referral.reference in page, "wapens" in page) == (False, False)
    assert signed_in.get(address("referral", referral)).status_code == 404


def test_taking_it_opens_it(signed_in, manager):
    referral = ReferralFactory()
    assert signed_in.post(address("take", referral)).url == address("referral", referral)
    assert "wapens" in text_of(signed_in.get(address("referral", referral)))
    assert actions() == ["taken", "opened"]


def test_what_no_longer_waits_and_what_never_was_are_answered_alike(client, referral):
    sign_in(client, AccountFactory(roles=["case_manager"]))
    pages = [
        without_token(client.post(where, follow=True)) for where in (address("take", referral), f"/aanmeldingen/{uuid4()}/neem/")
    ]
    assert pages[0] == pages[1]
    assert actions() == []


def test_taking_is_a_post(signed_in):
    assert signed_in.get(address("take", ReferralFactory())).status_code == 405


def test_what_is_new_is_new_until_it_is_opened(signed_in, referral):
    Referral.objects.update(has_news=True)
    signed_in.get(reverse("casework:referrals"))
    assert Referral.objects.get().has_news
    signed_in.get(address("referral", referral))
    assert not Referral.objects.get().has_news


def test_what_is_new_stays_new_until_its_page_was_there(signed_in, referral, monkeypatch):
    def closed(_referral):
        raise Broken

    Referral.objects.update(has_news=True)
    assert signed_in.head(address("referral", referral)).status_code == 200
    with monkeypatch.context() as patched:
        patched.setattr(reading, "thread", closed)
        assert signed_in.get(address("referral", referral)).status_code == 503
    assert Referral.objects.get().has_news
    signed_in.get(address("referral", referral))
    assert not Referral.objects.get().has_news


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three_of_everything(signed_in, referral, n, django_assert_num_queries):
    for _number in range(n):
        author = AccountFactory(roles=["case_manager"])
        Message.objects.create(referral=referral, direction="out", by=author, text={"text": "x"})
        Entry.objects.create(referral=referral, kind="note", by=author, text={"text": "x"})
    signed_in.get(address("referral", referral))  # the first look of a session starts its clock
    with django_assert_num_queries(with_session(with_audit(PAGE))):
        signed_in.get(address("referral", referral))


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(("name", "cost"), [("referrals", 0), ("my-work", 2)])
def test_lists_cost_the_same_for_one_and_for_three(signed_in, manager, n, name, cost, django_assert_num_queries):
    for _number in range(n):
        ReferralFactory(answer_due=timezone.localdate())
        ReferralFactory(manager=manager)
        closed = ReferralFactory(manager=manager)
        Referral.objects.filter(pk=closed.pk).update(state="redirected", erase_on=timezone.localdate())
        giver = AccountFactory(roles=["case_manager"])
        handing.ask_colleague(ReferralFactory(manager=giver), to=manager, note="", by=giver)
    signed_in.get(reverse(f"casework:{name}"))  # the first look of a session starts its clock
    with django_assert_num_queries(with_session(LIST + cost)):
        signed_in.get(reverse(f"casework:{name}"))


def test_an_answer_is_typed_on_the_page_and_sent(signed_in, referral):
    answer = signed_in.post(address("answer", referral), {"text": "Blijf in gesprek."})
    assert answer.url == address("referral", referral)
    assert Message.objects.filter(direction="out").count() == 1


def test_an_empty_answer_shows_the_page_again(signed_in, referral):
    answer = signed_in.post(address("answer", referral), {"text": " "})
    assert (answer.status_code, "error-summary" in text_of(answer)) == (200, True)


def test_what_may_be_about_somebody_stays_here_and_nothing_typed_is_lost(signed_in, referral):
    answer = signed_in.post(address("prevention", referral), {"theme": "Yassin zegt dat geweld mag."})
    assert (answer.status_code, "Yassin zegt dat geweld mag." in text_of(answer)) == (200, True)
    assert Referral.objects.get().state == "in_consult"


def test_a_call_is_recorded_and_a_code_shown_once(signed_in, manager):
    page = signed_in.get(reverse("casework:record"))
    key = page.context["form"]["form_key"].value()
    facts = {"form_key": key, "worry": "Hij trekt zich terug.", "source": "phone", "day": timezone.localdate().isoformat()}
    answer = signed_in.post(reverse("casework:record"), facts | {"referrer-name": "Els", "subject-name": ""})
    referral = Referral.objects.get()
    assert (answer.url, referral.words) == (address("code", referral), {"worry": "Hij trekt zich terug."})
    turn = {"turn": signed_in.get(address("code", referral)).context["turn"]}
    code = "-".join(signed_in.post(address("code", referral), turn).context["groups"])
    assert Receipt.read(code).lookup == Referral.objects.get().lookup
    assert code[:4] not in text_of(signed_in.get(address("code", referral)))
    assert not [event for event in AuditEvent.objects.all() if code[:4] in event.detail]
    # Sent again, by reloading: the code that was read aloud still counts.
    again = signed_in.post(address("code", referral), turn)
    assert ("groups" in again.context, Receipt.read(code).lookup) == (False, Referral.objects.get().lookup)


def test_only_the_worry_is_required_of_a_call(signed_in):
    answer = signed_in.post(reverse("casework:record"), {"since": "een maand"})
    assert sorted(answer.context["form"].errors) == ["day", "form_key", "source", "worry"]
    assert "een maand" in text_of(answer)


def test_for_who_lost_the_role_while_typing_there_is_no_page_to_record(signed_in, manager, monkeypatch):
    page = signed_in.get(reverse("casework:record"))
    facts = {"worry": "Stil.", "source": "phone", "day": timezone.localdate().isoformat()}
    facts["form_key"] = page.context["form"]["form_key"].value()
    monkeypatch.setattr(accounts, "lock", lambda user: user.roles.all().delete())  # at the last moment
    assert signed_in.post(reverse("casework:record"), facts).status_code == 404
    assert Referral.objects.count() == 0


def test_a_name_is_looked_up_by_post_and_stands_in_no_address(signed_in, referral):
    answer = signed_in.post(reverse("casework:look-up"), {"name": "Jansens"})
    assert referral.reference in text_of(answer)
    assert "Janssens" not in text_of(answer)
    assert signed_in.get(reverse("casework:look-up"), {"name": "Jansens"}).context["hits"] is None


def test_a_hand_over_is_answered_from_my_work(client, signed_in, manager, referral):
    colleague = AccountFactory(roles=["case_manager"])
    signed_in.post(address("hand-over", referral), {"to": colleague.pk, "note": "Bel op dinsdag.", "at_once": "1"})
    assert Grant.objects.get(ended_at=None).user == colleague
    assert signed_in.get(address("referral", referral)).status_code == 404
    sign_in(client, colleague)
    handover = handing.waiting_for(colleague).get()
    assert str(manager) in text_of(client.get(reverse("casework:my-work")))
    answer = client.post(reverse("casework:hand-over-answer", args=[handover.pk, "aannemen"]))
    assert answer.url == address("referral", referral)


def test_a_hand_over_to_somebody_else_is_not_there(client, referral, manager):
    handover = handing.ask_colleague(referral, to=AccountFactory(roles=["case_manager"]), note="x", by=manager)
    sign_in(client, AccountFactory(roles=["case_manager"]))
    assert client.post(reverse("casework:hand-over-answer", args=[handover.pk, "aannemen"])).status_code == 404


def test_the_deputy_is_chosen_among_colleagues(signed_in, manager):
    colleague, stranger = AccountFactory(roles=["case_manager"]), AccountFactory()
    assert signed_in.post(reverse("casework:deputy"), {"deputy": stranger.pk}).status_code == 200
    signed_in.post(reverse("casework:deputy"), {"deputy": colleague.pk})
    manager.refresh_from_db()
    assert manager.deputy.deputy == colleague
