"""The bubblewrap program: a new root with only what Python needs, read-only, no network."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache")


def program() -> str | None:
    """Where bubblewrap is installed, if it is."""
    return shutil.which("bwrap")


def command(bwrap: str, readable: Sequence[str], inner: Sequence[str]) -> list[str]:
    """The command that runs `inner` with nothing but the readable folders in sight."""
    words = [bwrap, "--unshare-user", "--unshare-all", "--die-with-parent", "--new-session"]
    words += ["--uid", "65534", "--gid", "65534", "--cap-drop", "ALL", "--clearenv"]
    words += ["--dev", "/dev", "--tmpfs", "/tmp"]  # noqa: S108 - before what may lie below it
    for folder in dict.fromkeys((*_SYSTEM, *readable)):
        if Path(folder).exists():
            words += ["--ro-bind", folder, folder]
    return [*words, "--remount-ro", "/", "--chdir", "/", "--", *inner]
