"""The team's work list of questions: only for who answers them."""

import pytest
from django.urls import reverse

from shared.models import OutboxMessage
from shared.objectives import KNOWLEDGE, Work
from tests.people.factories import UserFactory
from tests.website.factories import QuestionFactory
from tests.website.people import TEAM, member
from website import contact
from website.desk import work_of

pytestmark = pytest.mark.django_db
VIEWS = ["question", "take", "give-back", "forget"]
ANSWERERS = {"Organisatoren", "Coördinatie"}


def address(name, *args):
    return reverse(f"website_questions:{name}", args=args)


@pytest.mark.parametrize("group", TEAM)
def test_only_those_who_answer_see_the_list(client, group):
    member(client, group)
    assert client.get(address("index")).status_code == (200 if group in ANSWERERS else 404)


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("group", sorted(set(TEAM) - ANSWERERS))
def test_for_others_a_question_is_not_there(client, group, name):
    member(client, group)
    question = QuestionFactory()
    assert client.get(address(name, question.pk)).status_code == 404
    assert client.post(address(name, question.pk)).status_code == 404


@pytest.mark.parametrize("name", VIEWS)
def test_visitors_are_asked_to_sign_in(client, name):
    answer = client.get(address(name, QuestionFactory().pk))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/?next=/cms/vragen/")


@pytest.mark.parametrize("name", VIEWS)
def test_a_partner_does_not_even_find_the_admin(client, name):
    client.force_login(UserFactory())
    assert client.get(address(name, QuestionFactory().pk)).status_code == 404


@pytest.mark.parametrize("name", ["take", "give-back"])
def test_taking_and_giving_back_are_no_links(client, name):
    member(client, "Organisatoren")
    assert client.get(address(name, QuestionFactory().pk)).status_code == 405


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client, n, django_assert_max_num_queries):
    user = member(client, "Organisatoren")
    for _number in range(n):
        contact.take_question(QuestionFactory(), by=user)
    client.get(address("index"))
    with django_assert_max_num_queries(11) as counted:  # ten where sessions live in Redis
        client.get(address("index"))
    assert len([query for query in counted.captured_queries if "website_question" in query["sql"]]) == 1


def test_what_waits_stands_above_what_is_answered(client):
    user = member(client, "Organisatoren")
    answered = contact.answer_question(QuestionFactory(), text="Klaar", by=user)
    first, second = QuestionFactory(), QuestionFactory()
    assert list(client.get(address("index")).context["object_list"]) == [first, second, answered]


def test_the_list_can_be_searched_and_filtered(client):
    user = member(client, "Organisatoren")
    taken = contact.take_question(QuestionFactory(text="Over pesten"), by=user)
    QuestionFactory(text="Over haat")
    found = [list(client.get(address("index"), query).context["object_list"]) for query in ({"q": "pesten"}, {"toestand": "taken"})]
    assert found == [[taken], [taken]]


def test_a_question_is_taken_answered_and_gone_from_what_waits(client):
    user, question = member(client, "Organisatoren"), QuestionFactory()
    client.post(address("take", question.pk))
    question.refresh_from_db()
    assert question.taken_by == user
    answer = client.post(address("question", question.pk), {"text": "Bel ons gerust."})
    question.refresh_from_db()
    assert (answer.status_code, question.state, question.answer) == (302, "answered", "Bel ons gerust.")
    assert OutboxMessage.objects.filter(kind="question_answered", to=question.email).count() == 1


def test_an_answer_is_not_lost_when_a_colleague_was_first(client):
    member(client, "Organisatoren")
    question = contact.take_question(QuestionFactory(), by=UserFactory(first_name="Els", last_name="Eerst"))
    page = client.post(address("question", question.pk), {"text": "Mijn lange antwoord"})
    assert (page.status_code, OutboxMessage.objects.count()) == (200, 0)
    assert page.context["form"]["text"].value() == "Mijn lange antwoord"
    assert page.context["form"].non_field_errors() == [str(contact.TakenByAnother.message)]


def test_an_empty_answer_is_not_sent(client):
    member(client, "Organisatoren")
    page = client.post(address("question", QuestionFactory().pk), {"text": "  "})
    assert (list(page.context["form"].errors), OutboxMessage.objects.count()) == (["text"], 0)


def test_what_somebody_typed_is_shown_as_text(client):
    member(client, "Organisatoren")
    question = QuestionFactory(text="<script>alert(1)</script>", name="<b>Ann</b>")
    html = client.get(address("question", question.pk)).content.decode()
    assert ("<script>alert(1)" in html, "<b>Ann" in html) == (False, False)


def test_the_coordination_can_delete_a_question_and_an_organiser_cannot(client):
    question = QuestionFactory()
    member(client, "Organisatoren")
    assert client.post(address("forget", question.pk)).status_code == 404
    member(client, "Coördinatie")
    assert client.get(address("forget", question.pk)).status_code == 200
    assert client.post(address("forget", question.pk)).status_code == 302
    assert client.get(address("question", question.pk)).status_code == 404


@pytest.mark.parametrize(("group", "expected"), [("Organisatoren", [2]), ("Redactie", [])])
def test_the_dashboard_counts_open_questions_for_who_answers_them(rf, group, expected):
    QuestionFactory.create_batch(2)
    contact.answer_question(QuestionFactory(), text="Klaar", by=UserFactory())
    request = rf.get("/cms/")
    request.user = UserFactory(groups=[group])
    work = [line for line in work_of(KNOWLEDGE, request) if isinstance(line, Work) and line.url == address("index")]
    assert [line.count for line in work] == expected
