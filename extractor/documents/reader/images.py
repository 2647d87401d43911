"""Pictures in the reader: PNG, JPEG and every page of a TIFF, as pixels."""

from __future__ import annotations

import io
import math
import struct
import time
import warnings
from typing import Any, cast

from PIL import Image, ImageFile, ImageOps, JpegImagePlugin, PngImagePlugin, TiffImagePlugin

from extractor.documents.reader import ink, wire
from extractor.documents.reader.wire import Failure, ReaderError

_COLOURED = ("RGB", "RGBA", "P", "PA", "CMYK", "YCbCr", "LAB", "HSV")
_FORMATS = ("PNG", "JPEG", "TIFF")
_LETTER_WIDTH, _LETTER_LENGTH = 612.0, 792.0
_HONEST_DPI = (100.0, 1300.0)
_HONEST_INCHES = (3.0, 40.0)
_PLUGINS = (PngImagePlugin, JpegImagePlugin, TiffImagePlugin)


def read(data: bytes, task: dict[str, Any]) -> None:
    """Send every page of a picture from `first` on."""
    pages, cut_off = _frames(data, task)
    with opened(data, task) as image:
        wire.send_json(b"O", {"pages": pages, "repaired": cut_off})
        number = first = task["first"]
        last = min(pages, first + task["pages_per_reader"] - 1)
        budget = 0.5 * task["cpu_seconds"]
        while number == first or (number <= last and time.process_time() < budget):
            send_frame(image, number, number, task)
            number += 1
        wire.send_json(b"D", number if number <= pages else None)


def render(data: bytes, task: dict[str, Any]) -> None:
    """Send one page of a picture at the dpi asked for, at less if it is too big for that."""
    with opened(data, task) as image:
        number = task["first"]
        if not 1 <= number <= _frames(data, task)[0]:
            raise ReaderError(Failure.EMPTY)
        image.seek(number - 1)
        width, height = shown_size(image)
        turned = ImageOps.exif_transpose(_flat(image, "RGB")) or image
        scale = min(task["dpi"] / 72, math.sqrt(task["pixels"] / (width * height)) * 0.999)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        picture = turned.convert("RGB").resize(size, Image.Resampling.BILINEAR)
        _send(picture, number, (width, height), 3)
        wire.send_json(b"D", None)


def _frames(data: bytes, task: dict[str, Any]) -> tuple[int, bool]:
    """How many pages can be reached, and whether the way to more of them is broken off."""
    with opened(data, task) as image:
        count, cut_off = 1, False
        try:
            while count <= task["pages"]:
                image.seek(count)
                count += 1
        except EOFError:
            pass
        except (OSError, SyntaxError, ValueError, TypeError, KeyError, struct.error):
            cut_off = True
    if count > task["pages"]:
        raise ReaderError(Failure.OVERSIZED)
    return count, cut_off


def opened(data: bytes, task: dict[str, Any]) -> Image.Image:
    """A picture of a kind we read, not decoded yet."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = task["decoded_pixels"]
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ReaderError(Failure.OVERSIZED) from None
    except (OSError, SyntaxError, ValueError, TypeError, KeyError):
        raise ReaderError(Failure.DAMAGED) from None


def send_frame(image: Image.Image, frame: int, number: int, task: dict[str, Any]) -> None:
    """Send one frame of a picture as the page of that number, or say that it was lost."""
    try:
        image.seek(frame - 1)
        grey = _grey(image, number, task)
        colours = _colours(image, grey.size)
    except ReaderError as error:
        send_lost(number, error.failure)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        send_lost(number, Failure.OVERSIZED)
    except MemoryError:
        send_lost(number, Failure.MEMORY)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, EOFError):
        send_lost(number, Failure.DAMAGED)
    else:
        _send(colours or grey, number, shown_size(image), 3 if colours else 1)


def _colours(image: Image.Image, size: tuple[int, int]) -> Image.Image | None:
    """The picture in colour at this size, if it has ink in colours."""
    if image.mode not in _COLOURED or size[0] * size[1] > ink.MOST_PIXELS:
        return None
    flat = ImageOps.exif_transpose(_flat(image, "RGB")) or image
    wide, high = shown_size(image)
    scale = min(ink.SMALL_DPI / 72, math.sqrt(ink.SMALL_PIXELS / (wide * high)))
    small = flat.resize((max(1, round(wide * scale)), max(1, round(high * scale))))
    if not ink.has_ink(small.tobytes()):
        return None
    return flat if flat.size == size else flat.resize(size, Image.Resampling.BOX)


def send_lost(number: int, failure: Failure) -> None:
    """Say that a page could not be read, and why."""
    wire.send_json(b"L", {"number": number, "failure": int(failure)})


def _grey(image: Image.Image, number: int, task: dict[str, Any]) -> Image.Image:
    if image.width * image.height > task["decoded_pixels"]:
        raise ReaderError(Failure.OVERSIZED)
    cut_off = _load(image)
    grey = ImageOps.exif_transpose(_flat(image, "L")) or image
    if cut_off:
        wire.send_json(b"W", {"number": number})
    pixels = grey.width * grey.height
    if pixels <= task["pixels"]:
        return grey
    scale = math.sqrt(task["pixels"] / pixels) * 0.999
    size = max(1, int(grey.width * scale)), max(1, int(grey.height * scale))
    return grey.resize(size, Image.Resampling.BOX)


def _load(image: Image.Image) -> bool:
    """Decode; what is left of a picture cut off is taken, and True says so."""
    try:
        image.load()
    except OSError:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            image.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        return True
    return False


def _flat(image: Image.Image, mode: str) -> Image.Image:
    """The picture without palette, transparency or deep greys."""
    exif = image.getexif()
    if image.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        flat = _stretched(image)
    elif image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        flat = Image.alpha_composite(white, over).convert(mode)
    else:
        flat = image.convert(mode)
    flat.info["exif"] = exif.tobytes() if exif else b""
    return flat.convert(mode)


def _stretched(image: Image.Image) -> Image.Image:
    """Deep greys as eight bits, from the darkest to the lightest that occurs."""
    deep = image.convert("F")
    low, high = (float(value) for value in cast("tuple[float, float]", deep.getextrema()))
    return deep.point(lambda value: (value - low) * (255.0 / max(high - low, 1.0))).convert("L")


def shown_size(image: Image.Image) -> tuple[float, float]:
    """Size in points: from an honest resolution, else as if it were on Letter paper."""
    width, height = image.size
    if image.getexif().get(0x0112, 1) in (5, 6, 7, 8):
        width, height = height, width
    dpi = image.info.get("dpi", (0.0, 0.0))
    try:
        dpi_x, dpi_y = float(dpi[0]), float(dpi[1])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi_x = dpi_y = 0.0
    if _is_honest(width, dpi_x) and _is_honest(height, dpi_y):
        return 72 * width / dpi_x, 72 * height / dpi_y
    scale = min(_LETTER_WIDTH / min(width, height), _LETTER_LENGTH / max(width, height))
    return width * scale, height * scale


def _is_honest(pixels: int, dpi: float) -> bool:
    if not _HONEST_DPI[0] <= dpi <= _HONEST_DPI[1]:
        return False
    return _HONEST_INCHES[0] <= pixels / dpi <= _HONEST_INCHES[1]


def _send(image: Image.Image, number: int, size: tuple[float, float], channels: int) -> None:
    message = {
        "number": number,
        "width": size[0],
        "height": size[1],
        "texts": [],
        "boxes": [],
        "fields": [],
        "raster": [image.width, image.height, channels],
    }
    wire.send_json(b"P", message)
    wire.send(b"X", image.tobytes())
