"""Two questions that a balancer asks: does the process live, and can it serve?"""

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .models import OutboxMessage


@never_cache
@require_safe
def live(request):
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request):
    """200 when database and cache answer, 503 with the name of what does not; says so when mail is stuck, or a watch finds more."""
    for name, probe in {"database": _database, "cache": _cache}.items():
        try:
            probe()
        except Exception:
            return HttpResponse(f"{name} does not answer\n", content_type="text/plain", status=503)
    # No reason to take the site away from people: who watches reads it, a balancer only looks at the 200.
    notes = [_stuck(), *(import_string(path)() for path in settings.READY_NOTES)]
    return HttpResponse("".join(f"{line}\n" for line in ["ok", *notes] if line), content_type="text/plain")


def _stuck() -> str:
    return "mail is due for more than an hour" if OutboxMessage.objects.overdue().exists() else ""


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _cache() -> None:
    cache.get("ready")
