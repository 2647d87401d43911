"""An OCR worker: a process that keeps its engines and reads one page after the other.

It reads requests from standard input (a length, a JSON header, pixels) and writes answers to
standard output (a length, JSON). It ends when its parent does. It sees decoded pixels only,
never a file that came from outside.
"""

from __future__ import annotations

import json
import math
import os
import struct
import sys
from typing import IO

import numpy as np

from extractor.documents.ocr.page import PageReader
from extractor.documents.ocr.pixels import Pixels
from extractor.documents.ocr.reading import OcrPage
from extractor.documents.ocr.tesseract import prepare_process
from extractor.documents.settings import Engines
from extractor.errors import MissingProgramError

LENGTH = struct.Struct(">I")


def main() -> None:
    """Serve until standard input ends."""
    prepare_process()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # libraries that print must not garble the answers
    reader = PageReader(Engines(sys.argv[1]))
    while (header := receive(sys.stdin.buffer)) is not None:
        request = json.loads(header)
        shape = [request["height"], request["width"], request["channels"]]
        pixels = _exactly(sys.stdin.buffer, math.prod(shape))
        grid = np.frombuffer(pixels, np.uint8).reshape(shape if shape[2] > 1 else shape[:2])
        answer = json.dumps(to_json(_read(reader, grid, request["dpi"]))).encode()
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def _read(reader: PageReader, grid: Pixels, dpi: int) -> OcrPage:
    """One page; an engine that stumbles over a strange picture leaves it unread."""
    try:
        return reader.read(grid, dpi)
    except MissingProgramError:
        raise
    except Exception:
        return OcrPage((), ink=1.0)


def receive(stream: IO[bytes]) -> bytes | None:
    """One message with its length before it; None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return _exactly(stream, LENGTH.unpack(head)[0])


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise EOFError
    return data


def to_json(page: OcrPage) -> dict[str, object]:
    """A page as plain values."""
    return {
        "words": [[w.text, list(w.box), w.confidence, w.other, w.slant] for w in page.words],
        "turn": page.turn,
        "slope": page.slope,
        "agreement": page.agreement,
        "witness": page.witness,
        "ink": page.ink,
        "redactions": page.redactions,
        "written": page.written,
        "rules": [list(rule) for rule in page.rules],
        "pictures": [list(picture) for picture in page.pictures],
    }


if __name__ == "__main__":
    main()
