"""A quarter of an hour without a request locks the session, eight hours end it, and what was typed is not lost."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from casework.entrance import drafts
from casework.models import Draft
from tests.casework.factories import AccountFactory
from tests.casework.signing_in import SEED, walk_in, with_means
from tests.people.codes import app_code

pytestmark = pytest.mark.django_db
INVITE, ACCOUNTS = "/toegang/uitnodigen/", "/toegang/"
UNLOCK, LOCK, AWAKE, STEP_UP = "/account/vergrendeld/", "/account/vergrendelen/", "/account/bezig/", "/account/bevestigen/"
TYPED = {"first_name": "Telwoord", "last_name": "Nieuw", "email": "sofie@stad.demo", "roles": ["case_manager"]}


@pytest.fixture
def admin(client, clock):
    user = with_means(AccountFactory(roles=["administrator"]))
    walk_in(client, user)
    client.get("/")
    return user


def unlock(client, page: str):
    return client.post(UNLOCK, {"code": app_code(SEED), "next": page})


def left_idle(client, clock, minutes=16):
    clock.go_on(minutes=minutes)
    return client


def test_after_a_quarter_of_an_hour_the_session_is_locked_and_opens_on_the_same_page(client, clock, admin):
    answer = left_idle(client, clock).get(f"{ACCOUNTS}?a=1")
    assert (answer.status_code, answer.url) == (302, f"{UNLOCK}?next=%2Ftoegang%2F%3Fa%3D1")
    assert unlock(client, f"{ACCOUNTS}?a=1").url == f"{ACCOUNTS}?a=1"
    assert client.get(ACCOUNTS).status_code == 200


def test_a_request_every_ten_minutes_keeps_it_open(client, clock, admin):
    for _request in range(6):
        clock.go_on(minutes=10)
        assert client.get(ACCOUNTS).status_code == 200


def test_who_types_without_sending_keeps_it_open(client, clock, admin):
    for _touch in range(4):
        clock.go_on(minutes=10)
        assert client.post(AWAKE).status_code == 204
    assert client.get(ACCOUNTS).status_code == 200


def test_a_locked_session_does_not_wake_up_by_being_touched(client, clock, admin):
    left_idle(client, clock).get("/")
    assert client.post(AWAKE).url.startswith(UNLOCK)
    assert client.get("/").url.startswith(UNLOCK)


@pytest.mark.parametrize("page", ["/", ACCOUNTS, "/account/", "/account/2fa/", "/account/password/change/", STEP_UP])
def test_locked_everything_leads_to_the_lock(client, clock, admin, page):
    assert left_idle(client, clock).get(page).url.startswith(UNLOCK)


def test_the_lock_shows_nothing_of_what_lies_behind_it(client, clock, admin):
    page = left_idle(client, clock).get(f"{UNLOCK}?next={ACCOUNTS}").content.decode()
    assert [word for word in (admin.email, admin.last_name, reverse("casework:accounts") + '"><', "site-nav") if word in page] == []


@pytest.mark.parametrize("minutes", [10, 16])
def test_a_form_that_does_not_count_shows_the_menu_to_an_open_session_only(client, clock, admin, minutes):
    client.handler.enforce_csrf_checks = True
    page = left_idle(client, clock, minutes).post(INVITE, TYPED)
    assert (page.status_code, "site-nav" in page.content.decode()) == (403, minutes < 15)


def test_a_wrong_code_opens_nothing(client, clock, admin):
    left_idle(client, clock).get("/")
    assert client.post(UNLOCK, {"code": "000000"}).status_code == 200
    assert client.get("/").url.startswith(UNLOCK)


def test_a_recovery_code_unlocks_too(client, clock, admin):
    left_idle(client, clock).get("/")
    code = admin.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert client.post(UNLOCK, {"code": code}).url == "/"


def test_the_way_on_leads_nowhere_else(client, clock, admin):
    left_idle(client, clock).get("/")
    assert unlock(client, "https://elders.demo/").url == "/"


def test_a_form_sent_to_a_locked_session_is_kept_and_shown_again_unsent(client, clock, admin):
    answer = left_idle(client, clock).post(INVITE, TYPED)
    assert answer.url == f"{UNLOCK}?next=%2Ftoegang%2Fuitnodigen%2F"
    assert unlock(client, INVITE).url == INVITE
    form = client.get(INVITE).context["form"]
    assert {name: form[name].value() for name in TYPED} == TYPED
    assert dict(form.errors) == {}
    assert Draft.objects.count() == 0
    assert client.get(INVITE).context["form"]["first_name"].value() is None


def test_who_asks_for_no_page_takes_no_draft(client, clock, admin, rf):
    drafts.save(admin, INVITE, rf.post("/", TYPED).POST)
    assert client.head(INVITE).status_code == 200
    assert client.get(INVITE).context["form"]["first_name"].value() == "Telwoord"


def test_a_draft_stays_until_its_page_was_really_shown(client, clock, admin, rf, monkeypatch):
    def away(*_asked, **_more):
        raise OperationalError

    drafts.save(admin, INVITE, rf.post("/", TYPED).POST)
    client.raise_request_exception = False
    for broken in ("casework.views.access.render", "django.contrib.sessions.backends.base.SessionBase.get_expire_at_browser_close"):
        with monkeypatch.context() as patched:
            patched.setattr(broken, away)
            clock.go_on(minutes=1)  # long enough for the session to be written
            assert (client.get(INVITE).status_code, Draft.objects.count()) == (503, 1)
    assert client.get(INVITE).context["form"]["first_name"].value() == "Telwoord"
    assert Draft.objects.count() == 0


def test_what_is_kept_lies_sealed(client, clock, admin):
    left_idle(client, clock).post(INVITE, TYPED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_draft")
        assert b"Telwoord" not in b"".join(bytes(value) for row in cursor for value in row if isinstance(value, bytes | memoryview))
    assert Draft.objects.get().content["data"]["first_name"] == ["Telwoord"]


def test_the_session_holds_no_word_of_it(client, clock, admin):
    left_idle(client, clock).post(INVITE, TYPED)
    assert "Telwoord" not in str(dict(client.session))


def test_a_button_pressed_too_late_leads_back_to_its_page(client, clock, admin):
    button = reverse("casework:proposal-withdraw", args=["00000000-0000-0000-0000-000000000000"])
    answer = left_idle(client, clock).post(button, {}, HTTP_REFERER=f"http://testserver{ACCOUNTS}?a=1")
    assert (answer.url, Draft.objects.count()) == (f"{UNLOCK}?next=%2Ftoegang%2F", 0)


def test_where_the_browser_came_from_elsewhere_does_not_count(rf, admin):
    assert drafts.page_of(rf.post(INVITE, HTTP_REFERER="https://elders.demo/x/")) == INVITE
    assert drafts.page_of(rf.post(INVITE, HTTP_REFERER="http://testserver/toegang/")) == ACCOUNTS
    assert drafts.page_of(rf.post(INVITE, HTTP_REFERER="http://[")) == INVITE


def test_an_address_that_is_no_page_leads_to_the_page_above_it(rf, admin):
    referral = "00000000-0000-0000-0000-000000000000"
    assert drafts.page_of(rf.post(reverse("casework:answer", args=[referral]))) == reverse("casework:referral", args=[referral])
    assert drafts.page_of(rf.post(reverse("casework:alarm-acknowledge", args=[1]))) == reverse("casework:alarms")


def test_passwords_and_codes_are_never_kept(rf, admin):
    typed = {"password1": "geheim", "oldpassword": "geheim", "code": "123456", "credential": "{}", "words": "wel"}
    drafts.save(admin, "/x/", rf.post("/", typed).POST)
    assert Draft.objects.get().content["data"] == {"words": ["wel"]}


def test_a_password_sent_too_late_is_not_kept(client, clock, admin):
    left_idle(client, clock).post("/account/password/change/", {"oldpassword": "a", "password1": "b", "password2": "b"})
    assert Draft.objects.count() == 0


def test_a_draft_of_somebody_else_is_not_shown(client, clock, admin, rf):
    other = AccountFactory(roles=["administrator"])
    drafts.save(other, INVITE, rf.post("/", TYPED).POST)
    assert client.get(INVITE).context["form"]["first_name"].value() is None
    assert Draft.objects.count() == 1


def test_a_draft_that_was_turned_to_somebody_else_in_the_database_shows_nothing(client, clock, admin, rf):
    other = AccountFactory(roles=["administrator"])
    drafts.save(other, INVITE, rf.post("/", TYPED).POST)
    Draft.objects.update(user=admin)
    assert client.get(INVITE).context["form"]["first_name"].value() is None
    drafts.save(admin, ACCOUNTS, rf.post("/", TYPED).POST)
    Draft.objects.update(path=INVITE)
    assert client.get(INVITE).context["form"]["first_name"].value() is None


def test_the_button_locks_and_the_page_keeps_what_stands_in_its_form(client, clock, admin):
    answer = client.post(LOCK, {"page": INVITE, "typed": "first_name=Telwoord&roles=dpo"})
    assert answer.url == f"{UNLOCK}?next=%2Ftoegang%2Fuitnodigen%2F"
    assert client.get("/").url.startswith(UNLOCK)
    clock.go_on(minutes=2)
    unlock(client, INVITE)
    form = client.get(INVITE).context["form"]
    assert (form["first_name"].value(), form["roles"].value(), dict(form.errors)) == ("Telwoord", ["dpo"], {})


def test_signing_out_forgets_drafts(client, clock, admin, rf):
    drafts.save(admin, INVITE, rf.post("/", TYPED).POST)
    client.post("/account/logout/")
    assert Draft.objects.count() == 0


def test_the_worker_forgets_drafts_after_eight_hours(admin, rf):
    drafts.save(admin, INVITE, rf.post("/", TYPED).POST)
    assert drafts.forget_old() == 0
    Draft.objects.update(made_at=timezone.now() - drafts.KEPT_FOR)
    assert drafts.forget_old() == 1


def test_eight_hours_after_signing_in_the_session_ends(client, clock, admin):
    for _request in range(47):
        clock.go_on(minutes=10)
        assert client.get(ACCOUNTS).status_code == 200
    clock.go_on(minutes=11)
    assert client.get(ACCOUNTS).url == "/account/login/?next=%2Ftoegang%2F"
    assert "_auth_user_id" not in client.session


def test_unlocking_does_not_make_the_session_longer(client, clock, admin):
    clock.go_on(hours=7.9)
    client.get("/")
    unlock(client, "/")
    clock.go_on(minutes=10)
    assert client.get("/").url.startswith("/account/login/")


def test_a_session_without_a_second_factor_ends_instead_of_being_locked(client, clock):
    user = AccountFactory(roles=["case_manager"])
    client.force_login(user)
    client.get("/account/2fa/totp/activate/")
    assert left_idle(client, clock).get("/").url.startswith("/account/login/")


# Step-up


def test_before_something_that_matters_the_second_factor_is_asked_once_more(client, clock, admin):
    assert client.get(INVITE).status_code == 200
    clock.go_on(minutes=6)
    assert client.get(ACCOUNTS).status_code == 200
    assert client.get(INVITE).url == f"{STEP_UP}?next=%2Ftoegang%2Fuitnodigen%2F"
    assert client.post(STEP_UP, {"code": app_code(SEED), "next": INVITE}).url == INVITE
    assert client.get(INVITE).status_code == 200


def test_a_form_sent_too_late_for_the_step_up_is_kept(client, clock, admin):
    clock.go_on(minutes=6)
    assert client.post(INVITE, TYPED).url == f"{STEP_UP}?next=%2Ftoegang%2Fuitnodigen%2F"
    client.post(STEP_UP, {"code": app_code(SEED), "next": INVITE})
    assert client.get(INVITE).context["form"]["email"].value() == "sofie@stad.demo"


def test_who_just_proved_it_is_not_asked_again(client, clock, admin):
    assert client.get(f"{STEP_UP}?next={INVITE}").url == INVITE


def test_the_password_alone_is_no_step_up(client, clock, admin):
    clock.go_on(minutes=6)
    client.post("/account/reauthenticate/", {"password": "een lang wachtwoord"})
    assert client.get(INVITE).url.startswith(STEP_UP)
