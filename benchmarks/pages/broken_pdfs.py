"""One ordinary file cut, flipped, overwritten and mangled in the ways files are on their way."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import pikepdf
from reportlab.lib.pagesizes import LETTER
from reportlab.pdfgen import canvas

PAGES = 40


def whole_file() -> bytes:
    """An ordinary file of many pages, each with words of its own."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=LETTER, invariant=True)
    for number in range(1, PAGES + 1):
        page.setFont("Helvetica", 11)
        for line in range(30):
            page.drawString(72, 720 - 16 * line, f"{mark(number)} and this is line {line}.")
        page.showPage()
    page.save()
    return out.getvalue()


def mark(number: int) -> str:
    """Words that stand on one page of the whole file only."""
    return f"Leaf{number:03d} tells of the house"


def flipped(data: bytes, count: int, seed: int) -> bytes:
    chance = random.Random(seed)
    hurt = bytearray(data)
    for _ in range(count):
        hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
    return bytes(hurt)


def half_broken() -> dict[str, Callable[[], bytes]]:
    """The whole file cut, flipped, overwritten, mangled on its way."""
    data = whole_file()
    half = len(data) // 2
    found: dict[str, Callable[[], bytes]] = {"whole": lambda: data}
    for share in (30, 50, 60, 80, 90, 97):
        found[f"cut-{share}"] = lambda share=share: data[: len(data) * share // 100]  # type: ignore[misc]
    for count in (1, 5, 20, 80, 200):
        for seed in (1, 2, 3):
            found[f"flipped-{count}-{seed}"] = lambda count=count, seed=seed: flipped(  # type: ignore[misc]
                data, count, seed
            )
    return found | {
        "head-gone": lambda: data[2000:],
        "start-gone": lambda: data[20:],
        "middle-zeroed": lambda: data[: half - 1000] + bytes(2000) + data[half + 1000 :],
        "middle-gone": lambda: data[: half - 1000] + data[half + 1000 :],
        "tail-zeroed": lambda: data[: -len(data) // 10] + bytes(len(data) // 10),
        "line-ends-changed": lambda: data.replace(b"\n", b"\r\n"),
        "junk-before": lambda: random.Random(5).randbytes(900) + data,
        "junk-behind": lambda: data + random.Random(6).randbytes(9000),
        "twice": lambda: data + data,
        "streams-packed": lambda: _object_streams(data),
        "streams-packed-cut-80": lambda: _object_streams(data)[:-4000],
        "streams-packed-tail-cut": lambda: _object_streams(data)[:-600],
        "no-endobj": lambda: data.replace(b"endobj", b""),
        "lengths-wrong": lambda: data.replace(b"/Length ", b"/Length 1"),
        "catalog-gone": lambda: data.replace(b"/Catalog", b"/Kitalog"),
        "tree-gone": lambda: data.replace(b"/Kids", b"/Cats"),
        "types-gone": lambda: data.replace(b"/Type /Page\n", b"/Tope /Page\n"),
    }


def _object_streams(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def locked(user: str) -> bytes:
    """The whole file behind a password."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole_file())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=user, owner="owner", R=6))
    return out.getvalue()
