"""What the reader said, once it is checked."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np

from extractor.documents.limits import Limits
from extractor.documents.reader.wire import Failure
from extractor.errors import (
    DamagedInputError,
    DeclarantError,
    EmptyInputError,
    EncryptedInputError,
    OversizedInputError,
    ReaderCrashedError,
    ReaderMemoryError,
    SandboxUnavailableError,
    UnsupportedInputError,
)
from extractor.record import Box

_LONGEST_SIDE = 200_001.0
_HUNDREDTHS = 100.0
_MOST_DRAWN = 4_000


@dataclass(frozen=True, slots=True)
class Opened:
    """The file is open and claims this many pages."""

    pages: int
    repaired: bool


@dataclass(frozen=True, slots=True)
class PlainText:
    """The text of a file that has no pages of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels by rows: one channel is grey, three are red, green and blue."""

    width: int
    height: int
    channels: int
    pixels: bytes = b""

    def length(self) -> int:
        """How many bytes its pixels must have."""
        return self.width * self.height * self.channels


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as the reader saw it.

    `raster` alone is a page for OCR; beside words it shows what is ticked on a form.
    """

    number: int
    width: float
    height: float
    texts: tuple[str, ...] = ()
    boxes: tuple[Box, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    raster: Raster | None = None
    turn: int = 0
    lost: DeclarantError | None = None
    hurt: bool = False
    """Whether only a part of the page is left."""
    slants: Mapping[int, float] = field(default_factory=dict)
    """Words that run otherwise than the page, and how far clockwise, in degrees."""
    rules: tuple[Box, ...] = ()
    squares: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()

    @property
    def needs_ocr(self) -> bool:
        """Whether its words are to be read from its picture."""
        return self.raster is not None and not self.texts

    @classmethod
    def lost_page(cls, number: int, error: DeclarantError) -> Self:
        """A page of which nothing could be read."""
        return cls(number=number, width=612.0, height=792.0, lost=error)

    def with_pixels(self, untrusted_pixels: bytes) -> RawPage:
        """The page with its pixels, exactly as many as it announced."""
        if self.raster is None or len(untrusted_pixels) != self.raster.length():
            raise ReaderCrashedError("The reader sent a picture of another size than it said.")
        return replace(self, raster=replace(self.raster, pixels=untrusted_pixels))


def error_of(failure: Failure) -> DeclarantError:
    """The typed error for a reason that the reader gave."""
    errors: dict[Failure, DeclarantError] = {
        Failure.EMPTY: EmptyInputError("The file has no pages."),
        Failure.UNSUPPORTED: UnsupportedInputError("The bytes are no kind of file read here."),
        Failure.ENCRYPTED: EncryptedInputError("The file needs a password."),
        Failure.DAMAGED: DamagedInputError("The file is damaged beyond repair."),
        Failure.OVERSIZED: OversizedInputError(
            "The file, or a page or picture of it, is larger than what is read."
        ),
        Failure.MEMORY: ReaderMemoryError("The reader used up its memory."),
        Failure.UNCONFINED: SandboxUnavailableError("The reader could not confine itself."),
    }
    return errors.get(failure, ReaderCrashedError("The reader could not go on with the file."))


def failure(payload: bytes) -> Failure:
    """The reason in a failure message."""
    try:
        return Failure(payload[0])
    except (IndexError, ValueError):
        return Failure.CRASHED


def opened(payload: bytes, limits: Limits) -> Opened:
    """The message that the file is open."""
    untrusted = _object(payload)
    pages = _integer(untrusted.get("pages"), 1, limits.pages)
    return Opened(pages, untrusted.get("repaired") is True)


def plain_text(payload: bytes, limits: Limits) -> PlainText:
    """The message with the text of a file without pages."""
    untrusted_text = _object(payload).get("text")
    if not isinstance(untrusted_text, str) or len(untrusted_text) > limits.text_characters:
        raise ReaderCrashedError("The reader sent more text than it may.")
    return PlainText(_clean_text(untrusted_text))


def following(payload: bytes, expected: int, pages: int) -> int | None:
    """The page that the next reader begins with; None when all were sent."""
    untrusted = _json(payload)
    if untrusted is None:
        return None
    number = _integer(untrusted, expected, expected)
    return number if number <= pages else None


def hurt(payload: bytes, pages: int) -> int:
    """The number of a page of which only a part is left."""
    return _integer(_object(payload).get("number"), 1, pages)


def page(letter: bytes, payload: bytes, expected: int, limits: Limits) -> RawPage:
    """A page of words, or the news that it was lost."""
    untrusted = _object(payload)
    number = _integer(untrusted.get("number"), expected, expected)
    if letter == b"L":
        reason = untrusted.get("failure")
        code = bytes([reason]) if isinstance(reason, int) and 0 <= reason < 256 else b""
        return RawPage.lost_page(number, error_of(failure(code)))
    if letter != b"P":
        raise ReaderCrashedError("The reader said something unheard of.")
    width, height = _side(untrusted.get("width")), _side(untrusted.get("height"))
    texts, boxes, slants = _words(untrusted, width, height, limits)
    return RawPage(
        number=number,
        width=width,
        height=height,
        texts=texts,
        boxes=boxes,
        fields=_fields(untrusted.get("fields"), limits),
        raster=_raster(untrusted.get("raster"), limits),
        turn=_turn(untrusted.get("turn", 0)),
        slants=slants,
        rules=_drawn(untrusted.get("rules", []), width, height),
        squares=_drawn(untrusted.get("squares", []), width, height),
        pictures=_drawn(untrusted.get("pictures", []), width, height),
    )


def _json(payload: bytes) -> Any:  # noqa: ANN401  (JSON is any value until checked)
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        raise ReaderCrashedError("The reader said something that is not JSON.") from None


def _object(payload: bytes) -> dict[str, Any]:
    untrusted = _json(payload)
    if not isinstance(untrusted, dict):
        raise ReaderCrashedError("The reader sent no object.")
    return untrusted


def _integer(untrusted: object, least: int, most: int) -> int:
    if isinstance(untrusted, bool) or not isinstance(untrusted, int):
        raise ReaderCrashedError("The reader sent no number.")
    if not least <= untrusted <= most:
        raise ReaderCrashedError("The reader sent a number out of bounds.")
    return untrusted


def _side(untrusted: object) -> float:
    if not isinstance(untrusted, int | float) or not 0 < untrusted < _LONGEST_SIDE:
        raise ReaderCrashedError("The reader sent a page of no sensible size.")
    return float(untrusted)


def _turn(untrusted: object) -> int:
    turn = _integer(untrusted, 0, 270)
    if turn % 90:
        raise ReaderCrashedError("The reader turned a page by an odd angle.")
    return turn


def _words(
    untrusted: dict[str, Any], width: float, height: float, limits: Limits
) -> tuple[tuple[str, ...], tuple[Box, ...], dict[int, float]]:
    """Words without blanks or controls, their boxes cut to the page, and those that slant."""
    texts, numbers = untrusted.get("texts"), untrusted.get("boxes")
    if not isinstance(texts, list) or not isinstance(numbers, list):
        raise ReaderCrashedError("The reader sent no words.")
    if len(numbers) != 4 * len(texts) or len(texts) > limits.glyphs_per_page:
        raise ReaderCrashedError("The reader sent words without boxes.")
    if not all(isinstance(text, str) for text in texts):
        raise ReaderCrashedError("The reader sent words that are none.")
    slanted = _slants(untrusted.get("slanted", []), len(texts))
    found = zip(texts, _boxes(numbers, width, height), strict=True)
    kept = [(text, box, n) for n, (raw, box) in enumerate(found) if (text := clean_word(raw))]
    slants = {at: slanted[n] for at, (_, _, n) in enumerate(kept) if n in slanted}
    return tuple(text for text, _, _ in kept), tuple(box for _, box, _ in kept), slants


def _slants(untrusted: object, words: int) -> dict[int, float]:
    if not isinstance(untrusted, list) or len(untrusted) > words:
        raise ReaderCrashedError("The reader slanted words that are none.")
    slants = {}
    for pair in untrusted:
        if not isinstance(pair, list) or len(pair) != 2:
            raise ReaderCrashedError("The reader slanted words that are none.")
        slants[_integer(pair[0], 0, words - 1)] = _integer(pair[1], -18_000, 18_000) / _HUNDREDTHS
    return slants


def _drawn(untrusted: object, width: float, height: float) -> tuple[Box, ...]:
    """Boxes of what is drawn, cut to the page."""
    if not isinstance(untrusted, list) or len(untrusted) % 4 or len(untrusted) > 4 * _MOST_DRAWN:
        raise ReaderCrashedError("The reader drew what it may not.")
    return tuple(_boxes(untrusted, width, height))


def _boxes(hundredths: Sequence[object], width: float, height: float) -> list[Box]:
    """Boxes in points, cut to the page."""
    if not all(type(number) is int and abs(number) < 10**12 for number in hundredths):
        raise ReaderCrashedError("The reader sent boxes that are none.")
    table = np.asarray(hundredths, dtype=np.float64).reshape(-1, 4) / _HUNDREDTHS
    table[:, 0::2] = np.clip(np.sort(table[:, 0::2]), 0.0, width)
    table[:, 1::2] = np.clip(np.sort(table[:, 1::2]), 0.0, height)
    return [(x0, top, x1, bottom) for x0, top, x1, bottom in table.tolist()]


def clean_word(text: str) -> str:
    """A word as it is kept: composed letters, no blanks, no controls."""
    if text.isascii() and text.isprintable() and " " not in text:
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(c for c in composed if c.isprintable() and not c.isspace())


def _clean_text(text: str) -> str:
    if "\x00" not in text and text.isprintable():
        return text
    return "".join(c if c in "\n\t\f" or c.isprintable() or c.isspace() else " " for c in text)


def _fields(untrusted: object, limits: Limits) -> tuple[tuple[str, str], ...]:
    if not isinstance(untrusted, list) or len(untrusted) > limits.fields:
        raise ReaderCrashedError("The reader sent fields that are none.")
    fields = []
    for pair in untrusted:
        if not isinstance(pair, list) or len(pair) != 2:
            raise ReaderCrashedError("The reader sent a field that is none.")
        name, value = pair
        if not isinstance(name, str) or not isinstance(value, str):
            raise ReaderCrashedError("The reader sent a field that is none.")
        fields.append((" ".join(_clean_text(name).split()), _clean_text(value).strip()))
    return tuple(fields)


def _raster(untrusted: object, limits: Limits) -> Raster | None:
    if untrusted is None:
        return None
    if not isinstance(untrusted, list) or len(untrusted) != 3:
        raise ReaderCrashedError("The reader announced no picture.")
    if not all(isinstance(number, int) and math.isfinite(number) for number in untrusted):
        raise ReaderCrashedError("The reader announced no picture.")
    width, height = (_integer(side, 1, 10**6) for side in untrusted[:2])
    if width * height > limits.pixels or untrusted[2] not in (1, 3):
        raise ReaderCrashedError("The reader announced too big a picture.")
    return Raster(width, height, untrusted[2])
