"""Somebody who is worried, for tests: what is typed, a form that was open for a minute, and what casework finds and answers."""

import re
import secrets
import time

from django.core import signing
from django.urls import reverse

from exchange.models import SealedAnswer, SealedReferral
from exchange.receipts import Receipt
from exchange.sealing import Kind, seal, unseal
from tests import exchange_keys

WORRY = "De leerling trekt zich terug en zegt dat geweld mag. Ik twijfel."
CODE = re.compile(r'<p class="code-card__code" translate="no">([^<]+)</p>')
# What differs each time somebody opens a page, and says nothing.
RANDOM = re.compile(r'name="(csrfmiddlewaretoken|ticket)" value="[^"]*"')


def ticket(word: str = "", *, seconds: int = 60) -> str:
    """The ticket of a form that has been open for a minute."""
    ago = type("Ago", (signing.TimestampSigner,), {"timestamp": lambda self: signing.b62_encode(int(time.time()) - seconds)})
    return ago(salt="website.referral").sign(word or secrets.token_hex(20))


def typed(**changes) -> dict:
    """A whole form with the one question that must be answered."""
    return {"worry": WORRY, "ticket": ticket(), "boundary": "doubt", "sector": "ongezegd", "nickname": ""} | changes


def send(client, **changes):
    """Sends the form."""
    return client.post(reverse("website:referral"), typed(**changes))


def code_on(response) -> str:
    """The code on the card; empty where there is no card."""
    found = CODE.search(response.content.decode())
    return found[1] if found else ""


def arrived(key=exchange_keys.ZONE) -> list[dict]:
    """What casework takes away, opened."""
    return [unseal(Kind.REFERRAL, row.body, bytes(key)) for row in SealedReferral.objects.order_by("day", "id")]


def answer(receipt: Receipt, kind: str, **more) -> SealedAnswer:
    """What casework puts there for this code."""
    number = SealedAnswer.objects.filter(lookup=receipt.lookup).count()
    words = {"v": 1, "kind": kind, "day": "2026-11-26"} | more
    body = seal(Kind.ANSWER, words, [receipt.public_key])
    return SealedAnswer.objects.create(lookup=receipt.lookup, number=number, body=body)


def bare(response, *words: str) -> str:
    """A page without what differs each time, and without these words."""
    page = RANDOM.sub("", response.content.decode())
    for word in words:
        page = page.replace(word, "")
    return page
