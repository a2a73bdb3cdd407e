"""Referrals for the people of the benchmark, each with a note: a program that makes them and says which are whose."""

import json
import sys

import django


def main(people: list[str], each: int) -> dict[str, list[str]]:
    from people.models import User

    return {email: [_made(User.objects.get(email=email)) for _number in range(each)] for email in people}


def _made(user) -> str:
    from casework.models import Referrer
    from casework.referrals import writing
    from tests.casework.factories import ReferralFactory

    referral = ReferralFactory(manager=user)
    Referrer.objects.create(referral=referral, identity={"name": "An Voorbeeld"})
    writing.write_note(referral, text="Eerste gesprek gepland, de school houdt contact.", by=user)
    return str(referral.pk)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(*json.loads(sys.stdin.read()))))
