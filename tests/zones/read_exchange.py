"""Reads what the public zone sealed, with the keys of casework: a program that prints the worries."""

import django

if __name__ == "__main__":
    django.setup()
    from casework.keyring import keys
    from exchange import sealing
    from exchange.models import SealedReferral

    for row in SealedReferral.objects.all():
        print(sealing.unseal(sealing.Kind.REFERRAL, row.body, keys.zone_keys()[0])["words"]["worry"])
