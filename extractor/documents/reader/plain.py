"""Plain text in the reader: one message with the decoded text."""

from __future__ import annotations

from typing import Any

from extractor.documents.kinds import decoded, is_plain
from extractor.documents.reader import wire
from extractor.documents.reader.wire import Failure, ReaderError

_BYTES_A_CHARACTER = 4


def read(data: bytes, task: dict[str, Any]) -> None:
    """Send the text of a plain file with its lines ended alike."""
    if len(data) > _BYTES_A_CHARACTER * task["text_characters"]:
        raise ReaderError(Failure.OVERSIZED)
    text = decoded(data)
    if text is None or not is_plain(data):
        raise ReaderError(Failure.UNSUPPORTED)
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    if len(text) > task["text_characters"]:
        raise ReaderError(Failure.OVERSIZED)
    if not text.strip():
        raise ReaderError(Failure.EMPTY)
    wire.send_json(b"T", {"text": text})
    wire.send_json(b"D", None)
