"""What the team's own words in mails are refused for."""

from collections.abc import Collection

from django.utils.translation import gettext


class WrongPlaceholder(Exception):
    """A placeholder in the team's own words that does not exist, or may not stand there; `field` says in which of them."""

    def __init__(self, field: str, wrong: str, allowed: Collection[str]):
        super().__init__(field)
        self.field, self.wrong, self.allowed = field, wrong, allowed

    @property
    def sentence(self) -> str:
        names = ", ".join(f"{{{name}}}" for name in self.allowed)
        return gettext("%(wrong)s does not exist here. You can use: %(names)s.") % {"wrong": self.wrong, "names": names}
