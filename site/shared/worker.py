"""What the clock asks for: each zone names its tasks in `WORKER_TASKS`, and this runs them over and over."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


class Worker:
    """Runs each task when its interval is over; a task that fails is logged and tried again at its next turn."""

    def __init__(self, tasks=None):
        self.tasks: list[tuple[str, Callable[[], object], float]] = [
            (path, import_string(path), seconds) for path, seconds in (tasks or settings.WORKER_TASKS)
        ]
        self.next_turn = dict.fromkeys((path for path, _task, _seconds in self.tasks), 0.0)
        self.stopping = False

    def stop(self, *_signal) -> None:
        self.stopping = True

    def run(self, pause: float = 0.5) -> None:
        while not self.stopping:
            self.turn(time.monotonic())
            time.sleep(pause)

    def turn(self, now: float) -> None:
        """Runs what is due at `now` (seconds of a monotonic clock)."""
        for path, task, seconds in self.tasks:
            if now >= self.next_turn[path]:
                self.next_turn[path] = now + seconds
                _run(path, task)


def _run(path: str, task) -> None:
    close_old_connections()
    try:
        task()
    except Exception:
        logger.exception("worker: a task failed: %s", path)
    finally:
        close_old_connections()
