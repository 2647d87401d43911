"""What the reader says to its parent: one letter, a length, a payload.

`O` the file is open, `P` a page of words, `X` the pixels of the page just sent, `T` plain
text, `L` a page was lost, `W` a page is only partly there, `D` the task is done, `E` it
failed. A failure is a number: no text of an exception ever crosses.
"""

from __future__ import annotations

import json
import struct
import sys
from enum import IntEnum

HEADER = struct.Struct(">cI")


class Failure(IntEnum):
    """Why the reader gave up."""

    EMPTY = 1
    UNSUPPORTED = 2
    ENCRYPTED = 3
    DAMAGED = 4
    OVERSIZED = 5
    MEMORY = 6
    UNCONFINED = 7
    CRASHED = 8


class ReaderError(Exception):
    """The reader gives up for a reason that the parent will turn into a typed error."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.name)
        self.failure = failure


def send(letter: bytes, payload: bytes) -> None:
    """Write one message to standard output."""
    out = sys.stdout.buffer
    out.write(HEADER.pack(letter, len(payload)))
    out.write(payload)
    out.flush()


def send_json(letter: bytes, value: object) -> None:
    """Write one message whose payload is JSON."""
    send(letter, json.dumps(value, separators=(",", ":")).encode("utf-8"))
