"""Case files of invented people, made fresh for every test."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen import canvas

LETTER = (612, 792)
STATEMENT = (
    "DECLARATION OF MARISOL QUIROGA BENALCAZAR",
    "",
    "1. My name is Marisol Quiroga Benalcazar. I was born in Ambato.",
    "2. My uncle Evaristo Quiroga told me about work in a hotel in Tampa.",
    "3. Evaristo said the agency was called Golden Path Placement Agency.",
    "4. At the airport a driver named Dwight Hollister took my passport.",
    "5. Dwight said I owed $6,500 and must work until it was paid.",
    "6. His sister Lorraine Hollister locked the door every night.",
)
OTHER_COLUMN = (
    "The second column begins here and",
    "tells how the neighbours brought",
    "bread to the kitchen window while",
    "the owner slept in the next room",
    "and how in the end the priest of",
    "the church came with the police",
    "on a cold morning in the winter",
    "of that year to take us all away",
)
FIRST_COLUMN = (
    "In the first column we read of the",
    "house by the river where we slept",
    "nine in a room and rose before day",
    "to clean the rooms of the hotel for",
    "a man whom we never saw and whose",
    "name we only heard from the driver",
    "when he came to count the money we",
    "had earned and took most of it away",
)


def pdf(path: Path, pages: Sequence[Sequence[str]], size: float = 11) -> Path:
    """A digital PDF with these lines on its pages."""
    page = canvas.Canvas(str(path), pagesize=LETTER)
    for lines in pages:
        page.setFont("Helvetica", size)
        for number, line in enumerate(lines):
            page.drawString(72, 720 - 16 * number, line)
        page.showPage()
    page.save()
    return path


def picture(lines: Sequence[str], dpi: int = 200) -> Image.Image:
    """A scanned page with these lines."""
    scale = dpi / 72
    image = Image.new("L", (round(612 * scale), round(792 * scale)), 250)
    pen = ImageDraw.Draw(image)
    face = font(12 * scale)
    for number, line in enumerate(lines):
        pen.text((60 * scale, (72 + 24 * number) * scale), line, fill=20, font=face)
    return image


Face = ImageFont.FreeTypeFont | ImageFont.ImageFont


def font(size: float) -> Face:
    """A face with the letters of most names."""
    try:
        return ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", size)
    except OSError:
        return ImageFont.load_default(size)


def scanned_pdf(path: Path, images: Sequence[Image.Image], hidden: str = "") -> Path:
    """A PDF of pictures, with a hidden text layer if one is given."""
    page = canvas.Canvas(str(path), pagesize=LETTER)
    for image in images:
        page.drawInlineImage(image, 0, 0, 612, 792)
        if hidden:
            text = page.beginText(72, 700)
            text.setFont("Helvetica", 10)
            text.setTextRenderMode(3)
            for start in range(0, len(hidden), 80):
                text.textLine(hidden[start : start + 80])
            page.drawText(text)
        page.showPage()
    page.save()
    return path


def flate_bomb(path: Path, megabytes: int = 6_000) -> Path:
    """A page whose content is compressed twice and unpacks to gigabytes of numbers."""
    packer, twice = zlib.compressobj(9), zlib.compressobj(9)
    chunk = b"0 0 m 1 1 l S\n" * 75_000
    parts = [twice.compress(packer.compress(chunk)) for _ in range(megabytes)]
    parts += [twice.compress(packer.flush()), twice.flush()]
    data = b"".join(parts)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream"
        % (len(data), data),
    ]
    return raw_pdf(path, objects)


def raw_pdf(path: Path, objects: Sequence[bytes]) -> Path:
    """A PDF of hand-written objects."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    path.write_bytes(out.getvalue())
    return path
