"""Contents packed one after the other come out by name, however the stream is cut."""

from io import BytesIO

import pytest

from exchange.parcels import Packer, parcels
from exchange.sealing import Unreadable

CONTENTS = {"database": b"a" * 300, "media/leeg.txt": b"", "media/één.txt": bytes(range(256)) * 3}


def packed(contents=CONTENTS) -> bytes:
    out = BytesIO()
    packer = Packer(out)
    lengths = [packer.add(name, (data[at : at + 100] for at in range(0, len(data), 100))) for name, data in contents.items()]
    packer.close()
    assert lengths == [len(data) for data in contents.values()]
    return out.getvalue()


def pieces(data: bytes, size: int):
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_contents_come_out_as_they_went_in(size):
    assert {name: b"".join(content) for name, content in parcels(pieces(packed(), size))} == CONTENTS


def test_a_content_that_nobody_reads_is_passed_over():
    assert [name for name, _content in parcels(pieces(packed(), 64))] == list(CONTENTS)


@pytest.mark.parametrize("data", [b"", packed()[:-1], packed()[:200], packed() + b"a", b"\xff\xff\xff\xff"])
def test_what_does_not_end_as_it_should_is_refused(data):
    with pytest.raises(Unreadable):
        list(parcels(pieces(data, 64)))
