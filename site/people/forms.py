"""What somebody types to sign in."""

from allauth.account.forms import RequestLoginCodeForm


class RequestCodeForm(RequestLoginCodeForm):
    """Asks for the address that the code goes to."""
