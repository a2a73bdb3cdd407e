"""What a visitor asks in the address, what fits, and what each choice more would give."""

import re
from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared import kept_answers
from tests.trainings.factories import BookingFactory, ParticipantFactory, SessionFactory, local, make_training
from trainings.catalogue import criteria, panel, snapshot
from trainings.catalogue.facets import FACETS, month_name
from trainings.catalogue.results import find
from trainings.models import Session, TrainingPage

pytestmark = pytest.mark.django_db


def read(query: str) -> criteria.Criteria:
    """The criteria of an address."""
    return criteria.read(QueryDict(query), snapshot.read())


def titles(query: str = "") -> list[str]:
    """The titles that fit, in their order."""
    now = snapshot.read()
    return [result.training.title for result in find(now, criteria.read(QueryDict(query), now)).found]


def counts(query: str, facet: str) -> dict[str, int]:
    """How many would fit with each choice of a facet."""
    now = snapshot.read()
    return find(now, criteria.read(QueryDict(query), now)).counts[facet]


@pytest.fixture
def four():
    """Four trainings that differ in everything."""
    make_training(title="A", themes=["polarisering"], sectors=["onderwijs", "jeugd"], duration_minutes=120, level="basis")
    make_training(title="B", themes=["haatspraak"], sectors=["onderwijs"], duration_minutes=240, format="online")
    make_training(title="C", themes=["haatspraak", "online"], sectors=["sport"], duration_minutes=360, kind="study_day")
    make_training(
        title="D", themes=["online"], sectors=["jeugd"], duration_minutes=360, days=2, language="en", trainer_kind="external"
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "ABCD"),
        ("thema=haatspraak", "BC"),
        ("thema=haatspraak&thema=polarisering", "ABC"),
        ("thema=haatspraak&sector=onderwijs", "B"),
        ("sector=jeugd", "AD"),
        ("soort=studiedag", "C"),
        ("niveau=basis", "ABCD"),
        ("duur=tot-2-uur", "A"),
        ("duur=halve-dag", "B"),
        ("duur=hele-dag", "C"),
        ("duur=meerdere-dagen", "D"),
        ("duur=halve-dag&duur=hele-dag", "BC"),
        ("vorm=online", "B"),
        ("taal=engels", "D"),
        ("lesgever=extern", "D"),
        ("thema=haatspraak&sector=jeugd", ""),
        ("sorteer=titel", "ABCD"),
    ],
)
def test_choices_of_one_facet_widen_and_facets_narrow(four, query, found):
    assert "".join(titles(query)) == found


@pytest.mark.parametrize(
    "query",
    [
        "thema=nergens",
        "thema=",
        "thema=%00&sector=%27%22%3E%3Cscript%3E",
        "van=2026-02-30",
        "van=gisteren",
        "tot=99999-01-01",
        "maand=2026-13",
        "maand=2026-1",
        "maand=٢٠٢٦-١٢",
        "plaatsen=ja",
        "sorteer=prijs",
        "q=",
        "q=%20%20",
        "onbekend=1",
        "thema[]=haatspraak",
    ],
)
def test_what_makes_no_sense_is_left_out_calmly(four, query):
    assert (titles(query), read(query).query) == (["A", "B", "C", "D"], "")


def test_an_end_before_the_start_is_left_out():
    assert read("van=2027-02-01&tot=2027-01-01").query == "van=2027-02-01"


def test_the_same_question_has_one_address(four):
    asked = (
        "sorteer=titel&plaatsen=1&tot=2027-02-01&van=2027-01-01&sector=sport&q=%20haat%20%20spraak&thema=online&thema=haatspraak"
    )
    assert read(asked).query == (
        "q=haat+spraak&thema=online&thema=haatspraak&sector=sport&van=2027-01-01&tot=2027-02-01&plaatsen=1&sorteer=titel"
    )


def test_counts_leave_the_choices_of_their_own_facet_aside(four):
    assert counts("thema=haatspraak", "thema") == {"polarisering": 1, "haatspraak": 2, "online": 2}
    assert counts("thema=haatspraak", "sector") == {"onderwijs": 1, "sport": 1}
    assert counts("thema=haatspraak&sector=onderwijs", "thema") == {"polarisering": 1, "haatspraak": 1}
    assert counts("thema=haatspraak&sector=onderwijs", "sector") == {"onderwijs": 1, "sport": 1}


@pytest.mark.parametrize("query", ["", "thema=haatspraak", "sector=jeugd&duur=meerdere-dagen", "q=vorming"])
def test_every_count_is_what_one_gets(four, query):
    now = snapshot.read()
    asked = criteria.read(QueryDict(query), now)
    for facet in FACETS:
        for value, number in find(now, asked).counts[facet.name].items():
            alone = {name: values for name, values in asked.chosen.items() if name != facet.name} | {facet.name: (value,)}
            with_it = criteria.Criteria(alone, asked.words)
            assert len(find(now, with_it).found) == number, (facet.name, value)


def dated(title: str, *days: int, **session) -> TrainingPage:
    """A training with a session so many days away, for each."""
    training = make_training(title=title)
    for away in days:
        SessionFactory(training=training, days=away, **session)
    return training


