"""Logs that help and tell nothing about anybody."""

import json
import logging
import sys

import pytest

from shared.logs import JsonFormatter, RequestId


def logged(message, *arguments, **extra) -> dict:
    record = logging.LogRecord("expor", logging.WARNING, __file__, 1, message, arguments, extra.pop("exc_info", None))
    RequestId().filter(record)
    return json.loads(JsonFormatter().format(record))


def test_a_line_has_level_logger_event_and_request():
    line = logged("outbox: sending failed")
    assert {key: line[key] for key in ("level", "logger", "event", "request")} == {
        "level": "WARNING",
        "logger": "expor",
        "event": "outbox: sending failed",
        "request": "-",
    }


def test_what_fills_a_message_stays_out_of_the_log():
    assert "amira" not in json.dumps(logged("no such address: %s", "amira@school.demo"))


def test_an_exception_is_logged_with_its_type_and_stack_and_without_its_text():
    try:
        raise ValueError("amira@school.demo")
    except ValueError:
        line = logged("failed", exc_info=sys.exc_info())
    assert (line["exception"], "amira" in json.dumps(line), "test_logs.py" in line["stack"][0]) == ("ValueError", False, True)


@pytest.mark.parametrize(
    ("sent", "kept"), [("abc-12345678", True), ("kort", False), ("met spatie en <script>", False), ("x" * 65, False)]
)
def test_a_decent_request_id_of_the_proxy_is_kept_and_returned(client, sent, kept):
    answer = client.get("/-/live", headers={"X-Request-Id": sent})
    assert (answer["X-Request-Id"] == sent) == kept
