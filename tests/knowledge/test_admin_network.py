"""Organisations, members, themes and sectors in the team's admin."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from knowledge.network.models import MailDomain, Membership, Organisation
from shared import versions
from shared.models import OutboxMessage
from tests.knowledge.factories import MembershipFactory, OrganisationFactory, SectorFactory, ThemeFactory
from tests.people.factories import UserFactory
from tests.people.signing_in import sign_in
from tests.trainings.admin_tools import own_queries

pytestmark = pytest.mark.django_db
LISTS = {"organisaties": "Organisatoren", "leden": "Organisatoren", "themas": "Redactie", "sectoren": "Redactie"}


def enter(client, group="Organisatoren"):
    return sign_in(client, UserFactory(groups=[group]))


def proposed(**fields):
    partner = UserFactory(first_name="Sam", last_name="Claes")
    organisation = OrganisationFactory(state="proposed", proposed_by=partner, **fields)
    MembershipFactory(user=partner, organisation=organisation, state="requested")
    return organisation


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_are_there_for_who_has_the_right(client, name):
    enter(client, LISTS[name])
    assert client.get(reverse(f"{name}:index")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("groups", [[], ["Stuurgroep"]])
def test_the_lists_are_not_there_for_others(client, name, groups):
    sign_in(client, UserFactory(groups=groups))
    assert client.get(reverse(f"{name}:index")).status_code == 404


@pytest.mark.parametrize(("group", "name"), [("Redactie", "organisaties"), ("Redactie", "leden"), ("Beheer", "themas")])
def test_the_lists_of_another_role_are_not_there(client, group, name):
    enter(client, group)
    assert client.get(reverse(f"{name}:index")).status_code == 404


def test_what_waits_for_a_decision_stands_first_with_a_button(client):
    enter(client)
    OrganisationFactory(name="Aan de Leie")
    organisation = proposed(name="Zonnebloem")
    response = client.get(reverse("organisaties:index"))
    assert [row.name for row in response.context["object_list"]] == ["Zonnebloem", "Aan de Leie"]
    assert response.content.decode().count("/cms/beslissen/organisaties/") == 1
    assert reverse("partners:organisation", args=[organisation.pk]) in response.content.decode()


def test_a_member_who_waits_has_a_button_that_leads_to_the_decision(client):
    enter(client)
    MembershipFactory()
    proposed()
    body = client.get(reverse("leden:index")).content.decode()
    waits, member = Membership.objects.get(state="requested"), Membership.objects.get(state="active")
    assert (body.count("/cms/beslissen/leden/"), f"/cms/beslissen/leden/{waits.pk}/" in body) == (1, True)
    assert all(reverse("leden:edit", args=[each.pk]) in body for each in (waits, member))


@pytest.mark.parametrize("n", [1, 3])
@pytest.mark.parametrize(("name", "cost"), [("organisaties", 6), ("leden", 2)])
def test_the_lists_cost_the_same_for_one_and_three(client, name, cost, n):
    enter(client)
    for number in range(n):
        MembershipFactory(organisation=OrganisationFactory(sector=SectorFactory(slug=f"sector-{number}")))
    # how many, the rows, and for organisations the sectors to filter by and three for what may be in the list twice
    assert own_queries(client, f"/cms/{name}/") == cost


@pytest.mark.parametrize(
    ("query", "found"), [("q=vlinder", ["De Vlinder"]), ("q=wilg.demo", ["De Wilg"]), ("state=proposed", ["De Kaai"])]
)
def test_organisations_can_be_searched_and_filtered(client, query, found):
    enter(client)
    OrganisationFactory(name="De Vlinder")
    MailDomain.objects.create(organisation=OrganisationFactory(name="De Wilg"), domain="wilg.demo")
    proposed(name="De Kaai")
    assert [row.name for row in client.get(f"/cms/organisaties/?{query}").context["object_list"]] == found


def test_an_organisation_is_confirmed_and_its_proposer_told(client):
    enter(client)
    organisation = proposed()
    response = client.post(reverse("partners:organisation", args=[organisation.pk]), {"confirm": "1"})
    organisation.refresh_from_db()
    assert (response.url, organisation.state) == (reverse("organisaties:index"), "confirmed")
    assert organisation.memberships.get().state == "active"
    assert list(OutboxMessage.objects.values_list("to", flat=True)) == [organisation.proposed_by.email]


def test_an_organisation_is_refused_with_a_reason(client):
    enter(client)
    organisation = proposed()
    client.post(reverse("partners:organisation", args=[organisation.pk]), {"refuse": "1", "reason": "Kies School 1."})
    organisation.refresh_from_db()
    assert (organisation.state, organisation.memberships.get().state) == ("refused", "refused")
    assert "Kies School 1." in OutboxMessage.objects.get().text


def test_a_decision_shows_organisations_with_a_name_that_looks_like_it(client):
    enter(client)
    known = OrganisationFactory(name="Jeugdhuis De Kaai")
    organisation = proposed(name="vzw jeugdhuis de kaai", city="Merelbeke")
    assert client.get(reverse("partners:organisation", args=[organisation.pk])).context["alike"] == [known]


def test_what_is_decided_cannot_be_decided_again(client):
    enter(client)
    organisation, membership = OrganisationFactory(), MembershipFactory()
    urls = [reverse("partners:organisation", args=[organisation.pk]), reverse("partners:member", args=[membership.pk])]
    assert [client.post(url, {"refuse": "1"}).status_code for url in urls] == [404, 404]


@pytest.mark.parametrize(("button", "state"), [("confirm", "active"), ("refuse", "refused")])
def test_a_member_is_confirmed_or_refused_and_told(client, button, state):
    enter(client)
    membership = MembershipFactory(state="requested")
    client.post(reverse("partners:member", args=[membership.pk]), {button: "1"})
    membership.refresh_from_db()
    assert (membership.state, OutboxMessage.objects.get().to) == (state, membership.user.email)


@pytest.mark.parametrize("name", ["organisation", "member"])
def test_decisions_are_not_there_for_others_and_take_no_other_verb(client, name):
    pk = proposed().pk if name == "organisation" else MembershipFactory(state="requested").pk
    url = reverse(f"partners:{name}", args=[pk])
    assert client.get(url).url.startswith("/account/login/")
    enter(client, "Redactie")
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]
    enter(client)
    assert [client.get(url).status_code, client.put(url).status_code] == [200, 405]


def test_an_organisation_that_the_team_adds_is_confirmed_with_its_mail_domains(client):
    enter(client)
    data = {
        "name": "Basisschool De Wilg",
        "sector": SectorFactory().pk,
        "city": "Gent",
        "notes": "",
        "domains": "@Wilg.demo\nwilg2.demo",
    }
    client.post(reverse("organisaties:add"), data)
    organisation = Organisation.objects.get(name="Basisschool De Wilg")
    assert (organisation.state, sorted(domain.domain for domain in organisation.mail_domains.all())) == (
        "confirmed",
        ["wilg.demo", "wilg2.demo"],
    )


@pytest.mark.parametrize("domains", ["geen domein", "a@b.demo", "school", "x" * 130 + ".demo", "bezet.demo"])
def test_a_mail_domain_that_does_not_fit_stays_in_the_form(client, domains):
    enter(client)
    MailDomain.objects.create(organisation=OrganisationFactory(), domain="bezet.demo")
    data = {"name": "De Wilg", "sector": SectorFactory().pk, "city": "Gent", "notes": "", "domains": domains}
    response = client.post(reverse("organisaties:add"), data)
    assert list(response.context["form"].errors) == ["domains"]
    assert not Organisation.objects.filter(name="De Wilg").exists()


def test_members_are_not_added_by_the_team(client):
    enter(client)
    assert client.get(reverse("leden:add")).status_code == 404


def test_the_role_of_a_member_can_be_changed(client):
    enter(client)
    membership = MembershipFactory()
    client.post(reverse("leden:edit", args=[membership.pk]), {"role": "coordinator"})
    assert Membership.objects.get().role == "coordinator"


@pytest.mark.parametrize(("name", "factory"), [("themas", ThemeFactory), ("sectoren", SectorFactory)])
def test_a_changed_theme_or_sector_makes_the_catalogue_anew(client, name, factory, django_capture_on_commit_callbacks):
    enter(client, "Redactie")
    topic, before = factory(), versions.current("catalogue")
    data = {"name": "Nieuw", "slug": "nieuw", "description": "", "position": 1, "illustration": "dialoog"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(f"{name}:edit", args=[topic.pk]), data)
    topic.refresh_from_db()
    assert (topic.name, versions.current("catalogue") > before) == ("Nieuw", True)


def test_a_sector_in_use_is_not_deleted(client):
    enter(client, "Redactie")
    sector = OrganisationFactory().sector
    response = client.post(reverse("sectoren:delete", args=[sector.pk]))
    assert (response.status_code, type(sector).objects.filter(pk=sector.pk).exists()) == (302, True)


@pytest.mark.parametrize("name", LISTS)
def test_no_cell_of_a_download_becomes_a_formula(client, name):
    enter(client, LISTS[name])
    organisation = OrganisationFactory(name="=1+1", city="@SUM(1)", sector=SectorFactory(name="+1"))
    MembershipFactory(organisation=organisation, user=UserFactory(last_name="=1\x0b"))
    ThemeFactory(name="-1")
    response = client.get(f"/cms/{name}/?export=xlsx")
    cells = [cell for row in load_workbook(BytesIO(response.getvalue())).active.iter_rows(min_row=2) for cell in row]
    assert cells
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
