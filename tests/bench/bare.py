"""The reference: a Django of its own with two views, nothing else; a constant page, and a write of one row."""

import os

import django
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

PAGE = b"<!doctype html><title>bare</title>" + b"<p>forty kilobytes</p>" * 1860

if not settings.configured:
    import environs

    settings.configure(
        DEBUG=False,
        SECRET_KEY="bare",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": environs.Env().dj_db_url("EXPOR_DATABASE_URL") | {"CONN_MAX_AGE": 60}}
        if os.environ.get("EXPOR_DATABASE_URL")
        else {},
    )
    django.setup()


def constant(request):
    """A page of forty kilobytes that costs nothing to make."""
    return HttpResponse(PAGE)


def write(request):
    """Inserts one row and updates one row, in one transaction."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare_rows (text) VALUES ('x')")
        cursor.execute("UPDATE bare_counter SET number = number + 1 WHERE id = 1")
    return HttpResponse(b"ok")


urlpatterns = [path("", constant), path("write/", write)]


def application():
    """Made late, so that importing this module starts nothing."""
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()
