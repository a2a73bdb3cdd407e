"""Who took the public server home: a program that tries everything this zone has on every sealed row, and prints what it read.

Each line of its input is one more private key (base64) to try: with casework's own the same program reads it all.
"""

import base64
import json
import sys
from hashlib import blake2b, sha256
from pathlib import Path

import django


def main(more: list[bytes]) -> dict:
    from exchange import sealing
    from exchange.models import SealedAnswer, SealedReferral

    rows = [bytes(row.body) for model in (SealedReferral, SealedAnswer) for row in model.objects.all()]
    read = [words for row in rows for key in [*own_keys(), *more] for kind in sealing.Kind if (words := _tried(kind, row, key))]
    return {"rows": len(rows), "keys": len(own_keys()), "read": read}


def own_keys() -> list[bytes]:
    """All that this zone holds or makes that has the size of a key."""
    from django.conf import settings

    from exchange.receipts import Receipt
    from website.referral import tickets

    held = [path.read_text().strip() for path in Path(settings.REFERRAL_KEYS).iterdir()] + [settings.SECRET_KEY]
    keys = [base64.b64decode(text) for text in held[:-1]] + [tickets._key()[:32], tickets._key()[32:]]
    for text in held:
        keys += [sha256(text.encode()).digest(), blake2b(text.encode(), digest_size=32).digest()]
    # Codes, had they been made of a secret of the site and of what stands in the rows.
    seeds = [blake2b(word, key=tickets._key(), person=b"expor receipt", digest_size=15).digest() for word in _words_at_hand()]
    return keys + [Receipt(seed).private_key for seed in seeds]


def _words_at_hand() -> list[bytes]:
    from exchange.models import SealedAnswer, SealedReferral

    lookups = SealedAnswer.objects.values_list("lookup", flat=True)
    return [b"", *(lookup.encode() for lookup in lookups), *(row.pk.hex.encode() for row in SealedReferral.objects.all())]


def _tried(kind, row: bytes, key: bytes):
    from exchange import sealing

    try:
        return sealing.unseal(kind, row, key)
    except sealing.Unreadable:
        return None


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main([base64.b64decode(line) for line in sys.stdin.read().split()])))
