"""What lies in the exchange is no larger than an envelope can be: casework reads a row whole."""

import pytest
from django.db import IntegrityError, transaction

from exchange import models, sealing
from exchange.models import SealedAnswer, SealedReferral
from exchange.sealing import Kind
from tests.exchange_keys import RECOVERY, ZONE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [SealedReferral, SealedAnswer])
def test_a_body_beyond_the_limit_is_refused_and_one_within_it_is_not(kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        kind.objects.bulk_create([kind(body=bytes(models.LARGEST + 1))])
    kind.objects.bulk_create([kind(body=bytes(models.LARGEST))])
    assert kind.objects.count() == 1


def test_the_largest_envelope_fits():
    words = {"worry": "é" * ((sealing.LONGEST - 12) // 2)}
    envelope = sealing.seal(Kind.REFERRAL, words, [bytes(key.public_key) for key in (ZONE, RECOVERY)] * 50)
    assert sealing.LONGEST < len(envelope) < models.LARGEST
