"""The pages of the log: for data protection officers only, without a word of any content, and each look at them on record."""

import json
import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from casework import access
from casework.entrance import seals
from casework.log import anchors, audit, checking
from casework.models import AuditEvent, Grant
from tests.casework import log_guard
from tests.casework.factories import AccountFactory, ReferralFactory
from tests.people.signing_in import sign_in

pytestmark = pytest.mark.django_db
UNKNOWN = uuid.UUID(int=0)
PAGES = ["/logboek/", "/logboek/export/", "/logboek/wie-keek/", "/logboek/toegang/", "/logboek/ankers/"]


@pytest.fixture
def officer(client):
    return sign_in(client, AccountFactory(roles=["dpo"], first_name="Dina", last_name="Officier"))


def reader(**names):
    return AccountFactory(roles=["case_manager"], **names)


def opened(times: int = 1, *, by, referral=None):
    referral = referral or ReferralFactory(manager=by)
    for _time in range(times):
        access.open_referral(referral.pk, by=by)
    return referral


def text(answer) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def rows(answer, table: int = 0) -> list[str]:
    """The bodies of the rows of a table."""
    body = answer.content.decode().split("<tbody>")[1 + table].split("</tbody>")[0]
    return body.split("<tr>")[1:]


@pytest.mark.parametrize("address", [*PAGES, f"/logboek/wie-keek/{UNKNOWN}/"])
@pytest.mark.parametrize("roles", [["case_manager", "administrator"], []])
def test_the_log_is_not_there_for_anybody_else_and_their_try_shows_nothing(client, address, roles):
    sign_in(client, AccountFactory(roles=roles))
    assert (client.get(address).status_code, AuditEvent.objects.count()) == (404, 0)


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_sent_to_the_sign_in(client, address):
    assert client.get(address).url.startswith("/account/login/")


@pytest.mark.parametrize("address", PAGES)
def test_the_log_is_read_and_never_written_by_its_pages(client, officer, address):
    assert client.post(address).status_code == 405


def test_the_menu_leads_to_the_log_for_officers_only(client, officer):
    assert 'href="/logboek/"' in text(client.get("/"))
    sign_in(client, AccountFactory(roles=["administrator"]))
    assert 'href="/logboek/"' not in text(client.get("/"))


def test_events_stand_newest_first_with_who_and_about_what(client, officer):
    nadia = reader(first_name="Nadia", last_name="Maes")
    referral = opened(by=nadia)
    first, second = rows(client.get("/logboek/"))
    assert "Dina Officier" in first
    assert "Nadia Maes" in second and referral.reference in second


@pytest.mark.parametrize(
    ("address", "action"),
    [("/logboek/", "read_log"), ("/logboek/toegang/", "read_grants"), ("/logboek/ankers/", "read_chain")],
)
def test_reading_the_log_is_on_record_before_it_is_shown(client, officer, address, action):
    client.get(address)
    assert list(AuditEvent.objects.values_list("action", "actor")) == [(action, officer.pk)]


def test_what_somebody_chose_to_see_is_on_record(client, officer):
    client.get("/logboek/", {"wie": officer.pk, "wat": "opened", "van": "2026-01-02"})
    detail = json.loads(AuditEvent.objects.get().detail)
    assert detail == {"van": "2026-01-02", "wie": officer.pk, "wat": "opened"}


def test_no_page_of_the_log_shows_a_word_of_what_was_read(client, officer):
    referral = ReferralFactory(manager=reader(), words={"worry": "Geheimwoord"}, outline={"sector": "Geheimvak"})
    opened(by=referral.grants.get().user, referral=referral)
    for address in ["/logboek/", f"/logboek/wie-keek/{referral.pk}/", "/logboek/toegang/", "/logboek/ankers/"]:
        assert "Geheim" not in text(client.get(address))


def old(event_number: int, days: int) -> None:
    with log_guard.lifted(connection):
        AuditEvent.objects.filter(number=event_number).update(at=timezone.now() - timedelta(days=days))


