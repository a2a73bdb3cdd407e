"""When something that casework stands on is missing: nothing is shown without its record, and nothing typed is lost in silence."""

import pytest

from casework.keyring import keys
from tests.casework.access_table import ADMIN, MANAGER, TABLE
from tests.casework.everything import addresses, enter
from tests.casework.faults import CHANGES, FAULTS, LOOKS, SECRETS, TYPED, a_key_is, assert_closed, assert_quiet, events, kept
from tests.casework.form_targets import closed
from tests.casework.signing_in import LOGIN, PASSWORD, SECOND, try_password

# With transactions of its own, where a fault would end the one around a test.
pytestmark = pytest.mark.django_db(transaction=True)
# PostgreSQL says that a disk is full in the same way: OperationalError.
OF_ONE = {"disk full": pytest.mark.only_on("sqlite")}
on_each_fault = pytest.mark.parametrize(
    "fault", [pytest.param(fault, id=name, marks=OF_ONE.get(name, ())) for name, fault in FAULTS.items()]
)
KEYS_AWAY = [(keys.AUDIT, LOOKS), (keys.SEALS, LOOKS), (keys.FIELDS, {MANAGER: LOOKS[MANAGER]})]


@on_each_fault
@pytest.mark.parametrize("role", LOOKS)
def test_no_look_without_its_record(client, things, logged, monkeypatch, fault, role):
    where = addresses(things)
    enter(client, role, things)
    client.get("/")
    with fault(monkeypatch):
        before = events()
        for name in LOOKS[role]:
            assert_closed(client.get(where[f"casework:{name}"]))
        assert events() == before
    assert_quiet(logged)
    # The same session, when all is well again.
    assert {closed(client.get(where[f"casework:{name}"])).status_code for name in LOOKS[role]} == {200}


@on_each_fault
def test_what_was_typed_comes_back_and_nothing_is_half_kept(client, things, logged, monkeypatch, fault):
    where = addresses(things)
    enter(client, MANAGER, things)
    client.get("/")
    with fault(monkeypatch):
        before = kept(), events()
        for name, sent in CHANGES.items():
            assert_closed(client.post(where[f"casework:{name}"], sent), typed=True)
        assert (kept(), events()) == before
    assert_quiet(logged)


@on_each_fault
@pytest.mark.parametrize("role", [MANAGER, ADMIN])
def test_no_address_breaks_or_shows_a_word(client, things, logged, monkeypatch, fault, role):
    enter(client, role, things)
    client.get("/")
    with fault(monkeypatch):
        for name, address in addresses(things).items():
            for answer in (closed(client.get(address)), client.post(address, TABLE[name].sent | {"text": TYPED})):
                text = b"" if answer.streaming else answer.content
                assert answer.status_code in {200, 204, 302, 404, 405, 503}, (name, answer.status_code)
                assert [secret for secret in SECRETS if secret.encode() in text] == [], name


@on_each_fault
def test_nobody_comes_in(client, things, logged, monkeypatch, fault):
    with fault(monkeypatch):
        answer = try_password(client, things["people"][MANAGER])
        assert answer.status_code in {200, 503} or answer.url == SECOND
        assert client.get("/").status_code in {302, 503}
    assert client.get("/").url.startswith(LOGIN)
    assert PASSWORD not in answer.content.decode()


@pytest.mark.parametrize(("name", "looks"), KEYS_AWAY)
def test_without_a_key_that_fits_nothing_opens(client, things, logged, tmp_path, name, looks):
    where = addresses(things)
    for at, text in enumerate([None, "", "c2hvcnQ=", "no base64 at all", "{}"]):
        (tmp_path / str(at)).mkdir()
        with a_key_is(tmp_path / str(at), name, text):
            for role, names in looks.items():
                enter(client, role, things)
                for one in names:
                    assert_closed(client.get(where[f"casework:{one}"]))
    assert_quiet(logged)


@pytest.mark.parametrize("name", [keys.AUDIT, keys.SEALS, keys.FIELDS])
def test_without_a_key_nothing_is_written_in_clear_and_what_was_typed_comes_back(client, things, logged, tmp_path, name):
    where = addresses(things)
    enter(client, MANAGER, things)
    before = kept()
    with a_key_is(tmp_path, name, None):
        for one, sent in CHANGES.items():
            assert_closed(client.post(where[f"casework:{one}"], sent), typed=True)
    assert kept() == before
    assert_quiet(logged)


def test_the_check_itself_finds_a_word_where_all_is_well(client, things, logged):
    enter(client, MANAGER, things)
    with pytest.raises(AssertionError):
        assert_closed(client.get(addresses(things)["casework:referral"]))
    with pytest.raises(AssertionError):
        assert_quiet(logged)
