"""The reader process from start to end: confine itself, read standard input, answer."""

from __future__ import annotations

import base64
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from extractor.documents.confinement import inside
from extractor.documents.reader import wire
from extractor.documents.reader.wire import Failure, ReaderError

_CHUNK = 1 << 20

Task = Callable[[bytes, dict[str, Any]], None]


def main() -> None:
    """Do the one task that the parent gave on the command line, and end."""
    task = json.loads(sys.argv[1])
    try:
        confine(task)
        _do(task)
    except ReaderError as error:
        wire.send(b"E", bytes([error.failure]))
    except inside.ConfinementFailedError:
        wire.send(b"E", bytes([Failure.UNCONFINED]))
    except MemoryError:
        wire.send(b"E", bytes([Failure.MEMORY]))
    except Exception:  # nothing but a number may cross
        wire.send(b"E", bytes([Failure.CRASHED]))
    # Destructors of native libraries have nothing left to do; some of them crash.
    os._exit(0)


def confine(task: dict[str, Any]) -> None:
    """Put up every wall the task asks for, before any untrusted byte is read."""
    inside.limit_resources(task["address_space"], task["cpu_seconds"])
    if not task["confined"]:
        return
    inside.drop_privileges(0)
    landlocked = inside.restrict_files(task["readable"])
    if task["landlock"] and not landlocked:
        raise inside.ConfinementFailedError("landlock")
    inside.restrict_calls(base64.b64decode(task["bpf"]))


def _do(task: dict[str, Any]) -> None:
    mode = task["mode"]
    if mode == "probe":
        wire.send_json(b"D", None)
        return
    data = _standard_input(task["file_bytes"])
    if mode == "render":
        _renderer(task["media_type"])(data, task)
    else:
        _reader(task["media_type"])(data, task)


def _standard_input(most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := os.read(0, _CHUNK):
        size += len(part)
        if size > most:
            raise ReaderError(Failure.OVERSIZED)
        parts.append(part)
    return b"".join(parts)


def _reader(media_type: str) -> Task:
    """The module that reads a media type, imported only now: starting must be quick."""
    if media_type == "application/pdf":
        from extractor.documents.reader import pdf  # noqa: PLC0415

        return pdf.read
    if media_type.startswith("image/"):
        from extractor.documents.reader import images  # noqa: PLC0415

        return images.read
    if media_type == "text/plain":
        from extractor.documents.reader import plain  # noqa: PLC0415

        return plain.read
    from extractor.documents.reader import docx  # noqa: PLC0415

    return docx.read


def _renderer(media_type: str) -> Task:
    if media_type == "application/pdf":
        from extractor.documents.reader import pdf  # noqa: PLC0415

        return pdf.render
    from extractor.documents.reader import images  # noqa: PLC0415

    return images.render
