"""System checks of the zone: keys that are not in order show before anybody is let in."""

from django.core.checks import Error, Tags, register

from . import key_checks


@register(Tags.security, deploy=True)
def keys_are_in_order(app_configs, **kwargs) -> list[Error]:
    """Every key file is there, for the service user only, and the public halves belong to it."""
    hint = "See docs/keys-and-backups.md."
    return [Error(sentence, hint=hint, id="casework.E001") for sentence in key_checks.wrong_files(*key_checks.folders())]