def test_events_are_filtered_by_day_person_and_action(client, officer):
    nadia, bram = reader(last_name="Een"), reader(last_name="Twee")
    for who in (nadia, bram):
        audit.record("opened", by=who)
        audit.record("answered", by=who)
    old(1, days=5)
    day = timezone.localdate() - timedelta(days=5)

    def shown(**filters):
        return [int(row.split(">")[1].split("<")[0]) for row in rows(client.get("/logboek/", filters))]

    assert shown(wie=bram.pk) == [4, 3]
    assert shown(wat="opened") == [3, 1]
    assert shown(van=day, tot=day) == [1]
    assert shown(van=day + timedelta(days=1), wat="opened") == [3]
    assert shown(wie=nadia.pk, wat="answered") == [2]


WRONG = [{"van": "gisteren"}, {"tot": "9999-12-31"}, {"wie": "999"}, {"wat": "'; DROP"}, {"wie": "x" * 9999}]


@pytest.mark.parametrize("filters", WRONG)
def test_a_filter_that_is_filled_in_wrongly_is_named_and_shows_nothing(client, officer, filters):
    answer = client.get("/logboek/", filters)
    assert 'class="field field--bad"' in text(answer) and "<tbody>" not in text(answer)


@pytest.mark.parametrize("page", ["0", "999999999999", "x"])
def test_a_page_that_is_not_there_is_another_page(client, officer, page):
    assert len(rows(client.get("/logboek/", {"page": page}))) == 1


def test_fifty_events_stand_on_a_page_and_the_filters_go_along(client, officer):
    for _time in range(60):
        audit.record("opened", by=officer)
    answer = client.get("/logboek/", {"wat": "opened"})
    assert len(rows(answer)) == 50 and 'href="?wat=opened&amp;page=2"' in text(answer)
    assert len(rows(client.get("/logboek/", {"wat": "opened", "page": 2}))) == 10


