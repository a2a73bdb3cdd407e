"""What else the log knows of an event, as a person reads it."""

from django.utils import translation

from casework.log.details import told


def test_names_and_codes_are_said_in_words():
    with translation.override("en"):
        assert told({"part": "subject"}) == "part: who it is about"
        assert told({"day": "2026-11-26", "source": "phone"}) == "day: 26 November 2026, arrived by: phone"
        assert told({"roles": "administrator+dpo"}) == "roles: administrator + data protection officer"


def test_what_nobody_gave_words_stays_as_it_is():
    with translation.override("en"):
        assert told({"van": "2026-01-02", "state": "?", "day": "today"}) == "van: 2026-01-02, outcome: ?, day: today"
