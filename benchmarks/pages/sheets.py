"""Sheets whose sides are read one after the other, drawn by seed."""

from __future__ import annotations

import random

from reportlab.lib.pagesizes import letter

from benchmarks.pages.drawing import LEFT, RIGHT, TOP, Drawing, flowed
from benchmarks.pages.layouts import Laid
from benchmarks.pages.texts import STATEMENT

__all__ = ["caption", "two_languages", "two_pages"]

_PARAGRAPHS = STATEMENT.split("\n\n")
_PARTIES = (
    "UNITED STATES OF AMERICA,", "", "v.", "", "ŽOFIE KUBEŠOVÁ,", "a/k/a Doña Sofía, and",
    "WÁLTER PEÑALOZA,", "", "Defendants.",
)  # fmt: skip
_CASE = ("Criminal No. 0:19-mj-00417", "", "Hon. Arden P. Quillfeather", "", "FILED UNDER SEAL")
_TURNED = (letter[1], letter[0])
_SPANISH = (
    "Me llamo Maribel Áñez y nací en Cochabamba. Vivo en Falls Church desde julio de 2017.",
    "La señora Kubešová me quitó el pasaporte la primera noche y dijo que lo guardaba para que "
    "no se perdiera.",
    "Nunca me pagó lo prometido. Decía que la deuda del viaje era de cuatro mil dólares.",
)
_ENGLISH = (
    "My name is Maribel Áñez and I was born in Cochabamba. I live in Falls Church since July "
    "of 2017.",
    "Mrs. Kubešová took my passport the first night and said that she kept it so that it would "
    "not be lost.",
    "She never paid me what was promised. She said that the debt for the journey was four "
    "thousand dollars.",
)


def caption(seed: int) -> Laid:
    """The parties of a case, a column of brackets that nobody reads, and its number."""
    chance = random.Random(seed)
    page = Drawing.of(chance)
    x, sign = chance.uniform(270, 320), chance.choice(")|]§")
    page.write(210, TOP, "UNITED STATES DISTRICT COURT")
    top, first = TOP + chance.uniform(1.5, 4) * page.leading, chance.randrange(4)
    for n, party in enumerate(_PARTIES):
        y = top + n * page.leading
        page.write(LEFT + (0 if party.isupper() or n == 0 else chance.uniform(10, 60)), y, party)
        page.write(x, y, sign)
        if 0 <= n - first < len(_CASE):
            page.write(x + 24, y, _CASE[n - first])
    below = top + (len(_PARTIES) + 2) * page.leading
    page.write(150, below, "AFFIDAVIT IN SUPPORT OF A CRIMINAL COMPLAINT")
    text = "\n\n".join(_PARAGRAPHS[1:4])
    flowed(page, LEFT, RIGHT, below + 2 * page.leading, [], text)
    said = "UNITED STATES DISTRICT COURT", *_PARTIES, *_CASE
    return page.done("\n".join([*said, "AFFIDAVIT IN SUPPORT OF A CRIMINAL COMPLAINT", text]))


def two_languages(seed: int) -> Laid:
    """A statement and its translation side by side, paragraph by paragraph."""
    chance = random.Random(seed)
    page = Drawing.of(chance)
    gutter = chance.uniform(16, 36)
    wide = (RIGHT - LEFT - gutter) / 2
    y = TOP
    for own, other in zip(_SPANISH, _ENGLISH, strict=True):
        ends = [
            flowed(page, x, x + wide, y, [], text)
            for x, text in ((LEFT, own), (LEFT + wide + gutter, other))
        ]
        y = max(ends)
    return page.done("\n".join([*_SPANISH, *_ENGLISH]))


def two_pages(seed: int) -> Laid:
    """Two pages copied onto one sheet, their lines out of step."""
    chance = random.Random(seed)
    page = Drawing.of(chance, paper=_TURNED)
    half = _TURNED[0] / 2
    parts = "\n\n".join(_PARAGRAPHS[:4]), "\n\n".join(_PARAGRAPHS[4:])
    for n, text in enumerate(parts):
        top = 50 + chance.uniform(0, 12)
        flowed(page, n * half + 36, (n + 1) * half - 36, top, [], text)
    return page.done("\n\n".join(parts))
