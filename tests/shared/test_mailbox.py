"""Reading a mailbox: each message once, nothing lost at a fault, nothing marked in a mailbox that people read too."""

import imaplib

import pytest
from django.db import DatabaseError

from shared import mailbox
from shared.models import MailboxPosition, Version
from tests.shared.imap_server import ImapServer, certificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def taken():
    return []


@pytest.fixture
def folder(tmp_path):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path)))
    with ImapServer(tmp_path) as running:
        yield running


def deliver(folder, *texts):
    for number, text in enumerate(texts):
        (folder / "new" / f"{number}.post").write_bytes(text)


def test_a_folder_gives_each_message_once_the_oldest_first(folder, taken):
    deliver(folder, b"een", b"twee")
    assert mailbox.read_new(f"maildir://{folder}", taken.append) == 2
    assert (mailbox.read_new(f"maildir://{folder}", taken.append), taken) == (0, [b"een", b"twee"])
    assert sorted(file.name for file in (folder / "cur").iterdir()) == ["0.post:2,S", "1.post:2,S"]


def test_a_folder_that_is_not_there_is_made(tmp_path, taken):
    assert mailbox.read_new(f"maildir://{tmp_path}/antwoorden", taken.append) == 0
    assert (tmp_path / "antwoorden" / "new").is_dir()


def test_a_message_that_is_too_large_is_put_aside_unread(folder, taken, monkeypatch):
    monkeypatch.setattr(mailbox, "AT_MOST", 10)
    deliver(folder, b"x" * 11, b"klein")
    mailbox.read_new(f"maildir://{folder}", taken.append)
    assert taken == [b"klein"]


def fails_on(text, taken):
    def take(raw):
        Version.objects.create(name=raw.decode())
        if raw == text:
            raise DatabaseError
        taken.append(raw)

    return take


def test_after_a_fault_a_folder_gives_the_message_again_and_nothing_half_stays(folder, taken):
    deliver(folder, b"een", b"twee")
    with pytest.raises(DatabaseError):
        mailbox.read_new(f"maildir://{folder}", fails_on(b"twee", taken))
    assert list(Version.objects.filter(name__in=["een", "twee"]).values_list("name", flat=True)) == ["een"]
    mailbox.read_new(f"maildir://{folder}", taken.append)
    assert taken == [b"een", b"twee"]


def test_a_server_gives_each_message_once_and_marks_none(server, taken):
    server.messages = {3: b"drie", 4: b"vier"}
    assert (mailbox.read_new(server.address, taken.append), mailbox.read_new(server.address, taken.append)) == (2, 0)
    server.messages[9] = b"negen"
    assert (mailbox.read_new(server.address, taken.append), taken) == (1, [b"drie", b"vier", b"negen"])
    assert server.verbs & {"STORE", "COPY", "EXPUNGE", "SELECT", "BODY[]"} == set()


def test_after_a_fault_a_server_gives_the_message_again(server, taken):
    server.messages = {1: b"een", 2: b"twee"}
    with pytest.raises(DatabaseError):
        mailbox.read_new(server.address, fails_on(b"twee", taken))
    assert MailboxPosition.objects.get().last == 1
    mailbox.read_new(server.address, taken.append)
    assert taken == [b"een", b"twee"]


def test_a_server_that_numbers_anew_is_read_from_the_start(server, taken):
    server.messages = {7: b"zeven"}
    mailbox.read_new(server.address, taken.append)
    server.numbering, server.messages = 2, {1: b"een"}
    mailbox.read_new(server.address, taken.append)
    assert taken == [b"zeven", b"een"]


def test_a_server_with_a_certificate_of_nobody_gets_no_password(server, taken, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
        mailbox.read_new(server.address, taken.append)
    assert "LOGIN" not in server.verbs


def test_a_server_that_refuses_the_password_is_a_fault_without_a_loss(server, taken):
    server.messages = {1: b"een"}
    with pytest.raises(imaplib.IMAP4.error):
        mailbox.read_new(server.address.replace("geheim", "fout"), taken.append)
    assert (mailbox.read_new(server.address, taken.append), taken) == (1, [b"een"])
