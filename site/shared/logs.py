"""Logs that help and tell nothing about anybody: one JSON line each, with the request's id."""

import json
import logging
import re
import uuid
from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="-")
SAFE_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")


class RequestIdMiddleware:
    """Gives every request an id, the proxy's where it sent a decent one, and returns it in `X-Request-Id`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-Id", "")
        token = request_id.set(given if SAFE_ID.fullmatch(given) else uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


class RequestId(logging.Filter):
    """Adds the id of the request at hand to each record."""

    def filter(self, record):
        record.request_id = request_id.get()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, request id, the message's template, and type and stack of an exception.

    Arguments of a message and values of an exception stay out: they are what may be personal.
    """

    def format(self, record):
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "event": str(record.msg),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["stack"] = _stack(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _stack(traceback) -> list[str]:
    frames = []
    while traceback:
        code = traceback.tb_frame.f_code
        frames.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return frames
