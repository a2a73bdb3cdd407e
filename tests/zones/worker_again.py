"""A worker that somebody starts again whenever it dies, as systemd does; forked from one loaded process, as a program."""

import os
import signal
import sys

import django


def main() -> None:
    from django.core.management import call_command

    while True:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            call_command("worker")
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(f"the worker ended by itself: {status}")


if __name__ == "__main__":
    django.setup()
    main()
