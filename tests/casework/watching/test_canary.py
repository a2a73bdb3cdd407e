"""Every hour a trial referral goes through the public form like anybody's, and is known again behind the wall by nobody but us."""

from datetime import timedelta
from urllib.error import URLError

import pytest

from casework.keyring import files as key_files
from casework.keyring import keys
from casework.models import Canary
from casework.watching import canary, public_form
from casework.watching.public_form import FormRefused
from tests.casework.watching.form_server import Play, Server

HOUR = 494_000


@pytest.fixture
def public(settings):
    """A public site that plays the form; how it plays, a test can change."""
    settings.CANARY_WAIT = 0
    with Server(Play()) as play:
        settings.PUBLIC_URL = play.address
        yield play


def again() -> None:
    """As if the last trial had been tried some minutes ago."""
    for trial in Canary.objects.all():
        trial.tried_at -= timedelta(minutes=6)
        trial.save()


def test_a_marker_is_known_by_the_key_it_was_made_with():
    marker = canary.marker(HOUR)
    assert canary.hour_in(f"Dit is een proef. {marker.upper()}.") == HOUR
    assert canary.is_canary({"worry": marker})


def test_a_marker_holds_letters_only_and_differs_each_hour():
    first, second = canary.marker(HOUR), canary.marker(HOUR + 1)
    assert first.replace("-", "").isalpha() and first.islower()
    assert first[-32:] != second[-32:]


@pytest.mark.parametrize(
    "change",
    [
        lambda marker: marker[:-1] + ("a" if marker[-1] != "a" else "b"),
        lambda marker: marker[:9] + ("a" if marker[9] != "a" else "b") + marker[10:],
        lambda marker: marker[:-1],
        lambda marker: marker.replace("kanarie-", ""),
        lambda marker: "kanarie-" + "a" * 40,
        lambda marker: "Op school zegt een leerling dat er een kanarie in de mijn is.",
        lambda marker: "",
    ],
)
def test_what_somebody_else_writes_is_no_canary(change):
    assert not canary.is_canary({"worry": change(canary.marker(HOUR))})


def test_words_without_a_worry_are_no_canary():
    assert not canary.is_canary({})


def test_the_marker_of_another_zone_is_no_canary(settings, tmp_path):
    marker = canary.marker(HOUR)
    key_files.make_missing(tmp_path)
    settings.KEYS = str(tmp_path)
    keys.forget()
    assert not canary.is_canary({"worry": marker})


@pytest.mark.django_db
def test_the_trial_is_filled_in_as_a_browser_would(public):
    trial = canary.send_due()
    assert trial.posted_at and not trial.error
    [sent] = public.sent
    ticket = sent.pop("ticket")
    assert float(ticket) > 0
    assert sent == {
        "csrfmiddlewaretoken": "token", "worry": canary.marker(trial.hour), "question": "", "nickname": "", "boundary": "doubt",
        "sector": "", "step": "send",
    }  # fmt: skip


@pytest.mark.django_db
def test_the_trial_waits_as_long_as_a_person_needs(public, settings):
    public.quickest = 0.3
    settings.CANARY_WAIT = 0.4
    canary.send_due()
    assert len(public.sent) == 1


@pytest.mark.django_db
def test_the_trial_answers_the_hint_and_goes_on(public):
    public.with_hint = True
    canary.send_due()
    assert [sent["hint"] for sent in public.sent] == ["keep"]


@pytest.mark.django_db
def test_one_trial_is_sent_each_hour(public):
    assert [bool(canary.send_due()) for _time in range(3)] == [True, False, False]
    again()
    assert canary.send_due() is None
    Canary.objects.update(hour=canary._this_hour() - 1)
    assert canary.send_due() is not None
    assert len(public.sent) == 2


@pytest.mark.django_db
def test_a_form_that_does_not_take_it_is_told_to_the_worker_and_tried_again_after_some_minutes(public):
    public.refuses = True
    with pytest.raises(FormRefused):
        canary.send_due()
    assert (canary.last().error, canary.last().posted_at, canary.send_due()) == ("FormRefused", None, None)
    public.refuses = False
    again()
    assert canary.send_due().error == ""


@pytest.mark.django_db
def test_a_public_site_that_is_down_is_told_to_the_worker_and_tried_again(settings, public):
    settings.PUBLIC_URL = "http://127.0.0.1:9"
    with pytest.raises(URLError):
        canary.send_due()
    settings.PUBLIC_URL = public.address
    again()
    assert canary.send_due().posted_at


@pytest.mark.django_db
@pytest.mark.parametrize(
    "elsewhere", [{"redirect": "http://127.0.0.1:9/"}, {"action": "http://127.0.0.1:9/"}, {"action": "file:///etc/hostname"}]
)
def test_a_public_site_that_was_taken_over_sends_casework_nowhere_else(public, elsewhere):
    for name, value in elsewhere.items():
        setattr(public, name, value)
    with pytest.raises(FormRefused, match="elsewhere"):
        canary.send_due()


@pytest.mark.django_db
def test_a_page_that_never_ends_does_not_keep_the_worker(public, monkeypatch):
    monkeypatch.setattr(public_form, "TIMEOUT", 0.3)
    public.drips = True
    with pytest.raises(FormRefused, match="too slow"):
        canary.send_due()
    public.drips = False


@pytest.mark.django_db
def test_a_trial_that_comes_back_is_noted_once(public):
    trial = canary.send_due()
    canary.came_back(public.sent[0]["worry"])
    first = Canary.objects.get().back_at
    canary.came_back(canary.marker(trial.hour))
    assert first and Canary.objects.get().back_at == first == canary.last_back()


@pytest.mark.django_db
def test_an_old_trial_that_somebody_sends_once_more_counts_for_nothing():
    canary.came_back(canary.marker(canary._this_hour() - canary.KEPT - 1))
    assert not Canary.objects.exists()


@pytest.mark.django_db
def test_what_is_no_canary_does_not_come_back():
    canary.came_back("kanarie-" + "a" * 40)
    assert not Canary.objects.exists()
