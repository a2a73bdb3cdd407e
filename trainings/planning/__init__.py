"""Planning a session: from a training's defaults to a published date, its changes and its end."""

from .changing import Change, change_session, last_change
from .making import (
    BOOKING_CLOSES,
    CANCELLING_CLOSES,
    CHANGING_CLOSES,
    NAMES_CLOSE,
    copy_session,
    deadline,
    next_code,
    plan_session,
)
from .preparing import arrange, mail_all
from .steps import cancel_session, close_session, publish_session, refuse_cancelling, refuse_publishing, told_of_cancelling

__all__ = [
    "BOOKING_CLOSES",
    "CANCELLING_CLOSES",
    "CHANGING_CLOSES",
    "NAMES_CLOSE",
    "Change",
    "arrange",
    "cancel_session",
    "change_session",
    "close_session",
    "copy_session",
    "deadline",
    "last_change",
    "mail_all",
    "next_code",
    "plan_session",
    "publish_session",
    "refuse_cancelling",
    "refuse_publishing",
    "told_of_cancelling",
]
