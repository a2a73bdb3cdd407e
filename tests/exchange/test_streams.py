"""A sealed stream opens whole, unchanged and for whom it was sealed, or not at all."""

from io import BytesIO

import pytest
from nacl.public import PrivateKey

from exchange import sealing, streams
from exchange.sealing import Unreadable

KEY = PrivateKey.generate()
CHUNK = 64


@pytest.fixture(autouse=True)
def _short_chunks(monkeypatch):
    monkeypatch.setattr(streams, "CHUNK", CHUNK)


def sealed(text: bytes, *keys: PrivateKey) -> bytes:
    file = BytesIO()
    sealer = streams.Sealer(file, [bytes(key.public_key) for key in keys or (KEY,)])
    for at in range(0, len(text), 50):
        sealer.write(text[at : at + 50])
    sealer.close()
    return file.getvalue()


def opened(data: bytes, key: PrivateKey = KEY) -> bytes:
    return b"".join(streams.opened(BytesIO(data), [bytes(key)]))


def opens(data: bytes) -> bool:
    try:
        opened(data)
    except Unreadable:
        return False
    return True


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 1000])
def test_a_stream_of_any_length_opens_as_it_was(length):
    text = bytes(at % 251 for at in range(length))
    assert opened(sealed(text)) == text


def test_a_stream_opens_for_each_of_its_recipients_and_nobody_else():
    other = PrivateKey.generate()
    data = sealed(b"a" * 200, KEY, other)
    assert [opened(data, key) for key in (KEY, other)] == [b"a" * 200] * 2
    with pytest.raises(Unreadable):
        opened(data, PrivateKey.generate())


def test_no_byte_of_a_stream_can_change_unseen():
    data = sealed(b"a" * 200)
    assert opens(data)
    assert [at for at in range(len(data)) if opens(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])] == []


def test_a_stream_that_was_cut_off_anywhere_does_not_open():
    data = sealed(b"a" * 200)
    assert [length for length in range(len(data)) if opens(data[:length])] == []


def test_nothing_can_be_added_left_out_repeated_or_moved():
    data, chunk = sealed(b"a" * 200), CHUNK + 17
    start = sealing.START + sealing.SLOT + 24
    head, one, two, rest = (
        data[:start],
        data[start : start + chunk],
        data[start + chunk : start + 2 * chunk],
        data[start + 2 * chunk :],
    )
    assert opens(head + one + two + rest)
    changed = [head + two + one + rest, head + one + rest, head + one + one + two + rest, data + b"a", data + rest]
    assert [opens(each) for each in changed] == [False] * 5


def test_the_digest_is_that_of_the_file():
    from hashlib import blake2b

    file = BytesIO()
    sealer = streams.Sealer(file, [bytes(KEY.public_key)])
    sealer.write(b"a" * 500)
    sealer.close()
    assert sealer.digest == blake2b(file.getvalue(), digest_size=32).hexdigest()
