"""Planning a series: its days, what is said about each, and all drafts or none."""

import re
from datetime import date, datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.people.factories import UserFactory
from tests.trainings.admin_tools import organiser
from tests.trainings.factories import BRUSSELS, SessionFactory, TrainerFactory, VenueFactory, make_training
from trainings.dates import series
from trainings.models import Session
from trainings.refusals import NoDayChosen, NoSuchDay, NoSuchTime

pytestmark = pytest.mark.django_db
FIRST = date(2027, 1, 12)  # the second Tuesday


@pytest.fixture(autouse=True)
def _in_november(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 1, 9, tzinfo=BRUSSELS))


@pytest.mark.parametrize(
    ("first", "rule", "days"),
    [
        (FIRST, "weekly", [date(2027, 1, 12), date(2027, 1, 19), date(2027, 1, 26)]),
        (FIRST, "two-weekly", [date(2027, 1, 12), date(2027, 1, 26), date(2027, 2, 9)]),
        (FIRST, "monthly", [date(2027, 1, 12), date(2027, 2, 9), date(2027, 3, 9)]),
        (date(2026, 12, 29), "monthly", [date(2026, 12, 29), date(2027, 1, 26), date(2027, 2, 23)]),
    ],
)
def test_by_rule_keeps_the_weekday(first, rule, days):
    assert series.by_rule(first, rule, 3) == days


def test_from_list_reads_days_as_people_write_them():
    assert series.from_list("9/2/2027\n2027-01-12, 12.01.2027;\n") == [date(2027, 1, 12), date(2027, 2, 9)]


def test_from_list_names_what_is_no_day():
    with pytest.raises(NoSuchDay) as refused:
        series.from_list("12/1/2027\n31/02/2027")
    assert refused.value.word == "31/02/2027"


def test_look_ahead_says_holidays_and_clashes_by_name():
    sam, training = TrainerFactory(name="Sam"), make_training()
    [other] = series.plan_series(training, [FIRST], by=UserFactory(), begins=time(9), trainers=[sam])
    parts_on = series.parts_of_training(training, time(10), {})
    days = [date(2026, 10, 6), date(2026, 12, 25), date(2026, 12, 29), FIRST, date(2027, 1, 19)]
    found = series.look_ahead(days, parts_on, [sam])
    assert [each.is_quiet for each in found] == [False, False, False, False, True]
    assert [doubt.session_pk for doubt in found[3].doubts] == [other.pk]
    assert "kerstvakantie" in found[2].doubts[0].text.lower()


@pytest.mark.parametrize(("shared", "said"), [("trainer", ["Sam"]), ("venue", ["De Zaal"]), ("both", ["De Zaal", "Sam"]), ("", [])])
def test_look_ahead_says_what_two_days_of_the_series_itself_need_at_once(shared, said):
    training = make_training(days=2)  # the second day of each is the first day of the next
    venue = VenueFactory(name="De Zaal") if shared in ("venue", "both") else None
    trainers = [TrainerFactory(name="Sam")] if shared in ("trainer", "both") else []
    parts_on = series.parts_of_training(training, time(9), {"venue": venue})
    found = series.look_ahead(series.by_rule(FIRST, "weekly", 3), parts_on, trainers)
    assert [[doubt.text.partition(" is ")[0] for doubt in each.doubts] for each in found] == [[], said, said]
    assert [each.is_quiet for each in found] == [True, not said, not said]


def test_look_ahead_lets_days_of_a_series_follow_each_other():
    parts_on = series.parts_of_training(make_training(days=2), time(9), {"venue": VenueFactory()})
    found = series.look_ahead(series.by_rule(FIRST, "two-weekly", 2), parts_on, [TrainerFactory()])
    assert [each.doubts for each in found] == [[], []]


@pytest.mark.parametrize("n", [1, 3])
def test_look_ahead_costs_the_same_for_one_and_three_days(django_assert_num_queries, n):
    sam, training = TrainerFactory(), make_training()
    SessionFactory(training=training).trainers.add(sam)
    parts_on = series.parts_of_training(training, time(9), {})
    # what else there is in these days, and when schools are closed
    with django_assert_num_queries(2):
        series.look_ahead(series.by_rule(FIRST, "weekly", n), parts_on, [sam])


def test_plan_series_makes_a_draft_on_each_day():
    made = series.plan_series(make_training(), series.by_rule(FIRST, "weekly", 3), by=UserFactory())
    assert [(one.code, one.state) for one in made] == [(f"V01-27-0{at}", "draft") for at in (1, 2, 3)]


def test_plan_series_makes_all_or_nothing():
    with pytest.raises(NoSuchTime):  # the clocks go forward on 28 March
        series.plan_series(make_training(), [FIRST, date(2027, 3, 28)], by=UserFactory(), begins=time(2, 30))
    assert not Session.objects.exists()


def test_plan_series_refuses_no_days():
    with pytest.raises(NoDayChosen):
        series.plan_series(make_training(), [], by=UserFactory())


def answers(**changed) -> dict:
    plan = {"begins": "09:00", "capacity": 12, "language": "nl", "visibility": "public"}
    return {"rule": "weekly", "first": "2026-12-15", "number": 3} | plan | changed


def test_the_screen_looks_first_and_plans_what_stays_ticked(client):
    organiser(client)
    url = reverse("organise:series", args=[make_training().pk])
    page = client.post(url, answers(plan="1"))
    assert (page.context["ticked"], Session.objects.count()) == ([date(2026, 12, 15)], 0)
    response = client.post(url, answers(plan="1", seen=page.context["seen"], dag=["2026-12-15", "2026-12-29", "2026-12-31"]))
    made = list(Session.objects.with_times().order_by("code"))
    assert [timezone.localdate(one.starts_at) for one in made] == [date(2026, 12, 15), date(2026, 12, 29)]
    assert response.url == f"/cms/sessies/?sessie={made[0].pk}&sessie={made[1].pk}"


def test_the_screen_copies_a_session_to_each_day(client):
    organiser(client)
    session = SessionFactory(capacity=7)
    url = reverse("organise:copy-series", args=[session.pk])
    client.post(url, {"rule": "list", "days": "12/1/2027", "plan": "1", "seen": "2027-01-12", "dag": "2027-01-12"})
    assert list(Session.objects.exclude(pk=session.pk).values_list("capacity", "state")) == [(7, "draft")]


@pytest.mark.parametrize("screen", ["series", "copy-series"])
def test_a_series_that_is_sent_twice_is_planned_once(client, screen):
    organiser(client)
    session = SessionFactory()
    url = reverse(f"organise:{screen}", args=[session.training_id if screen == "series" else session.pk])
    page = client.post(url, answers(look="1", form_key=client.get(url).context["days"]["form_key"].value()))
    key = re.search(r'name="form_key" value="([^"]+)"', page.content.decode())[1]
    sent = answers(plan="1", seen=page.context["seen"], dag=["2026-12-15", "2026-12-29"], form_key=key)
    first, second = (client.post(url, sent).url for _time in range(2))
    assert (first == second, Session.objects.exclude(pk=session.pk).count()) == (True, 2)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"first": ""}, "first"),
        ({"number": 41}, "number"),
        ({"rule": "list", "days": "morgen"}, "days"),
        ({"rule": "list"}, "days"),
    ],
)
def test_the_screen_tells_what_is_wrong_beside_the_field(client, changed, field):
    organiser(client)
    page = client.post(reverse("organise:series", args=[make_training().pk]), answers(**changed))
    assert list(page.context["days"].errors) == [field]
