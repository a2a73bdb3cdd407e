"""Listening to Wagtail: a training that is published, withdrawn or moved changes the catalogue."""

from wagtail.signals import page_published, page_unpublished, post_page_move

from shared import versions
from trainings.models import CataloguePage, TrainingPage

from .snapshot import VERSION


def listen() -> None:
    """Deleting withdraws first, so that it is heard too."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(count_change, dispatch_uid="trainings.catalogue")


def count_change(sender, **signal) -> None:
    """What is kept of the catalogue is made anew, once the change is committed."""
    if issubclass(sender, (CataloguePage, TrainingPage)):
        versions.bump(VERSION)