def test_dates_ask_for_a_session_in_the_period():
    dated("Soon", 20), dated("Later", 60), dated("Both", 20, 60), dated("Never")
    assert titles() == ["Both", "Soon", "Later", "Never"]
    edge = (local(20)).date()
    assert titles(f"tot={edge}") == ["Both", "Soon"]
    assert titles(f"van={edge}&tot={edge}") == ["Both", "Soon"]
    assert titles(f"van={edge + timedelta(days=1)}") == ["Both", "Later"]


def test_a_month_asks_for_a_session_that_begins_in_it():
    dated("Soon", 20), dated("Never")
    month = f"{local(20):%Y-%m}"
    assert titles(f"maand={month}") == ["Soon"]
    assert counts("", "maand") == {month: 1}
    assert titles("maand=2031-01") == []


def test_seats_are_asked_of_the_same_session_as_the_dates():
    training = dated("Full soon, free later", 60)
    full = SessionFactory(training=training, days=20, capacity=1)
    ParticipantFactory(booking=BookingFactory(session=full))
    until = f"tot={local(20).date()}"
    assert [titles(query) for query in ("plaatsen=1", until, f"{until}&plaatsen=1")] == [[training.title], [training.title], []]
    assert (counts("", "plaatsen"), counts(until, "plaatsen")) == ({"1": 1}, {})


def test_no_seats_are_offered_after_the_deadline():
    dated("Closed", 20, booking_closes_at=local(-1))
    assert titles("plaatsen=1") == []


def test_what_has_a_date_comes_first_and_by_date():
    dated("Never"), dated("Third", 40), dated("First", 20), dated("Second", 30)
    assert titles() == ["First", "Second", "Third", "Never"]
    assert titles("sorteer=titel") == ["First", "Never", "Second", "Third"]


def test_words_put_the_best_match_first_unless_another_order_is_asked():
    make_training(title="Anders", summary="Over haatspraak.")
    make_training(title="Haatspraak")
    assert titles("q=haatspraak") == ["Haatspraak", "Anders"]
    assert titles("q=haatspraak&sorteer=titel") == ["Anders", "Haatspraak"]


def test_a_code_finds_its_training():
    make_training(title="Haatspraak", code="V77"), make_training(title="Anders", code="V78")
    assert titles("q=v77") == ["Haatspraak"]


def test_private_cancelled_and_draft_sessions_do_not_count():
    training = make_training(title="Quiet")
    SessionFactory(training=training, days=10, state=Session.State.DRAFT)
    SessionFactory(training=training, days=11, state=Session.State.CANCELLED, cancel_reason="ziek")
    SessionFactory(training=training, days=12, visibility=Session.Visibility.LINK)
    SessionFactory(training=training, days=-12)
    assert titles("plaatsen=1") == []
    assert snapshot.read().sessions == {}


def test_chips_undo_one_choice_each(four):
    now = snapshot.read()
    asked = criteria.read(QueryDict("q=haat&thema=online&thema=haatspraak&van=2027-01-01&plaatsen=1"), now)
    assert [(chip.label, chip.without.query) for chip in panel.chips(now, asked)] == [
        ("“haat”", "thema=online&thema=haatspraak&van=2027-01-01&plaatsen=1"),
        ("Online", "q=haat&thema=haatspraak&van=2027-01-01&plaatsen=1"),
        ("Haatspraak", "q=haat&thema=online&van=2027-01-01&plaatsen=1"),
        ("Vanaf 1 januari 2027", "q=haat&thema=online&thema=haatspraak&plaatsen=1"),
        ("Alleen met vrije plaatsen", "q=haat&thema=online&thema=haatspraak&van=2027-01-01"),
    ]


def test_a_choice_that_leads_nowhere_cannot_be_made_but_can_be_undone(four):
    now = snapshot.read()
    asked = criteria.read(QueryDict("thema=online&sector=onderwijs"), now)
    groups = {group.name: group for group in panel.groups(now, asked, find(now, asked))}
    assert [(option.value, option.number, option.chosen) for option in groups["sector"].options] == [
        ("jeugd", 1, False), ("onderwijs", 0, True), ("sport", 1, False),
    ]  # fmt: skip
    assert re.findall(r'value="(\w+)" (checked|disabled)', groups["sector"].html) == [("onderwijs", "checked")]
    assert re.findall(r'value="(\w+)" (checked|disabled)', groups["thema"].html) == [("online", "checked")]


NAMES = [facet.name for facet in FACETS] + ["q", "van", "tot", "plaatsen", "sorteer", "onbekend"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=60)), max_size=8))
def test_no_question_breaks_the_page_or_comes_back_unescaped(client, four, pairs):
    kept_answers.forget()
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value.encode("utf-8", "replace").decode())
    marked = data.copy()
    marked["q"] = f"<script>x</script>{data.get('q', '')}"[:100]
    response = client.get("/vormingen/", QUERY_STRING=marked.urlencode())
    assert response.status_code == 200
    assert b"<script>x" not in response.content
    assert client.get("/vormingen/kalender/", QUERY_STRING=marked.urlencode()).status_code == 200


@pytest.mark.parametrize(("language", "name"), [("nl", "maart 2027"), ("en", "March 2027")])
def test_months_are_named_in_the_language_of_the_page(language, name):
    with translation.override(language):
        assert str(month_name("2027-03")) == name


def test_a_day_is_a_day_in_brussels():
    session = SessionFactory(days=40)
    session.day_parts.update(starts_at=local(40, 0, 30), ends_at=local(40, 2))
    facts = snapshot.read().sessions[session.training_id][0]
    assert facts.day == local(40).date() and isinstance(facts.day, date)