def queries(client, address: str) -> int:
    """What a page asks of the database, when it is not the first one."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_log_costs_the_same_for_one_and_three(client, officer):
    opened(by=reader())
    cost = queries(client, "/logboek/")
    for _number in range(2):
        opened(by=reader())
    assert queries(client, "/logboek/") == cost


def test_who_looked_costs_the_same_for_one_and_three(client, officer):
    referral = opened(by=reader())
    cost = queries(client, f"/logboek/wie-keek/{referral.pk}/")
    Grant.objects.update(ended_at=timezone.now() + timedelta(minutes=1))
    for _number in range(2):
        audit.record("opened", by=reader(), about=referral)
        grant = seals.seal_grant(Grant(user=reader(), by=reader(), referral=referral))
        grant.ended_at = timezone.now() + timedelta(minutes=1)
        grant.save()
    assert queries(client, f"/logboek/wie-keek/{referral.pk}/") == cost


def test_grants_cost_the_same_for_one_and_three(client, officer):
    ReferralFactory(manager=reader())
    cost = queries(client, "/logboek/toegang/")
    for _number in range(2):
        ReferralFactory(manager=reader())
    assert queries(client, "/logboek/toegang/") == cost


def test_who_looked_says_who_opened_a_referral_and_how_often(client, officer):
    referral = opened(3, by=reader(first_name="Nadia", last_name="Maes"))
    opened(by=reader(last_name="Anders"))
    [row] = rows(client.get(f"/logboek/wie-keek/{referral.pk}/"))
    assert "Nadia Maes" in row and ">3<" in row


def test_asking_who_looked_is_itself_on_record_about_the_referral(client, officer):
    referral = opened(by=reader())
    client.get(f"/logboek/wie-keek/{referral.pk}/")
    event = AuditEvent.objects.latest("number")
    assert (event.action, event.actor, event.object) == ("read_who_looked", officer.pk, str(referral.pk))


@pytest.mark.parametrize("how", ["reference", "small", "spaced", "joined", "id"])
def test_a_referral_is_asked_for_by_its_reference_or_its_id(client, officer, how):
    referral = opened(by=reader())
    said = referral.reference
    ways = {"reference": said, "small": f" {said.lower()} ", "spaced": said.replace("-", " "), "joined": said.replace("-", "")}
    typed = (ways | {"id": str(referral.pk)})[how]
    assert client.get("/logboek/wie-keek/", {"aanmelding": typed}).url == f"/logboek/wie-keek/{referral.pk}/"


@pytest.mark.parametrize("typed", ["", "ZZZ-ZZZ", str(UNKNOWN), "x" * 41, "\x00", "7"])
def test_a_referral_that_is_not_there_is_named_beside_the_field(client, officer, typed):
    assert 'class="field field--bad"' in text(client.get("/logboek/wie-keek/", {"aanmelding": typed}))
    assert client.get(f"/logboek/wie-keek/{UNKNOWN}/").status_code == 404


def test_who_looked_answers_about_a_referral_that_was_erased(client, officer):
    nadia = reader(first_name="Nadia", last_name="Maes")
    referral = opened(2, by=nadia)
    pk = referral.pk
    Grant.objects.all().delete()
    referral.delete()
    assert client.get("/logboek/wie-keek/", {"aanmelding": str(pk)}).url == f"/logboek/wie-keek/{pk}/"
    assert "Nadia Maes" in rows(client.get(f"/logboek/wie-keek/{pk}/"))[0]


def test_grants_are_shown_now_and_past_and_a_broken_seal_is_named(client, officer):
    now, past = ReferralFactory(manager=reader()), ReferralFactory(manager=reader())
    Grant.objects.filter(referral=past).update(ended_at=timezone.now() + timedelta(minutes=1))
    first, second = rows(client.get("/logboek/toegang/"))
    assert now.reference in first and "tag--ok" in first and "tag--bad" not in first
    assert past.reference in second and "tag--ok" not in second and "tag--bad" in second


def test_the_page_of_anchors_shows_number_and_mac_to_be_compared(client, officer):
    head = audit.record("opened", by=officer)
    anchors.drop_due()
    checking.check_due()
    page = text(client.get("/logboek/ankers/"))
    assert anchors.spaced(head.mac) in page and "notice--success" in page
    assert anchors.spaced(AuditEvent.objects.latest("number").mac) in page


def test_the_page_of_anchors_says_when_the_log_is_not_whole(client, officer):
    audit.record("opened", by=officer)
    with log_guard.lifted(connection):
        AuditEvent.objects.update(action="nothing")
    checking.check_due()
    assert "notice--error" in text(client.get("/logboek/ankers/"))


def export(client, **filters):
    answer = client.get("/logboek/export/", filters)
    assert answer.status_code == 200
    return [list(row) for row in load_workbook(BytesIO(answer.getvalue())).active.iter_rows(values_only=True)]


def test_the_export_holds_what_the_filters_let_through_and_is_itself_on_record(client, officer):
    nadia = reader(first_name="Nadia", last_name="Maes")
    referral = opened(2, by=nadia)
    audit.record("answered", by=nadia)
    _heading, *found = export(client, wat="opened")
    assert [(row[0], row[2], row[4].split()[-1], row[6]) for row in found] == [
        (number, "Nadia Maes", referral.reference, AuditEvent.objects.get(number=number).mac) for number in (2, 1)
    ]
    event = AuditEvent.objects.latest("number")
    assert (event.action, event.actor, event.detail) == ("exported_log", officer.pk, '{"wat":"opened"}')


def test_the_export_goes_in_batches_without_losing_a_row(client, officer, monkeypatch):
    monkeypatch.setattr("casework.views.log_export.BATCH", 2)
    for _time in range(5):
        audit.record("opened", by=officer)
    assert [row[0] for row in export(client)[1:]] == [5, 4, 3, 2, 1]


def test_the_export_asks_to_prove_again_who_signed_in_some_time_ago(client):
    officer = AccountFactory(roles=["dpo"])
    officer.set_password("een lang wachtwoord")
    officer.save()
    seals.seal_account(officer)
    sign_in(client, officer)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    before = AuditEvent.objects.count()
    assert (client.get("/logboek/export/").status_code, AuditEvent.objects.count()) == (302, before)
