"""An envelope opens for whom it was sealed, whole and unchanged, and for nobody else."""

import pytest
from nacl.public import PrivateKey

from exchange import sealing
from exchange.sealing import Kind, Unreadable

WORDS = {"worry": "Een leerling trekt zich terug en zegt dat geweld mag. Ik twijfel."}


@pytest.fixture
def key() -> PrivateKey:
    return PrivateKey.generate()


def sealed_to(*keys: PrivateKey, words=WORDS) -> bytes:
    return sealing.seal(Kind.REFERRAL, words, [bytes(key.public_key) for key in keys])


def test_an_envelope_opens_for_each_of_its_recipients(key):
    other = PrivateKey.generate()
    envelope = sealed_to(key, other)
    assert [sealing.unseal(Kind.REFERRAL, envelope, bytes(each)) for each in (key, other)] == [WORDS, WORDS]


def test_an_envelope_opens_for_nobody_else(key):
    with pytest.raises(Unreadable):
        sealing.unseal(Kind.REFERRAL, sealed_to(key), bytes(PrivateKey.generate()))


def test_an_envelope_made_for_one_purpose_opens_for_no_other(key):
    with pytest.raises(Unreadable):
        sealing.unseal(Kind.ANSWER, sealed_to(key), bytes(key))


def test_no_byte_of_an_envelope_can_change_unseen(key):
    envelope = sealed_to(key, PrivateKey.generate())
    opened = [at for at in range(len(envelope)) if _opens(envelope[:at] + bytes([envelope[at] ^ 1]) + envelope[at + 1 :], key)]
    assert opened == []
    assert _opens(envelope, key)


def _opens(envelope: bytes, key: PrivateKey) -> bool:
    try:
        sealing.unseal(Kind.REFERRAL, envelope, bytes(key))
    except Unreadable:
        return False
    return True


def test_the_length_tells_the_size_class_only(key):
    lengths = {len(sealed_to(key, words={"worry": "a" * number})) for number in (1, 500, 2000)}
    assert len(lengths) == 1
    assert len(sealed_to(key, words={"worry": "a" * 2100})) - lengths.pop() == sealing.BLOCK


@pytest.mark.parametrize("rubbish", [b"", b"EXPOR", b"EXPOR\x01\x01\xff", b"x" * 5000])
def test_what_is_no_envelope_is_refused(key, rubbish):
    with pytest.raises(Unreadable):
        sealing.unseal(Kind.REFERRAL, rubbish, bytes(key))


def test_an_envelope_for_nobody_is_refused():
    with pytest.raises(ValueError, match="somebody"):
        sealing.seal(Kind.REFERRAL, WORDS, [])


@pytest.mark.parametrize("point", ["00" * 32, f"01{'00' * 31}", f"ec{'ff' * 30}7f", f"ed{'ff' * 30}7f", f"ee{'ff' * 30}7f"])
def test_a_point_that_is_nobody_s_key_is_not_usable(key, point):
    assert [sealing.is_usable(each) for each in (bytes(key.public_key), bytes.fromhex(point))] == [True, False]


def test_words_within_words_thousands_deep_are_refused(key, monkeypatch):
    text = b"[" * 100_000
    monkeypatch.setattr(sealing, "_padded", lambda _words: len(text).to_bytes(4, "big") + text)
    with pytest.raises(Unreadable):
        sealing.unseal(Kind.REFERRAL, sealed_to(key), bytes(key))
