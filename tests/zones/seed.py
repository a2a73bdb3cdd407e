"""Puts the words of its input into a zone, a program: in rows, in sealed rows and, in the public zone, in uploaded files."""

import sys
from pathlib import Path

import django


def seed_casework(words: list[str]) -> None:
    from casework.log import audit
    from casework.models import Entry, Message, Referrer, SubjectIdentity
    from tests.casework.factories import AccountFactory, ReferralFactory

    manager = AccountFactory(roles=["case_manager"])
    for one, two, three in zip(words[::3], words[1::3], words[2::3], strict=False):
        referral = ReferralFactory(manager=manager, words={"worry": one})
        Referrer.objects.create(referral=referral, identity={"name": two})
        SubjectIdentity.objects.create(referral=referral, identity={"name": three, "other": one})
        Message.objects.create(referral=referral, direction="in", text={"text": f"{one} {two}"})
        Entry.objects.create(referral=referral, kind="note", by=manager, text={"text": f"{two} {three}"})
        audit.record("taken", by=manager, about=referral)


def seed_public(words: list[str]) -> None:
    from django.conf import settings

    from exchange import sealing
    from exchange.models import SealedReferral
    from exchange.recipients import recipients
    from people.models import User

    folder = Path(settings.MEDIA_ROOT) / "documents" / "map"
    folder.mkdir(parents=True)
    for number, word in enumerate(words):
        User.objects.create_user(f"{word}@school.demo", first_name=word)
        SealedReferral.objects.create(body=sealing.seal(sealing.Kind.REFERRAL, {"v": 1, "words": {"worry": word}}, recipients()))
        (folder / f"bijlage-{number}.txt").write_text(word * 1000)


if __name__ == "__main__":
    django.setup()
    from django.conf import settings

    (seed_casework if "casework" in settings.ROOT_URLCONF else seed_public)(sys.stdin.read().split())
