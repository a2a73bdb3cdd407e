"""Step-up: before an export, a deletion or a grant, the second factor is asked once more.

    @stepped_up
    def approve(request, pk): …

Who proved it less than five minutes ago goes on at once. A form that is sent too late is kept as a draft (see `drafts`).
"""

import time
from functools import wraps

from allauth.account.internal.flows.login import get_authentication_records
from django.shortcuts import redirect

from people.signin import with_next

from . import drafts

FRESH_FOR = 5 * 60


def is_fresh(request) -> bool:
    """Whether this session proved its second factor within the last five minutes."""
    proofs = [record["at"] for record in get_authentication_records(request, request.user) if record.get("method") == "mfa"]
    return bool(proofs) and time.time() - max(proofs) < FRESH_FOR


def stepped_up(view):
    """Lets through who proved the second factor a moment ago, and asks everybody else for it."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if is_fresh(request):
            return view(request, *args, **kwargs)
        is_read = request.method in ("GET", "HEAD")
        return redirect(with_next("account_step_up", request.get_full_path() if is_read else drafts.keep(request)))

    return asked
