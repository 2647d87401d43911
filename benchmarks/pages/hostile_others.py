"""Pictures, Word files and texts that mean harm, all small on disk."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw

_MEGA = 1 << 20
_TYPES = "<Types/>"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def page(width: int = 850, height: int = 1100) -> Image.Image:
    """A small scanned page with words."""
    picture = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(picture)
    for line in range(0, height - 60, 60):
        pen.text((40, 20 + line), "The owner kept the papers of the workers", 0, font_size=28)
    return picture


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def _png(width: int, height: int, row: bytes, bits: int = 1) -> bytes:
    """A grey PNG of one row over and over, packed without ever being whole."""
    packer = zlib.compressobj(9)
    lines = (b"\x00" + row) * 64
    body = b"".join(packer.compress(lines) for _ in range(height // 64 + 1)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _tiff_loop() -> bytes:
    """A TIFF whose only directory says that it is followed by itself."""
    data = bytearray(saved(page(), "TIFF"))
    place = struct.unpack_from("<I", data, 4)[0]
    count = struct.unpack_from("<H", data, place)[0]
    struct.pack_into("<I", data, place + 2 + 12 * count, place)
    return bytes(data)


def _tiff(pages: int) -> bytes:
    words = page(425, 550).convert("1")
    blank = Image.new("1", (425, 550), 1)
    rest = [words if number % 20 == 0 else blank for number in range(1, pages)]
    return saved(words, "TIFF", save_all=True, append_images=rest, compression="group4")


def pictures() -> dict[str, Callable[[], bytes]]:
    """Pictures: too many pixels, strange shapes, strange modes, cut off."""
    strip = page(32_000, 100).crop((0, 20, 32_000, 60))
    return {
        "30000.png": lambda: _png(30_000, 30_000, bytes(3750)),
        "60000.png": lambda: _png(60_000, 60_000, bytes(7500)),
        "14000-grey.png": lambda: _png(14_000, 14_000, b"\xff" * 14_000, 8),
        "strip-32000x40.png": lambda: saved(strip, "PNG"),
        "strip-40x32000.png": lambda: saved(strip.transpose(Image.Transpose.ROTATE_90), "PNG"),
        "strip-200000x1.png": lambda: saved(Image.new("L", (200_000, 1), 90), "PNG"),
        "one-pixel.png": lambda: saved(Image.new("L", (1, 1)), "PNG"),
        "palette-1bit.png": lambda: saved(page().convert("P", colors=2), "PNG", bits=1),
        "palette-clear.png": lambda: saved(page().convert("P"), "PNG", transparency=255),
        "deep-16bit.png": lambda: saved(page().convert("I;16"), "PNG"),
        "cut.png": lambda: saved(page(), "PNG")[:-4000],
        "head-only.png": lambda: saved(page(), "PNG")[:40],
        "flipped.png": lambda: _flipped(saved(page(), "PNG")),
        "cut.jpg": lambda: saved(page(), "JPEG")[:-9000],
        "flipped.jpg": lambda: _flipped(saved(page(), "JPEG")),
        "cmyk.jpg": lambda: saved(page().convert("CMYK"), "JPEG"),
        "head-only.jpg": lambda: saved(page(), "JPEG")[:12],
        "pages-40.tif": lambda: _tiff(40),
        "pages-40-cut.tif": lambda: _tiff(40)[:-900],
        "pages-6000.tif": lambda: _tiff(6000),
        "loop.tif": _tiff_loop,
        "head-only.tif": lambda: b"II*\x00\x08\x00\x00\x00",
        "flipped.tif": lambda: _flipped(saved(page(), "TIFF", compression="tiff_lzw")),
        "float.tif": lambda: saved(page().convert("F"), "TIFF"),
    }


def _flipped(data: bytes) -> bytes:
    chance = random.Random(9)
    hurt = bytearray(data)
    for _ in range(20):
        hurt[chance.randrange(60, len(hurt))] ^= 1 << chance.randrange(8)
    return bytes(hurt)


def _docx(body: str, *, more: dict[str, bytes] | None = None, head: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        document = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{_WORD}">{body}</w:document>'
        archive.writestr("word/document.xml", document)
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def _zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(4000):
                part.write(b" " * _MEGA)
    return out.getvalue()


def _laughs() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
    )
    return _docx("<w:body><w:p>&m;</w:p></w:body>", head=f"<!DOCTYPE d [{entities}]>")


def _runs(count: int) -> bytes:
    paragraph = "<w:p><w:r><w:t>a b c</w:t></w:r></w:p>"
    return _docx(f"<w:body>{paragraph * count}</w:body>")


def flowing() -> dict[str, Callable[[], bytes]]:
    """Word files and texts."""
    words = "<w:body><w:p><w:r><w:t>The owner kept the papers.</w:t></w:r></w:p></w:body>"
    nested = "<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80
    deep = "<w:a>" * 100_000 + "</w:a>" * 100_000
    bomb = {"word/media/a.png": _png(30_000, 30_000, bytes(3750))}
    blanks = {f"word/media/{n}.png": _png(600, 600, bytes(75)) for n in range(300)}
    return {
        "bomb.docx": _zip_bomb,
        "laughs.docx": _laughs,
        "deep.docx": lambda: _docx(f"<w:body>{deep}</w:body>"),
        "tables-nested.docx": lambda: _docx(f"<w:body>{nested}</w:body>"),
        "paragraphs-1000000.docx": lambda: _runs(1_000_000),
        "picture-bomb.docx": lambda: _docx(words, more=bomb),
        "pictures-300.docx": lambda: _docx(words, more=blanks),
        "cut.docx": lambda: _docx(words)[:-40],
        "not-xml.docx": lambda: _docx("<w:body><w:p>"),
        "empty.txt": lambda: b"",
        "blank.txt": lambda: b" \n" * 1000,
        "feeds-2000000.txt": lambda: b"a\f" * 2_000_000,
        "letters-19000000.txt": lambda: b"a " * 9_500_000,
        "one-word-19000000.txt": lambda: b"a" * 19_000_000,
        "lines-60mb.txt": lambda: b"The owner kept the papers.\n" * 2_300_000,
        "unusual.txt": "《她》说：“护照”，①☎😀".encode,
        "nul.txt": lambda: b"The owner\x00kept the papers",
        "program.pdf": lambda: b"MZ\x90\x00" + random.Random(1).randbytes(3000),
        "word.pdf": lambda: _docx(words),
        "text.pdf": lambda: b"The owner kept the papers.",
        "header-only.pdf": lambda: b"%PDF-1.7\n",
        "random.pdf": lambda: b"%PDF-1.7\n" + random.Random(2).randbytes(50_000),
    }
