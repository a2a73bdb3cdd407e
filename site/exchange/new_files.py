"""Files that were not there before, with the rights they need from their first byte on."""

import os
from typing import BinaryIO


def new_file(path: os.PathLike, mode: int = 0o600) -> BinaryIO:
    """Opened exclusively: raises `FileExistsError` where there is one, even if it came a moment ago."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb")


def settle(file: BinaryIO) -> None:
    """On the disk before anything relies on it."""
    file.flush()
    os.fsync(file.fileno())
