"""Decrypted copies of files, for the confined reader: private, short-lived, never left behind.

Invariants:
- a copy lies in a folder of mode 0700, in memory (`/dev/shm`) where the machine has such a
  place, so that no disk ever holds the plain file;
- the folder's name says which process made it: what a killed process left is removed by the
  next one that opens the store.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from extractor.errors import DiskFullError

__all__ = ["private_folder", "sweep", "write_private"]

_NAME = re.compile(r"declarant-plain-(\d+)-")


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only this user can enter; gone, with all in it, at the end of the block."""
    prefix = f"declarant-plain-{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, dir=_place()) as folder:
        yield Path(folder)


def write_private(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a new file that only this user can read; DiskFullError if there is no room."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(chunks)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFullError("There is no room for a copy of the file.") from error
        raise


def sweep() -> int:
    """Remove the copies of this user's processes that are dead; how many there were."""
    left = [folder for folder in _place().glob("declarant-plain-*") if _is_orphan(folder)]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def _is_orphan(folder: Path) -> bool:
    made_by = _NAME.match(folder.name)
    try:
        return made_by is not None and folder.stat().st_uid == os.getuid() and _is_dead(made_by[1])
    except FileNotFoundError:  # its maker, or another sweep, was quicker
        return False


def _is_dead(process: str) -> bool:
    try:
        os.kill(int(process), 0)  # asks only whether it is there
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _place() -> Path:
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own, mode 0700, is made in it
    return memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())
