"""Several sessions at once, and filters under a name."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser, own_queries, told
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, TrainerFactory
from trainings.admin.forms.bulk import ActionForm
from trainings.models import SavedFilter, Session
from trainings.refusals import NoDayPart, StepNotAllowed

pytestmark = pytest.mark.django_db
LIST, BULK = "/cms/sessies/", "/cms/sessies/samen/"
FILTERS = "/cms/sessies/filters/"


def states() -> dict:
    return dict(Session.objects.values_list("code", "state"))


def chosen(**fields) -> list[int]:
    return [SessionFactory(code=code, **fields).pk for code in ("A", "B")]


def test_publishing_tells_for_each_what_was_done_and_what_refused(client):
    organiser(client)
    keys = chosen(state="draft")
    keys.append(SessionFactory(code="C", state="draft", parts=0).pk)
    response = client.post(f"{BULK}publiceren/", {"sessie": keys}, follow=True)
    assert states() == {"A": "published", "B": "published", "C": "draft"}
    assert sorted(text[:2] for text in told(response)) == ["A:", "B:", "C:"]


def test_before_publishing_it_is_told_what_is_left_out_and_why(client):
    organiser(client)
    a, b = chosen(state="draft")
    other, bare = SessionFactory(code="C"), SessionFactory(code="D", state="draft", parts=0)
    page = client.get(f"{BULK}publiceren/", {"sessie": [a, b, other.pk, bare.pk]})
    assert [session.code for session, _number in page.context["rows"]] == ["A", "B"]
    assert {session.code: why for session, why in page.context["left_out"]} == {
        "C": str(StepNotAllowed("published").sentence),
        "D": str(NoDayPart.sentence),
    }
    assert states()["A"] == "draft"
    assert 'name="sessie"' not in client.get(f"{BULK}publiceren/", {"sessie": bare.pk}).content.decode()


def test_cancelling_promises_no_mail_about_what_was_cancelled_already(client):
    organiser(client)
    gone = SessionFactory(code="A", state="cancelled", cancel_reason="Ziekte")
    ParticipantFactory(booking=BookingFactory(session=gone))
    page = client.get(f"{BULK}annuleren/", {"sessie": [gone.pk, SessionFactory(code="B").pk]})
    assert [session.code for session, _number in page.context["rows"]] == ["B"]
    assert list(page.context["left_out"]) == [(gone, str(StepNotAllowed("cancelled").sentence))]
    answer = client.post(f"{BULK}annuleren/", {"sessie": gone.pk, "reason": "Ziekte"}, follow=True)
    assert told(answer) == [f"A: {StepNotAllowed('cancelled').sentence}"]


def test_nothing_is_chosen_at_first(client):
    organiser(client)
    key = SessionFactory(state="draft").pk
    # The browser itself says beside a required choice that none was made.
    select = client.get(LIST).content.decode().partition('<select name="action"')[2].partition("</option>")[0]
    assert ("required" in select, '<option value="" selected>' in select) == (True, True)
    wrong = str(ActionForm.base_fields["action"].error_messages["required"])
    assert told(client.post(BULK, {"sessie": key, "action": ""}, follow=True)) == [wrong]


def test_nothing_ticked_is_told(client):
    organiser(client)
    assert len(told(client.post(BULK, {"action": "publish"}, follow=True))) == 1


def test_the_selection_is_downloaded(client):
    organiser(client)
    keys = chosen()
    SessionFactory(code="NIET")
    response = client.post(BULK, {"sessie": keys, "action": "export"})
    rows = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert [row[0].value for row in rows.iter_rows(min_row=2)] == ["A", "B"]


@pytest.mark.parametrize(
    ("action", "url"),
    [
        ("publish", "samen/publiceren"),
        ("cancel", "samen/annuleren"),
        ("mail", "samen/mailen"),
        ("trainers", "samen/lesgevers"),
        ("sheets", "lijsten/afdrukken"),
    ],
)
def test_what_needs_more_leads_to_a_page_about_the_selection(client, action, url):
    organiser(client)
    a, b = chosen()
    assert client.post(BULK, {"sessie": [a, b], "action": action}).url == f"{LIST}{url}/?sessie={a}&sessie={b}"


def test_cancelling_names_each_session_and_how_many_are_told(client):
    organiser(client)
    keys = chosen()
    ParticipantFactory(booking=BookingFactory(session=Session.objects.get(pk=keys[0])), email="sam@school.demo")
    page = client.get(f"{BULK}annuleren/", {"sessie": keys})
    assert [(session.code, number) for session, number in page.context["rows"]] == [("A", 2), ("B", 0)]
    client.post(f"{BULK}annuleren/", {"sessie": keys, "reason": "Ziekte"})
    assert states() == {"A": "cancelled", "B": "cancelled"}


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize("page", ["annuleren", "mailen"])
def test_asking_about_one_and_about_three_sessions_costs_the_same(client, page, n):
    organiser(client)
    keys = [ParticipantFactory(email=f"n{at}@school.demo").session.pk for at in range(n)]
    query = "&".join(f"sessie={key}" for key in keys)
    assert own_queries(client, f"{BULK}{page}/?{query}") == 2  # sessions, and who is told


def test_trainers_are_set_for_all_and_a_clash_is_told(client):
    organiser(client)
    keys, sam = chosen(), TrainerFactory(name="Sam")
    response = client.post(f"{BULK}lesgevers/", {"sessie": keys, "trainers": [sam.pk]}, follow=True)
    assert [list(session.trainers.all()) for session in Session.objects.all()] == [[sam], [sam]]
    assert any("Sam" in text and "A" in text for text in told(response)[1:])


def test_a_number_that_nothing_can_have_is_told_and_breaks_nothing(client):
    organiser(client)
    key, beyond = SessionFactory().pk, "9" * 30
    form = client.post(f"{BULK}lesgevers/", {"sessie": [key], "trainers": [beyond]}).context["form"]
    assert list(form.errors) == ["trainers"]
    assert client.get(LIST, {"sessie": beyond}).status_code == 200
    facts = {"trainers": [beyond], "organisations": [beyond]}
    assert {"trainers", "organisations"} <= set(client.post(f"{LIST}{key}/wijzigen/", facts).context["form"].errors)


def test_the_list_names_a_clash(client):
    organiser(client)
    sam = TrainerFactory(name="Sam")
    for session in Session.objects.filter(pk__in=chosen()):
        session.trainers.add(sam)
    assert [len(session.clashes) for session in client.get(LIST).context["object_list"]] == [1, 1]


def test_a_filter_is_saved_under_a_name_and_keeps_only_what_the_list_knows(client):
    user = organiser(client)
    client.post(FILTERS, {"name": " Mijn  concepten ", "query": "toestand=draft&p=3&x=1"})
    assert list(user.saved_filters.values_list("name", "query")) == [("Mijn concepten", "toestand=draft")]
    SessionFactory()
    assert [(kept.name, shown) for kept, shown in client.get(f"{LIST}?toestand=published").context["saved_filters"]] == [
        ("Mijn concepten", False)
    ]


def test_without_filters_there_is_nothing_to_keep(client):
    organiser(client)
    assert 'name="name"' not in client.get(FILTERS).content.decode()
    assert 'name="name"' in client.get(f"{FILTERS}?toestand=draft").content.decode()


def test_a_name_is_used_once_unless_one_overwrites(client):
    user = organiser(client)
    SavedFilter.objects.create(user=user, name="Week", query="q=a")
    SavedFilter.objects.create(user=UserFactory(), name="Ander", query="q=a")
    page = client.post(FILTERS, {"name": "Week", "query": "q=b"})
    assert list(page.context["form"].errors) == ["name"]
    client.post(FILTERS, {"name": "Week", "query": "q=b", "overwrite": "on"})
    client.post(FILTERS, {"name": "Ander", "query": "q=c"})
    assert list(user.saved_filters.values_list("name", "query")) == [("Ander", "q=c"), ("Week", "q=b")]


def test_a_filter_is_renamed_and_removed_by_its_owner_only(client):
    user = organiser(client)
    mine = SavedFilter.objects.create(user=user, name="Week", query="q=a")
    other = SavedFilter.objects.create(user=UserFactory(), name="Week", query="q=a")
    client.post(FILTERS, {"filter": mine.pk, f"filter-{mine.pk}-name": "Maand"})
    assert user.saved_filters.get().name == "Maand"
    assert client.post(FILTERS, {"filter": other.pk, "remove": "1"}).status_code == 404
    client.post(FILTERS, {"filter": mine.pk, "remove": "1"})
    assert not user.saved_filters.exists()


def test_an_old_filter_does_no_harm(client):
    organiser(client)
    SessionFactory(code="A")
    page = client.get(f"{LIST}?lesgever=999999&wanneer=ooit&vroeger=1&sessie=x")
    assert [session.code for session in page.context["object_list"]] == ["A"]
