"""The code on the card: read as people type it, and giving nothing away."""

import pytest

from exchange.receipts import ALPHABET, Mistyped, Receipt

KNOWN = Receipt(bytes(range(15)))


def test_a_code_is_26_characters_in_groups_of_four():
    assert str(KNOWN) == "000G-40R4-0M30-E209-185G-R38E-6M"


def test_a_code_is_read_as_people_type_it():
    typed = str(KNOWN).lower().replace("0", "o").replace("-", " ").replace("1", "l")
    assert Receipt.read(f"  {typed}\n") == KNOWN


@pytest.mark.parametrize("_time", range(20))
def test_a_new_code_reads_back(_time):
    receipt = Receipt.new()
    assert Receipt.read(str(receipt)) == receipt


def test_every_single_typing_error_is_told():
    code = str(KNOWN).replace("-", "")
    wrong = [code[:at] + other + code[at + 1 :] for at in range(26) for other in ALPHABET if other != code[at]]
    assert [text for text in wrong if _reads(text)] == []


def test_every_swap_of_neighbours_is_told():
    code = str(Receipt(b"\x9a\x01\xfe" * 5)).replace("-", "")
    swapped = [code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(25) if code[at] != code[at + 1]]
    assert len(swapped) > 15
    assert [text for text in swapped if _reads(text)] == []


@pytest.mark.parametrize("typed", ["", "ABCD", "000G-40R4-0M30-E209-185G-R38E-D", "U00G-40R4-0M30-E209-185G-R38E-6M", "é" * 26])
def test_what_stands_on_no_card_is_mistyped(typed):
    with pytest.raises(Mistyped):
        Receipt.read(typed)


def _reads(text: str) -> bool:
    try:
        Receipt.read(text)
    except Mistyped:
        return False
    return True


def test_lookup_and_keys_are_each_their_own():
    derived = {KNOWN.secret.hex(), KNOWN.lookup, KNOWN.private_key.hex(), KNOWN.public_key.hex()}
    assert len(derived) == 4
    assert (KNOWN.lookup, KNOWN.public_key.hex()) == (Receipt(bytes(range(15))).lookup, Receipt(bytes(range(15))).public_key.hex())


def test_a_code_shows_itself_in_no_log():
    assert repr(KNOWN) == "<Receipt>"
