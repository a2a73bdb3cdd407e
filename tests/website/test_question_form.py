"""The form of the contact point: for everybody, without JavaScript, and nothing typed is lost."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from wagtail.models import PageViewRestriction

from shared.models import OutboxMessage
from tests.people.factories import UserFactory
from tests.trainings.factories import catalogue_page, make_training
from website.forms import SIGNER, is_ours, new_form_key
from website.models import Question
from website.views import QUESTIONS_AN_HOUR

pytestmark = pytest.mark.django_db
TYPED = {"name": "Ann", "email": "ann@school.demo", "organisation": "", "text": "Wat doe ik?", "nickname": ""}


@pytest.fixture
def address():
    return reverse("website:question")


def form_key(page) -> str:
    return re.search(r'name="form_key" value="([^"]+)"', page.content.decode())[1].replace("&amp;", "&")


def typed(**changes):
    return TYPED | {"form_key": new_form_key()} | changes


def errors(response) -> dict:
    return {name: list(texts) for name, texts in response.context["form"].errors.items()}


def test_the_form_opens_for_everybody(client, address):
    page = client.get(address)
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert is_ours(form_key(page))


def test_a_question_arrives_and_the_next_page_says_what_happens_now(client, address):
    answer = client.post(address, typed(form_key=form_key(client.get(address))), follow=True)
    assert answer.redirect_chain == [("/aanspreekpunt/vraag/verstuurd/", 302)]
    assert answer.resolver_match.view_name == "website:question-sent"
    assert list(Question.objects.values_list("name", "email", "text")) == [("Ann", "ann@school.demo", "Wat doe ik?")]


def test_the_page_after_it_tells_nothing_about_anybody(client, address):
    client.post(address, typed())
    page = client.get(reverse("website:question-sent")).content.decode()
    assert [word for word in ("Ann", "ann@", "Wat doe ik?") if word in page] == []
    assert '<meta name="robots" content="noindex">' in page


def test_the_form_sent_twice_arrives_once(client, address):
    data = typed()
    answers = [client.post(address, data).status_code for _time in range(2)]
    assert (answers, Question.objects.count(), OutboxMessage.objects.count()) == ([302, 302], 1, 2)


def test_errors_stand_beside_the_fields_and_nothing_typed_is_lost(client, address):
    page = client.post(address, typed(name="", email="ann@", text="Lang verhaal"))
    assert page.status_code == 200
    assert sorted(errors(page)) == ["email", "name"]
    html = page.content.decode()
    assert "Lang verhaal</textarea>" in html
    assert 'value="ann@"' in html
    assert html.count('aria-invalid="true"') == 2
    assert 'href="#id_email"' in html


@pytest.mark.parametrize("key", ["", "zelf-verzonnen", SIGNER.sign("x")[:-1], "\x00", "é" * 50])
def test_a_key_that_is_not_ours_costs_one_more_click_and_no_words(client, address, key):
    page = client.post(address, typed(form_key=key))
    assert (page.status_code, Question.objects.count()) == (200, 0)
    assert "Wat doe ik?</textarea>" in page.content.decode()
    assert client.post(address, typed(form_key=form_key(page))).status_code == 302


def test_a_machine_that_fills_in_the_trap_is_stopped_and_a_person_can_go_on(client, address):
    page = client.post(address, typed(nickname="https://spam.demo"))
    assert (list(errors(page)), Question.objects.count()) == (["nickname"], 0)
    assert "<div hidden>" not in page.content.decode()
    assert "<div hidden>" in client.get(address).content.decode()


def test_who_is_signed_in_need_not_type_name_and_address(client, address):
    client.force_login(UserFactory(first_name="Noor", last_name="Peeters", email="noor@school.demo"))
    html = client.get(address).content.decode()
    assert 'value="Noor Peeters"' in html
    assert 'value="noor@school.demo"' in html


def test_a_question_about_a_training_begins_with_its_title(client, address):
    make_training(title="Polarisering in de klas", slug="polarisering")
    assert "Polarisering in de klas" in client.get(address, {"vorming": "polarisering"}).context["form"]["text"].value()


def test_a_training_that_is_not_public_begins_nothing(client, address):
    for restricted, slug in [(make_training(title="Besloten"), "vorming-1"), (catalogue_page(), "vorming-1")]:
        restriction = PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
        assert client.get(address, {"vorming": slug}).context["form"]["text"].value() is None
        restriction.delete()
    make_training(title="Nog niet af", slug="nog-niet-af", live=False)
    assert client.get(address, {"vorming": "nog-niet-af"}).context["form"]["text"].value() is None
    assert client.get(address, {"vorming": "vorming-1"}).context["form"]["text"].value() is not None


@pytest.mark.parametrize("slug", ["bestaat-niet", "<script>", "\x00", "a" * 5000])
def test_a_training_that_is_not_there_begins_nothing(client, address, slug):
    assert client.get(address, {"vorming": slug}).context["form"]["text"].value() is None


def test_very_many_questions_from_one_network_have_to_wait_and_others_need_not(client, address):
    answers = [client.post(address, typed(), REMOTE_ADDR="10.0.0.1").status_code for _time in range(QUESTIONS_AN_HOUR)]
    slowed = client.post(address, typed(text="Een te veel"), REMOTE_ADDR="10.0.0.1")
    assert (set(answers), slowed.status_code) == ({302}, 429)
    assert "Een te veel</textarea>" in slowed.content.decode()
    assert client.post(address, typed(), REMOTE_ADDR="10.0.0.2").status_code == 302


def test_the_cache_does_not_know_who_asked(client, address, monkeypatch):
    kept = []
    monkeypatch.setattr(cache, "add", lambda key, *_rest: kept.append(key))
    client.post(address, typed(), REMOTE_ADDR="10.0.0.77")
    assert [key for key in kept if "10.0.0.77" in key] == []
    assert len(kept) > 0


@pytest.mark.parametrize("name", ["question", "question-sent"])
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_verbs_are_refused(client, name, method):
    assert getattr(client, method)(reverse(f"website:{name}")).status_code == 405
    assert client.post(reverse("website:question-sent")).status_code == 405


def test_a_question_without_a_token_is_refused(address):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(address, typed()).status_code == 403
