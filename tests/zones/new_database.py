"""A migrated database for a machine of a test: a program that prints its address, `python -m tests.zones.new_database NAME`."""

import sys

import django

if __name__ == "__main__":
    django.setup()
    from tests import template_database
    from tests.conftest import VAR

    print(template_database.fresh_copy(VAR, sys.argv[1]))
