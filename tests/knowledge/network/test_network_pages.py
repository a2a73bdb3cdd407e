"""Saying who one is, choosing an organisation, proposing one, leaving."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.network.forms import ProposeForm
from knowledge.network.models import MailDomain, Membership, Organisation
from tests.knowledge.factories import MembershipFactory, OrganisationFactory, SectorFactory
from tests.people.factories import UserFactory

pytestmark = pytest.mark.django_db

WELCOME, MINE, NEW = "/mijn/welkom/", "/mijn/organisatie/", "/mijn/organisatie/nieuw/"


@pytest.fixture
def user(client):
    user = UserFactory(email="els@school.demo")
    client.force_login(user)
    return user


def join_path(organisation):
    return f"/mijn/organisatie/{organisation.pk}/lid-worden/"


def leave_path(organisation):
    return f"/mijn/organisatie/{organisation.pk}/verlaten/"


def test_welcome_asks_the_name_and_leads_to_the_organisation(client, user):
    assert client.get(WELCOME).status_code == 200
    done = client.post(WELCOME, {"first_name": " Els ", "last_name": "D'hondt", "next": "/vormingen/"})
    user.refresh_from_db()
    assert (user.first_name, user.last_name) == ("Els", "D'hondt")
    assert done.url == f"{MINE}?next=%2Fvormingen%2F"


def test_welcome_keeps_what_was_typed_when_something_is_missing(client, user):
    page = client.post(WELCOME, {"first_name": "Els", "last_name": "  "})
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"last_name"}
    assert 'value="Els"' in page.content.decode()


@pytest.mark.parametrize("path", [WELCOME, MINE, NEW])
def test_visitors_are_asked_to_sign_in(client, path):
    assert client.get(path).url == f"/account/login/?next={path}"


@pytest.mark.parametrize(("path", "method"), [(MINE, "post"), (WELCOME, "put"), (NEW, "delete"), ("join", "get"), ("leave", "get")])
def test_wrong_verbs_are_refused(client, user, path, method):
    organisation = MembershipFactory(user=user).organisation
    path = {"join": join_path(organisation), "leave": leave_path(organisation)}.get(path, path)
    assert getattr(client, method)(path).status_code == 405


def test_searching_finds_by_name_and_city_without_a_script(client, user):
    found = OrganisationFactory(name="Sint-Bavo", city="Gent")
    OrganisationFactory(name="Sint-Bavo", city="Zingem")
    OrganisationFactory(name="Sint-Bavo Gent 2", state="proposed")
    page = client.get(MINE, {"zoek": "bavo gent"})
    assert page.context["found"] == [found]
    assert f'action="{join_path(found)}"' in page.content.decode()


def test_an_empty_search_lists_nothing_and_a_vain_one_helps(client, user):
    OrganisationFactory()
    assert client.get(MINE).context["found"] == []
    page = client.get(MINE, {"zoek": "bestaat niet", "next": "/vormingen/"}).content.decode()
    assert "/mijn/organisatie/nieuw/?naam=bestaat%20niet&amp;next=%2Fvormingen%2F" in page


def test_joining_asks_the_team_and_goes_on(client, user):
    organisation = OrganisationFactory()
    assert client.post(join_path(organisation), {"next": "/vormingen/"}).url == "/vormingen/"
    assert Membership.objects.get().state == "requested"


def test_a_trusted_domain_is_offered_first_and_joins_at_once(client, user):
    organisation = OrganisationFactory()
    MailDomain.objects.create(organisation=organisation, domain="school.demo")
    assert list(client.get(MINE).context["trusting"]) == [organisation]
    page = client.post(join_path(organisation), follow=True)
    assert [str(message) for message in page.context["messages"]] == [f"Je hoort bij {organisation}."]
    assert list(page.context["trusting"]) == []


def test_a_foreign_next_is_not_followed(client, user):
    assert client.post(join_path(OrganisationFactory()), {"next": "https://evil.demo/"}).url == MINE
    assert client.get(MINE, {"next": "//evil.demo/"}).context["onward"] == "/mijn/"


def test_a_next_that_is_no_address_is_not_taken_for_the_name_of_a_page(client, user):
    assert client.post(join_path(OrganisationFactory()), {"next": "verder"}).url == MINE


def test_a_number_that_no_database_knows_is_not_found(client, user):
    assert [client.post(f"{MINE}{10**30}/{verb}/").status_code for verb in ("lid-worden", "verlaten")] == [404, 404]


@pytest.mark.parametrize("state", ["proposed", "refused"])
def test_what_is_not_confirmed_can_not_be_joined_by_number(client, user, state):
    assert client.post(join_path(OrganisationFactory(state=state))).status_code == 404


def test_proposing_makes_an_organisation_that_waits(client, user):
    data = {"name": "Jeugdhuis 't Uilenest", "sector": SectorFactory().pk, "city": "Gent", "next": "/vormingen/"}
    assert client.post(NEW, data).url == "/vormingen/"
    assert Organisation.objects.values_list("name", "state").get() == ("Jeugdhuis 't Uilenest", "proposed")
    assert "nieuw voor ons" in client.get(MINE).content.decode()


def test_a_name_like_a_known_one_gets_a_hint_first_and_can_be_insisted_upon(client, user):
    known = OrganisationFactory(name="Sint-Bavo", city="Gent")
    data = {"name": "sint bavo", "sector": SectorFactory().pk, "city": "Drongen"}
    page = client.post(NEW, data)
    assert page.context["form"].alike == [known]
    assert 'value="sint bavo"' in page.content.decode()
    client.post(NEW, data | {"another": "on"})
    assert Organisation.objects.count() == 2


def test_who_proposes_is_asked_for_the_city(client, user):
    """Nothing is suggested: Sint-Bavo in Aalst would silently become the one in Gent."""
    assert client.get(NEW).context["form"]["city"].value() is None
    page = client.post(NEW, {"name": "Sint-Bavo", "sector": SectorFactory().pk, "city": " "})
    assert list(page.context["form"].errors) == ["city"]
    assert not Organisation.objects.exists()


def test_the_same_name_in_another_city_is_another_organisation(client, user):
    known = OrganisationFactory(name="Sint-Bavo", city="Gent")
    client.post(NEW, {"name": "Sint-Bavo", "sector": known.sector_id, "city": "Aalst", "another": "on"})
    assert sorted(Organisation.objects.values_list("city", "state")) == [("Aalst", "proposed"), ("Gent", "confirmed")]
    assert Membership.objects.get().organisation.city == "Aalst"


def test_insisting_on_the_very_same_name_and_city_joins_the_known_one(client, user):
    known = OrganisationFactory(name="Sint-Bavo", city="Gent")
    client.post(NEW, {"name": "Sint-bavo", "sector": known.sector_id, "city": "gent", "another": "on"})
    assert list(known.memberships.values_list("user", flat=True)) == [user.pk]


def test_the_page_says_each_state_and_what_happens_next(client, user):
    for state in ("active", "requested", "refused", "ended"):
        MembershipFactory(user=user, state=state)
    page = client.get(MINE)
    assert sorted(membership.state for membership in page.context["memberships"]) == ["active", "refused", "requested"]


def test_leaving_is_only_for_oneself(client, user):
    mine, other = MembershipFactory(user=user), MembershipFactory()
    assert client.post(leave_path(other.organisation)).status_code == 404
    assert client.post(leave_path(mine.organisation)).url == MINE
    assert dict(Membership.objects.values_list("pk", "state")) == {mine.pk: "ended", other.pk: "active"}


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(client, user, n, settings, django_assert_num_queries):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"  # a session from the cache would cost one query less
    for _number in range(n):
        MembershipFactory(user=user)
        OrganisationFactory(name=f"Zoek mij {_number}")
    client.get(MINE)  # the frame's own questions are asked once per process
    with django_assert_num_queries(7):
        client.get(MINE, {"zoek": "zoek"})


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=200), city=st.text(max_size=100), sector=st.text(max_size=20))
def test_any_proposal_is_right_or_explained(name, city, sector):
    form = ProposeForm({"name": name, "city": city, "sector": sector})
    assert not form.is_valid()
    assert "sector" in form.errors


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=150))
def test_any_search_is_answered(client, user, words):
    assert client.get(MINE, {"zoek": words}).status_code == 200
